#!/usr/bin/env bash
# Copies a flatfs folder to MinIO with `s3ds copy`, which compares every block with its hash, and beside it with `rclone copy`,
# which does not: wall time, client CPU and memory of both, by turns, each into a new bucket; then moves a repo into a bucket with
# `s3ds migrate`, reads all of it with `s3ds verify`, and the same objects with curl, which only throws them away. Nothing else
# should run meanwhile.
#
#   bench/migrate.sh [MIB] [ROUNDS]   default: 4096 MiB in blocks of 256 KiB, 2 rounds; takes three times as much disk
#   MINIO, RCLONE                     default: /tmp/gobin/minio, rclone
#   TRANSFERS                         files that rclone has in flight; default: 4 (rclone's own) and 32
set -euo pipefail
export LC_ALL=C.UTF-8

mib=${1:-4096} rounds=${2:-2}
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
minio=${MINIO:-/tmp/gobin/minio} rclone=${RCLONE:-rclone}
port=19960
cd "$work"

server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

unset AWS_CA_BUNDLE # rclone takes no such thing
export MINIO_ROOT_USER=bench MINIO_ROOT_PASSWORD=bench-secret
"$minio" server --quiet --address "127.0.0.1:$port" "$work/minio" >minio.log 2>&1 &
server=$!
until curl -fs "http://127.0.0.1:$port/minio/health/ready"; do sleep 0.2; done
printf %s bench-secret >secret
cat >rclone.conf <<END
[minio]
type = s3
provider = Minio
endpoint = http://127.0.0.1:$port
region = us-east-1
access_key_id = bench
secret_access_key = bench-secret
END

export IPFS_PATH=$work/repo
"$root/s3ds" init --profile=flatfs >/dev/null
head -c "$((mib << 20))" /dev/urandom | "$root/s3ds" add -Q --raw-leaves >/dev/null
blocks=$(find repo/blocks -name '*.data' | wc -l)
bytes=$(find repo/blocks -name '*.data' -printf '%s\n' | awk '{ sum += $1 } END { printf "%.0f", sum }')
sync

# timed LABEL words...: one run
timed() {
    local label=$1 wall user system memory
    shift
    /usr/bin/time -o time -f '%e %U %S %M' "$@" >out 2>&1 || { cat out; exit 1; }
    read -r wall user system memory < <(tail -1 time)
    awk -v l="$label" -v w="$wall" -v u="$user" -v s="$system" -v m="$memory" -v b="$bytes" \
        'BEGIN { printf "| %-28s | %7.2f | %7.2f | %6.1f | %5d |\n", l, w, u + s, b / 1048576 / w, m / 1024 }'
}

# filled BUCKET: every block is in it
filled() {
    [ "$(find "minio/$1" -name xl.meta | wc -l)" -ge "$blocks" ] || { echo "blocks are missing in $1"; exit 1; }
}

# emptied BUCKET: away with it, and the disk at rest
emptied() {
    rm -rf "minio/$1"
    sync
}

uptime
echo "$blocks blocks, $bytes bytes"
printf '| %-28s | %7s | %7s | %6s | %5s |\n' "" "wall s" "CPU s" "MiB/s" "MiB"
cat repo/blocks/*/*.data >/dev/null # both read from memory
place=(--region us-east-1 --endpoint "http://127.0.0.1:$port" --access-key bench --secret-key-file secret)
for round in $(seq "$rounds"); do
    mkdir "minio/s3ds-$round"
    timed "s3ds copy, $round" "$root/s3ds" copy repo/blocks "s3://s3ds-$round" "${place[@]}"
    filled "s3ds-$round"
    emptied "s3ds-$round"
    for transfers in ${TRANSFERS:-4 32}; do
        mkdir "minio/rclone-$transfers-$round"
        timed "rclone copy, $transfers at once, $round" "$rclone" --config rclone.conf copy \
            --transfers "$transfers" --include '*.data' repo/blocks "minio:rclone-$transfers-$round"
        filled "rclone-$transfers-$round"
        emptied "rclone-$transfers-$round"
    done
done
for round in $(seq "$rounds"); do
    mkdir "moved-$round" "minio/moved-$round"
    find repo -mindepth 1 -maxdepth 1 ! -name blocks -exec cp -a {} "moved-$round/" \;
    cp -al repo/blocks "moved-$round/blocks"
    timed "s3ds migrate, $round" "$root/s3ds" -c "moved-$round" migrate --yes --to "s3://moved-$round" "${place[@]}"
    filled "moved-$round"
    timed "s3ds verify, $round" "$root/s3ds" -c "moved-$round" verify
    find "minio/moved-$round" -name xl.meta -printf '%h\n' | grep '/CI' | awk -v server="http://127.0.0.1:$port" \
        '{ sub("^minio", server); print "url = \"" $0 "\"\noutput = /dev/null" }' >urls
    [ "$(grep -c ^url urls)" -eq "$blocks" ] || { echo "urls do not name every block"; exit 1; }
    for parallel in ${TRANSFERS:-4 32}; do
        timed "curl, $parallel at once, $round" curl -fs --parallel --parallel-max "$parallel" --stderr errors -w "%{size_download}\n" \
            --aws-sigv4 aws:amz:us-east-1:s3 --user bench:bench-secret -K urls
        [ "$(awk '{ sum += $1 } END { printf "%.0f", sum }' out)" = "$bytes" ] || { echo "curl did not read everything"; exit 1; }
    done
    emptied "moved-$round"
done
uptime
