#!/usr/bin/env bash
# Measures reading from a bucket 80 ms away: 1 GiB by "cat", and a sample of it one block after the other
# ("workers" of 1), on a MinIO of its own behind toxiproxy, which holds back what goes to it and what comes from it by 40 ms
# each. Says how many times faster the first is. Nothing else should run meanwhile. Takes two minutes and 3 GB of disk.
#
#   bench/latency.sh [BLOCKS]    how many blocks are read one by one; default: 200
#   MINIO, TOXIPROXY             the two servers; default: /tmp/gobin/minio, /tmp/gobin/server
set -euo pipefail
export LC_ALL=C.UTF-8

root=$(cd "$(dirname "$0")/.." && pwd)
sample=${1:-200}
work=$(mktemp -d)
port=19970 far=19971 control=19972
cd "$work"
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"' EXIT

export MINIO_ROOT_USER=bench MINIO_ROOT_PASSWORD=bench-secret
"${MINIO:-/tmp/gobin/minio}" server --quiet --address "127.0.0.1:$port" "$work/minio" >minio.log 2>&1 &
pids+=($!)
"${TOXIPROXY:-/tmp/gobin/server}" -host 127.0.0.1 -port "$control" >toxiproxy.log 2>&1 &
pids+=($!)
until curl -fs "http://127.0.0.1:$port/minio/health/ready" && curl -fs "http://127.0.0.1:$control/version"; do sleep 0.2; done >/dev/null
post() { curl -fs -d "$2" "http://127.0.0.1:$control/proxies$1" >/dev/null; }
post "" "{\"name\":\"far\",\"listen\":\"127.0.0.1:$far\",\"upstream\":\"127.0.0.1:$port\",\"enabled\":true}"
for stream in upstream downstream; do
    post /far/toxics "{\"type\":\"latency\",\"stream\":\"$stream\",\"attributes\":{\"latency\":40}}"
done

printf %s bench-secret >secret
s3ds() { IPFS_PATH=$work/$1 "$root/s3ds" "${@:2}"; }
s3ds near init --bucket bench --region us-east-1 --endpoint "http://127.0.0.1:$port" --access-key bench \
    --secret-key-file secret --create-bucket >/dev/null
# the same repo, with the server's far address, and with one request at a time
cp -r near far
sed -i "s|127.0.0.1:$port|127.0.0.1:$far|" far/config
cp -r far slow
sed -i 's|"type": "s3ds"|"type": "s3ds", "workers": 1|' slow/config

head -c 1073741824 /dev/urandom >1g
cid=$(s3ds near add -Q --cid-version=1 1g)

# rate LABEL REPO BYTES: reads the first bytes of the file; prints and sets MB a second
rate() {
    local wall user sys memory
    IPFS_PATH=$work/$2 /usr/bin/time -o time -f '%e %U %S %M' "$root/s3ds" cat "--length=$3" "$cid" >out
    cmp -n "$3" out 1g
    read -r wall user sys memory <time
    mbs=$(awk "BEGIN { printf \"%.2f\", $3 / 1e6 / $wall }")
    printf '%-34s %8s s %8s MB/s %6s s CPU %5d MiB resident\n' "$1" "$wall" "$mbs" \
        "$(awk "BEGIN { print $user + $sys }")" $((memory / 1024))
}

uptime
rate "one by one, $sample blocks" slow $((sample * 262144))
slow=$mbs
for i in 1 2 3; do
    rate "1 GiB, $i" far 1073741824
    awk "BEGIN { printf \"times as fast: %.1f\n\", $mbs / $slow }"
done
S3DS_JAVA_OPTIONS=-Xmx256m rate "1 GiB, -Xmx256m" far 1073741824
rate "1 GiB, near" near 1073741824
uptime
