#!/bin/sh
# Packages the gateway if that was not done, and prints the class paths that benchmarks and drills run with.
# Sourced by bench/run.sh and drills/run.sh, in the folder of the repository.
set -e
java=java
for home in "$JAVA_HOME" /usr/lib/jvm/*25*; do
	[ -x "$home/bin/java" ] && "$home/bin/java" -version 2>&1 | grep -q '"25' && java="$home/bin/java"
done
if ! ls target/wan-gateway-*.jar > /dev/null 2>&1 || [ ! -d target/test-classes/io/wangateway/drills ]; then
	mvn -q -B -ntp -DskipTests package
fi
jar=$(ls -t target/wan-gateway-*.jar | head -1)
if [ ! target/run/lib -nt "$jar" ]; then
	rm -rf target/run
	"$java" -Djarmode=tools -jar "$jar" extract --destination target/run > /dev/null
	touch target/run/lib
fi
packaged="target/run/$(basename "$jar"):target/run/lib/*"
classpath="target/test-classes:target/classes:target/run/lib/*"
