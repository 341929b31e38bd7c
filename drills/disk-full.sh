#!/usr/bin/env bash
# The disk with the media on it, a small one, becomes full, and has room again. Needs root, to mount it.
#
#   mvn -DskipTests package && sudo drills/disk-full.sh
#
# While it is full, uploads are refused with 503 and leave nothing; a task still completes, and its link streams from
# upstream; what was kept before is served. Once there is room, that task's video is kept and uploads are taken. At last
# the gateway is killed in the middle of an upload, of which nothing is ever served and nothing stays.
. "$(dirname "$0")/gateway.sh"
disk=$folder/disk

cleanup() { umount "$disk" 2> /dev/null || true; }

used() { df --output=used -B1 "$disk" | tail -1; }

# bring NUMBER MiB: uploads a film; sets code, id and sha
bring() {
  a_film "$1" "$2" > "$folder/film.mp4"
  sha=$(sha256 < "$folder/film.mp4")
  answer=$(call /v1/uploads/videos -F "file=@$folder/film.mp4" -D "$folder/head" -w ' %{http_code}')
  code=${answer##* }
  id=$(field id <<< "$answer")
}

refused() {
  [ "$code" = 503 ] || fail "an upload to a full disk was answered with $answer"
  grep -qi '^retry-after:' "$folder/head" || fail "the 503 does not say when to try again"
  [ -z "$(find "$disk/spool" -name '*.upload')" ] || fail "a refused upload has left something"
}

mkdir "$disk"
mount -t tmpfs -o size=40m tmpfs "$disk"
start_gateway GATEWAY_STORE_FOLDER="$disk" GATEWAY_STORE_KEPTFREE=0B

first=$(submit)
within 60 is_kept "$first"
number=0
while bring $((number += 1)) 8 && [ "$code" = 200 ]; do echo "$id $sha" >> "$folder/taken"; done
refused
echo "after $(wc -l < "$folder/taken") films of 8 MiB: $answer"
cat /dev/zero > "$disk/ballast" 2> /dev/null || true
bring $((number += 1)) 0
refused
echo "not a byte is free, and a film of 12 kB is refused with 503"

task=$(submit)
completed() { call "/v1/videos/generations/$task" | grep -q '"completed"'; }
within 60 completed
within 60 grep -q "$task could not be copied" "$folder/gateway.log"
url() { call "/v1/videos/generations/$1" | field url; }
curl -sf "$(url "$task")" > "$folder/streamed.mp4" || fail "a video that can't be kept can't be watched either"
[ -z "$(kept "$task")" ] || fail "a full disk has kept a video"
echo "a task completed all the same, and its link streams $(wc -c < "$folder/streamed.mp4") bytes from upstream"
[ "$(curl -sf "$(url "$first")" | sha256)" = "$(kept "$first")" ] || fail "the video from before is not what it was"
while read -r id sha; do
  [ "$(call "/v1/uploads/$id/content" | sha256)" = "$sha" ] || fail "upload $id is not what it was"
done < "$folder/taken"
echo "what was kept before is served whole"

rm "$disk/ballast"
before=$(used)
call "/v1/uploads/$(tail -1 "$folder/taken" | cut -d' ' -f1)" -X DELETE > /dev/null
[ $((before - $(used))) -gt 8000000 ] || fail "a deleted upload still takes its room"
within 300 is_kept "$task"
[ "$(kept "$task")" = "$(sha256 < "$folder/streamed.mp4")" ] || fail "the kept video is not the streamed one"
bring $((number += 1)) 7
[ "$code" = 200 ] || fail "there is room, and an upload was answered with $answer"
call "/v1/uploads/$id" -X DELETE > /dev/null
echo "with room again the video is kept, and uploads are taken"

a_film $((number += 1)) 7 > "$folder/film.mp4"
call /v1/uploads/videos -F "file=@$folder/film.mp4" --limit-rate 1M > /dev/null & upload=$!
begun() { [ -n "$(find "$disk/spool" -name '*.upload' -size +1M)" ]; }
within 60 begun
kill -9 "$gateway"
wait "$gateway" 2> /dev/null || true
wait "$upload" || true
start_gateway GATEWAY_STORE_FOLDER="$disk" GATEWAY_STORE_KEPTFREE=0B
draft=$(find "$disk/spool" -name '*.upload')
[ -n "$draft" ] || fail "the draft is not where it was looked for"
touch -d '2 hours ago' "$draft"
within 120 [ ! -f "$draft" ]
bring "$number" 7
[ "$code" = 200 ] || fail "after the crash an upload was answered with $answer"
[ "$(call "/v1/uploads/$id/content" | sha256)" = "$sha" ] || fail "upload $id is not what it was"
echo "of an upload that died with the gateway nothing is left after an hour"
