#!/bin/sh
# Makes an ahead-of-time cache for an unpacked gateway, with which it starts in a third of the time:
#
#   java -Djarmode=tools -jar target/wan-gateway-*.jar extract --destination run
#   deploy/aot-cache.sh run/wan-gateway-*.jar run/wan-gateway.aot
#   java -XX:+UseSerialGC -XX:AOTCache=run/wan-gateway.aot -Xlog:aot*=error -jar run/wan-gateway-*.jar
#
# It is what the JVM has learned about the classes when the gateway was started once, here, on an empty database of its own.
# It is good for these files and for the very JVM that made it (JAVA_HOME, or the java on the path); with others the gateway
# starts as it would without. With another garbage collector it works as well, and takes some 60 to 80 MB more.
set -eu
[ $# = 2 ] || { echo "usage: $0 <unpacked jar> <cache to be made>" >&2; exit 2; }
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
data=$(mktemp -d)
# The database does not run as root and must be able to reach its files.
chmod 755 "$data"
trap 'rm -rf "$data"' EXIT

# Nothing of the environment's may reach a gateway that is only started to be watched.
env -u SPRING_DATASOURCE_URL -u DASHSCOPE_API_KEY -u DASHSCOPE_API_KEY_FILE -u GATEWAY_ADMIN_KEY \
	GATEWAY_SECRETS_DIR="$data/none" GATEWAY_DATA_DIR="$data" SERVER_PORT=0 SERVER_ADDRESS=127.0.0.1 \
	MANAGEMENT_SERVER_PORT=0 GATEWAY_SANDBOX_PORT=0 \
	"$java" -XX:+UseSerialGC -XX:AOTCacheOutput="$2" -jar "$1" > "$data/log" 2>&1 &
gateway=$!
seconds=0
until grep -q 'Started GatewayApplication' "$data/log"; do
	if ! kill -0 $gateway 2> /dev/null || [ $seconds = 180 ]; then
		cat "$data/log" >&2
		exit 1
	fi
	sleep 1
	seconds=$((seconds + 1))
done
kill $gateway
wait $gateway || true
[ -s "$2" ] || { tail -n 5 "$data/log" >&2; exit 1; }
