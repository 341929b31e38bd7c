#!/usr/bin/env bash
# The gateway is killed while it copies a video that comes very slowly, and goes on with the copy after it starts again.
#
#   mvn -DskipTests package && drills/copy-killed.sh
. "$(dirname "$0")/gateway.sh"

start_gateway
like=$(submit)
within 60 is_kept "$like"
task=$(submit '[[sim:video-drip*1]]')
begun() { draft=$(find "$folder/data/spool" -name "$task-*" -size +4c) && [ -n "$draft" ]; }
within 120 begun
kill -9 "$gateway"
wait "$gateway" 2> /dev/null || true
size=$(stat -c %s "$draft")
echo "killed with $size bytes of the copy"
start_gateway
began=$SECONDS
within 200 is_kept "$task"
grep -q "$task goes on at byte $size" "$folder/gateway.log" || fail "the copy was begun again"
[ "$(kept "$task")" = "$(kept "$like")" ] || fail "the copy is not what upstream had"
[ "$(curl -sf "$(call "/v1/videos/generations/$task" | field url)" | sha256)" = "$(kept "$like")" ] || fail "its link gives another"
echo "it went on at byte $size, $((SECONDS - began)) s after the gateway was ready, and is whole"
