#!/bin/sh
# Runs a drill: drills/run.sh LostAnswers | Kill9 | Pause | DatabaseRestart, and its arguments.
cd "$(dirname "$0")/.."
. bench/build.sh
name=$1
shift
exec "$java" -XX:+UseSerialGC -Ddrill.jvm="${DRILL_JVM:--XX:+UseSerialGC}" -Ddrill.classpath="$packaged" -cp "$classpath" "io.wangateway.drills.$name" "$@"
