# A gateway of a drill's own, for scripts to source: everything in one new folder, on free ports, with -Xmx256m.
# Needs `mvn -DskipTests package` before it, JDK 25, curl, and for videos ffmpeg.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
java=java
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
  [ -x "$home/bin/java" ] && "$home/bin/java" -version 2>&1 | grep -q '"25' && java="$home/bin/java"
done
jar=$(ls -t target/wan-gateway-*.jar 2> /dev/null | head -1) || true
[ -n "$jar" ] || { echo "No jar: mvn -DskipTests package"; exit 1; }
film=src/main/resources/sandbox/1280x720.mp4
folder=$(mktemp -d)
# The database does not run as root and must be able to reach its files.
chmod 755 "$folder"
processes=()
trap 'end' EXIT

end() {
  local status=$?
  trap - EXIT
  for process in "${processes[@]}"; do kill "$process" 2> /dev/null || true; done
  for process in "${processes[@]}"; do wait "$process" 2> /dev/null || true; done
  if declare -F cleanup > /dev/null; then cleanup; fi
  if [ "$status" = 0 ]; then rm -rf "$folder"; else echo "FAILED; what is left is in $folder"; fi
  exit "$status"
}

free_port() {
  local port
  while port=$((20000 + RANDOM % 20000)); (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do :; done
  echo "$port"
}

# The same after a restart: it is part of the links to upstream's videos.
sandbox_port=$(free_port)

# within SECONDS COMMAND...: waits until the command succeeds
within() {
  local end=$((SECONDS + $1))
  until "${@:2}"; do
    [ "$SECONDS" -lt "$end" ] || fail "$1 s have gone, and still not: ${*:2}"
    sleep 0.3
  done
}

fail() { echo "NOT AS IT SHOULD BE: $*"; exit 1; }

ready() {
  kill -0 "$gateway" 2> /dev/null || { cat "$folder/gateway.log"; fail "the gateway ended"; }
  curl -sf "$base/readyz" > /dev/null && [ -f "$folder/data/sandbox.key" ]
}

# start_gateway NAME=VALUE...: with these settings, as environment variables
start_gateway() {
  port=$(free_port)
  base=http://localhost:$port
  env GATEWAY_DATA_DIR="$folder/data" SERVER_PORT="$port" MANAGEMENT_SERVER_PORT="$(free_port)" GATEWAY_SANDBOX_PORT="$sandbox_port" \
    "$@" "$java" -Xmx256m -jar "$jar" >> "$folder/gateway.log" 2>&1 &
  gateway=$!
  processes+=("$gateway")
  within 600 ready
  key=$(cat "$folder/data/sandbox.key")
}

field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# call PATH [curl's arguments]: prints the answer
call() { curl -s -H "Authorization: Bearer $key" "$base$1" "${@:2}"; }

# submit [PROMPT]: asks for a video and prints its id; nothing if that was refused
submit() {
  call /v1/videos/generations -H 'Content-Type: application/json' \
    -d '{"model":"wan2.6-flash","image_urls":["https://example.com/a.png"],"resolution":"720p","prompt":"A cat '"${1:-}"'"}' \
    | field id
}

# a_film NUMBER [MiB]: prints a film that no other number gives
a_film() {
  cat "$film"
  printf '\0\0\0\030free%016d' "$1"
  for _ in $(seq "${2:-0}"); do
    printf '\0\020\0\0free'
    head -c $((1048576 - 8)) /dev/urandom
  done
}

# kept ID: the SHA-256 of a task's kept video, nothing before there is one
kept() { call "/v1/videos/generations/$1" | field sha256; }

is_kept() { [ -n "$(kept "$1")" ]; }

sha256() { sha256sum | cut -d' ' -f1; }
