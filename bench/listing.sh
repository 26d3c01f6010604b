#!/usr/bin/env bash
# Lists 200,000 block keys from a server that takes 250 ms a page: page after page, in any sequence, and with the bare SDK.
# The last round counts, the ones before warm up. Nothing else should run meanwhile.
#
#   bench/listing.sh [KEYS [MILLISECONDS [ROUNDS]]]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT

# builds the program, and finds the JDK
java=$(S3DS_JAVA_OPTIONS=-XshowSettings:properties "$root/s3ds" version 2>&1 | sed -n 's/^ *java.home = //p')/bin/java
"$java" "$root/bench/ListingServer.java" "${1:-200000}" "${2:-250}" >"$work/address" &
server=$!
until [ -s "$work/address" ]; do
    kill -0 "$server"
    sleep 0.1
done
"$java" -Xmx256m -cp "$root/cli/target/app/*" "$root/bench/Listing.java" "$(cat "$work/address")" "${3:-3}"
