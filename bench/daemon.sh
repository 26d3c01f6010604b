#!/usr/bin/env bash
# Measures a daemon on a MinIO of its own: start to ready, 1 GiB through the RPC API, and a minute of nothing with
# 100,000 blocks in the bucket. Kubo's figures: anchor-kubo-s3.md. Nothing else should run meanwhile. Takes 3 minutes.
#
#   bench/daemon.sh
#   MINIO        the server; default: /tmp/gobin/minio
set -euo pipefail
export LC_ALL=C.UTF-8

root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
port=19960
cd "$work"
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"' EXIT

export MINIO_ROOT_USER=bench MINIO_ROOT_PASSWORD=bench-secret
"${MINIO:-/tmp/gobin/minio}" server --quiet --address "127.0.0.1:$port" "$work/minio" >minio.log 2>&1 &
pids+=($!)
until curl -fs "http://127.0.0.1:$port/minio/health/ready"; do sleep 0.2; done
printf %s bench-secret >secret
export IPFS_PATH=$work/repo
"$root/s3ds" init --bucket bench --region us-east-1 --endpoint "http://127.0.0.1:$port" --access-key bench \
    --secret-key-file secret --create-bucket >/dev/null
"$root/s3ds" config Addresses.API /ip4/127.0.0.1/tcp/0

# start: the daemon; sets daemon and api, prints how long it took to be ready
start() {
    local began
    rm -f log
    : >log
    began=$(date +%s%N)
    "$root/s3ds" daemon >log 2>&1 &
    daemon=$!
    until grep -q '^Daemon is ready' log; do kill -0 "$daemon" || { cat log; exit 1; }; sleep 0.01; done
    printf 'start to ready: %d ms\n' $((($(date +%s%N) - began) / 1000000))
    api=http://127.0.0.1:$(sed -E 's|.*/tcp/([0-9]+).*|\1|' repo/api)/api/v0
}
stop() { kill "$daemon"; wait "$daemon"; }
cpu() { awk '{ printf "%.2f", ($14 + $15) / 100 }' "/proc/$daemon/stat"; }
rss() { awk '/^VmRSS/ { printf "%d MiB", $2 / 1024 }' "/proc/$daemon/status"; }
sent() { curl -fs "${api%/api/v0}/debug/metrics/prometheus" | awk '/^s3ds_requests_total/ { sum += $2 } END { print sum + 0 }'; }
# spent WHAT COMMAND...: CPU of the daemon, wall time and requests while a command runs
spent() {
    local what=$1 before requests began
    shift
    before=$(cpu) requests=$(sent) began=$(date +%s%N)
    "$@"
    printf '%-28s %s s CPU, %.2f s, %d requests, resident %s\n' "$what" \
        "$(awk "BEGIN { printf \"%.2f\", $(cpu) - $before }")" \
        "$(awk "BEGIN { print ($(date +%s%N) - $began) / 1e9 }")" $(($(sent) - requests)) "$(rss)"
}
add() { curl -fs -F "file=@$1" "$api/add?quieter=true&$2" | tail -n 1 | sed -E 's/.*"Hash":"([^"]*)".*/\1/' >cid; }
cat_all() { curl -fs -X POST "$api/cat?arg=$(<cid)" | cmp - "$1"; }

for _ in 1 2 3; do start; stop; done
for options in '' 'cid-version=1'; do
    head -c 1073741824 /dev/urandom >1g
    start
    spent "add 1 GiB, first ($options)" add 1g "$options"
    spent "cat 1 GiB, first ($options)" cat_all 1g
    spent "cat 1 GiB, again ($options)" cat_all 1g
    head -c 1073741824 /dev/urandom >1g
    spent "add 1 GiB, second ($options)" add 1g "$options"
    stop
done
head -c 104857600 /dev/urandom >100m
start
add 100m 'chunker=size-1024&raw-leaves=true'
stop
start
spent 'idle for 60 s, 102,400 blocks' sleep 60
stop
