#!/bin/sh
# Runs a benchmark: bench/run.sh accept | read | latency | follow | slots | fair | queue | eta
# BENCH_SECONDS makes it shorter or longer; docs/benchmarks.md says what is measured and how.
cd "$(dirname "$0")/.."
. bench/build.sh
name=$(echo "${1:-accept}" | sed 's/.*/\L&/; s/^./\u&/')
exec "$java" -XX:+UseSerialGC -Ddrill.jvm="${BENCH_JVM:--XX:+UseSerialGC}" -Ddrill.classpath="$packaged" -cp "$classpath" "bench/$name.java"
