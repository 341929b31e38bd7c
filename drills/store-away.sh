#!/usr/bin/env bash
# The S3 store is killed under load, stays away for a minute, and comes back.
#
#   mvn -DskipTests package && drills/store-away.sh [seconds away]
#
# All the while tasks are submitted, films uploaded and a kept video is fetched. Afterwards each accepted task must have its
# video in the store, byte for byte; each upload that was taken must be there, and none that was refused; every fetch must
# have given the whole video or a 503. Ends by playing a video through its signed link, from the middle.
. "$(dirname "$0")/gateway.sh"
away=${1:-60}

answers() { (exec 3<> "/dev/tcp/127.0.0.1/$s3_port") 2> /dev/null; }

start_store() {
  "$java" -Xmx64m -jar target/s3proxy/s3proxy.jar --properties "$folder/s3.properties" >> "$folder/s3.log" 2>&1 &
  store=$!
  processes+=("$store")
  within 120 answers
}

s3_port=$(free_port)
mkdir -p "$folder/buckets/media"
cat > "$folder/s3.properties" << END
s3proxy.endpoint=http://127.0.0.1:$s3_port
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=access
s3proxy.credential=secret
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$folder/buckets
END
start_store
start_gateway GATEWAY_STORE_S3_BUCKET=media GATEWAY_STORE_S3_ENDPOINT="http://127.0.0.1:$s3_port" \
  GATEWAY_STORE_S3_ACCESSKEY=access GATEWAY_STORE_S3_SECRETKEY=secret

first=$(submit)
within 60 is_kept "$first"
expected=$(kept "$first")
link=$(call "/v1/videos/generations/$first" | field url)
echo "$first" > "$folder/tasks"
touch "$folder/loading" "$folder/uploads" "$folder/fetches"

submissions() { while [ -f "$folder/loading" ]; do echo "$(submit)" >> "$folder/tasks"; sleep 0.7; done; }

uploads() {
  for i in $(seq 100000); do
    [ -f "$folder/loading" ] || return 0
    a_film "$i" > "$folder/film.mp4"
    answer=$(call /v1/uploads/videos -F "file=@$folder/film.mp4" -w ' %{http_code}')
    echo "${answer##* } $(sha256 < "$folder/film.mp4") $(field id <<< "$answer")" >> "$folder/uploads"
    sleep 0.5
  done
}

fetches() {
  while [ -f "$folder/loading" ]; do
    code=$(curl -s -o "$folder/fetched" -w '%{http_code}' "$link") || code=broken
    echo "$code $(sha256 < "$folder/fetched")" >> "$folder/fetches"
    sleep 0.2
  done
}

submissions & jobs="$!"
uploads & jobs="$jobs $!"
fetches & jobs="$jobs $!"
processes+=($jobs)
sleep 15
kill -9 "$store"
wait "$store" 2> /dev/null || true
echo "$(date +%T) the store is away"
sleep "$away"
start_store
echo "$(date +%T) the store is back"
sleep 15
rm "$folder/loading"
wait $jobs

tasks=$(wc -l < "$folder/tasks")
while read -r id; do
  [ -n "$id" ] || fail "a task was not accepted"
  within 600 is_kept "$id"
  url=$(call "/v1/videos/generations/$id" | field url)
  [ "$(curl -sf "$url" | sha256)" = "$(kept "$id")" ] || fail "$id is not what it was"
done < "$folder/tasks"
echo "$tasks tasks were accepted, and the store has all their videos"
while read -r code sha id; do
  case $code in
    200) [ "$(call "/v1/uploads/$id/content" | sha256)" = "$sha" ] || fail "upload $id is not what it was" ;;
    503) ;;
    *) fail "an upload was answered with $code" ;;
  esac
done < "$folder/uploads"
echo "uploads: $(grep -c ^200 "$folder/uploads") taken and there, $(grep -c ^503 "$folder/uploads" || true) refused with 503"
while read -r code sha; do
  case $code in
    200) [ "$sha" = "$expected" ] || fail "half a video was served" ;;
    503) ;;
    *) fail "a fetch was answered with $code" ;;
  esac
done < "$folder/fetches"
echo "fetches: $(grep -c ^200 "$folder/fetches") whole, $(grep -c ^503 "$folder/fetches" || true) answered with 503"
[ -z "$(find "$folder/data/spool" -type f)" ] || fail "something is left in the spool"
objects=$(find "$folder/buckets/media" -name '*.mp4' | wc -l)
[ "$objects" = $((tasks + $(grep -c ^200 "$folder/uploads"))) ] || fail "the store has $objects objects"
echo "the store has $objects objects, one for each; the spool is empty"

if command -v ffprobe > /dev/null; then
  link=$(call "/v1/videos/generations/$first" | field url)
  echo "ffprobe: $(ffprobe -v error -show_entries stream=codec_name,width,height:format=duration -of csv=p=0 "$link" | paste -sd' ')"
  curl -s "$link" -o "$folder/whole.mp4"
  frame() { ffmpeg -v error -ss 3.2 -i "$1" -frames:v 1 -f md5 -; }
  [ "$(frame "$link")" = "$(frame "$folder/whole.mp4")" ] || fail "the frame at 3.2 s is another one through the link"
  echo "ffmpeg: the frame at 3.2 s through the signed link is that of the file"
fi
