#!/bin/sh
# Measures reports at size: bench/usage-at-size.sh [100000 | 1000000 | 10000000]
# Fills a database with so many tasks (unless an earlier run did), and prints times, rates, sizes and plans.
# BENCH_PARTS=reports,any,searches,check,csv,sizes,restart,accepting,plans makes it shorter, BENCH_CHURN_SECONDS=180 adds so much
# churn at the end, BENCH_FILL_ONLY=1 ends after the filling.
# The database is the gateway's own in bench/data, which mvn clean leaves alone, unless SPRING_DATASOURCE_URL, _USERNAME
# and _PASSWORD name an empty one whose user is a superuser. docs/usage-at-size.md has the method and the last figures.
cd "$(dirname "$0")/.."
. bench/build.sh
exec "$java" -Xmx512m -XX:+UseSerialGC -cp "$classpath" bench/UsageAtSize.java "$java" "$packaged" "${1:-100000}"
