#!/usr/bin/env bash
# Measures s3ds on a MinIO of its own and prints a table beside Kubo's quiet figures (anchor-kubo-s3.md, same machine).
# Nothing else should run meanwhile. Takes about five minutes and 8 GB of disk.
#
#   bench/anchor.sh [FOLDER]     FOLDER for everything that is written; default: a temporary one, removed at the end
#   MINIO, TOXIPROXY             the two servers; default: /tmp/gobin/minio, /tmp/gobin/server
set -euo pipefail
export LC_ALL=C.UTF-8

root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
minio=${MINIO:-/tmp/gobin/minio} toxiproxy=${TOXIPROXY:-/tmp/gobin/server}
port=19950 far=19951 control=19952
mkdir -p "$work"
cd "$work"

pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    [ "$#" -gt 0 ] || rm -rf "$work"
}
trap "finish ${1:+keep}" EXIT

# --- servers: MinIO, and the same one 20 ms away each way ---
export MINIO_ROOT_USER=bench MINIO_ROOT_PASSWORD=bench-secret MINIO_PROMETHEUS_AUTH_TYPE=public
"$minio" server --quiet --address "127.0.0.1:$port" "$work/minio" >minio.log 2>&1 &
pids+=($!)
"$toxiproxy" -host 127.0.0.1 -port "$control" >toxiproxy.log 2>&1 &
pids+=($!)
until curl -fs "http://127.0.0.1:$port/minio/health/ready" && curl -fs "http://127.0.0.1:$control/version"; do sleep 0.2; done >/dev/null
post() { curl -fs -d "$2" "http://127.0.0.1:$control/proxies$1" >/dev/null; }
post "" "{\"name\":\"far\",\"listen\":\"127.0.0.1:$far\",\"upstream\":\"127.0.0.1:$port\",\"enabled\":true}"
for stream in upstream downstream; do
    post /far/toxics "{\"type\":\"latency\",\"stream\":\"$stream\",\"attributes\":{\"latency\":20}}"
done

# --- repos: one for each distance and kind of CID, as sharing blocks would spare requests ---
printf %s bench-secret >secret
repo() { # NAME PORT
    IPFS_PATH=$work/$1 "$root/s3ds" init --bucket "bench-$1" --region us-east-1 --endpoint "http://127.0.0.1:$2" \
        --access-key bench --secret-key-file secret --create-bucket >/dev/null
}
repo near "$port"
repo far "$far"

# --- material ---
head -c 1073741824 /dev/urandom >1g
head -c 268435456 /dev/urandom >256m
mkdir -p few many
for i in $(seq 200); do head -c 4096 /dev/urandom >"few/$i"; done
for d in $(seq 100); do
    mkdir -p "many/$d"
    head -c 409600 /dev/urandom | split -b 4096 -a 3 - "many/$d/"
done

# --- measuring ---
requests() {
    # MinIO renews its figures every ten seconds
    sleep "${1:-0}"
    curl -fs "http://127.0.0.1:$port/minio/v2/metrics/cluster" |
        awk '/^minio_s3_requests_total/ { match($0, /api="[a-z0-9]*"/); print substr($0, RSTART + 5, RLENGTH - 6), $NF }' | sort
}
opened() { awk '/^Tcp:/ { if (n++) print $6 }' /proc/net/snmp; }
row() { printf '| %-44s | %8s | %8s | %6s | %-34s | %6s | %-14s |\n' "$@"; }

# measure LABEL KUBO REPO words...: one run, timed; its output is in the file out
measure() {
    local label=$1 kubo=$2 repo=$3 before connections
    shift 3
    [ -z "${COUNT:-}" ] || { requests 11 >before; }
    connections=$(opened)
    IPFS_PATH=$work/$repo /usr/bin/time -o time -f '%e %U %S %M' "$root/s3ds" "$@" >out
    connections=$(($(opened) - connections))
    local wall user sys memory counted=
    read -r wall user sys memory <time
    if [ -n "${COUNT:-}" ]; then
        requests 11 >after
        counted=$(join -a 2 -e 0 -o 0,2.2,1.2 before after | awk '$2 > $3 { printf "%s %d  ", $1, $2 - $3 }')
    fi
    row "$label" "$wall" "$(echo "$user $sys" | awk '{ printf "%.2f", $1 + $2 }')" "$((memory / 1024))" "$counted" "$connections" "$kubo"
}
# warm LABEL KUBO words...: the fastest of five runs in one JVM
warm() {
    local label=$1 kubo=$2 java
    shift 2
    java=$(S3DS_JAVA_OPTIONS=-XshowSettings:properties "$root/s3ds" version 2>&1 | sed -n 's/^ *java.home = //p')
    read -r wall cpu < <(IPFS_PATH=$work/near "$java/bin/java" -XX:+UseSerialGC -XX:SurvivorRatio=2 \
        --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
        "-Djava.library.path=$root/cli/target/app" -cp "$root/cli/target/app/*" "$root/bench/Warm.java" 5 "$@")
    row "$label" "$wall" "$cpu" "" "" "" "$kubo"
}

echo
uptime
echo
row step "wall s" "CPU s" MiB requests conns "Kubo wall, CPU"
row --- --- --- --- --- --- ---
for i in 1 2 3; do measure "version, $i" "" near version; done
echo hello >hello
measure "add of 6 bytes" "" near add -Q hello
hello=$(cat out)
for i in 1 2 3; do measure "block get, cold, $i" "0.05" near block get "$hello"; done
COUNT=1 measure "add 1 GiB, default" "8.8, 4.8" near add -Q 1g
v0=$(cat out)
COUNT=1 measure "cat 1 GiB, default" "2.9, 2.3" near cat "$v0"
measure "add 1 GiB, v1 raw" "8.9, 4.3" near add -Q --cid-version=1 1g
v1=$(cat out)
measure "cat 1 GiB, v1 raw" "2.7, 2.0" near cat "$v1"
measure "hash only, default" "1.2, 1.5" near add -Q -n 1g
warm "add 1 GiB, default, warm" "8.8, 4.8" add -Q 1g
warm "cat 1 GiB, default, warm" "2.9, 2.3" cat "$v0"
COUNT=1 measure "add 10,000 files of 4 KiB" "23.6, 6.1" near add -r -Q many
many=$(cat out)
COUNT=1 measure "get 10,000 files of 4 KiB" "6.9, 4.2" near get "$many" -o got
diff -r many got
measure "add 256 MiB, 40 ms away" "5.4, 1.3" far add -Q 256m
there=$(cat out)
measure "cat 256 MiB, 40 ms away" "29, 1.1" far cat "$there"
cmp out 256m
measure "add 200 files of 4 KiB, 40 ms away" "17.4, 0.34" far add -r -Q few
few=$(cat out)
measure "get 200 files of 4 KiB, 40 ms away" "" far get "$few" -o got-few
measure "ls of 200 files, 40 ms away" "" far ls "$few"
echo
uptime
