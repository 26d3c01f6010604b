#!/usr/bin/env bash
# Drives a daemon with curl, as who reads Kubo's documentation would, and compares what comes back with what was sent.
# Usage: curl.sh HOST:PORT FOLDER
set -euo pipefail
api=http://$1/api/v0
cd "$2"

# expect WHAT GOT WANTED
expect() {
    [ "$2" = "$3" ] || { printf '%s: got %s, expected %s\n' "$1" "$2" "$3" >&2; exit 1; }
}

# field NAME: the value of a text field of the last line of JSON
field() {
    tail -n 1 | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

printf 'hello world' >hello.txt
head -c 5000000 /dev/urandom >large.bin

expect 'add' "$(curl -sf -F file=@hello.txt "$api/add" | field Hash)" Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD
expect 'add, CIDv1' "$(curl -sf -F file=@hello.txt "$api/add?cid-version=1&pin=false" | field Hash)" \
    bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e
large=$(curl -sf -F file=@large.bin "$api/add?quieter=true" | field Hash)
curl -sf -X POST "$api/cat?arg=$large" | cmp - large.bin
expect 'cat, a part' "$(curl -sf -X POST "$api/cat?arg=$large&offset=10&length=5" | od -An -tx1)" \
    "$(dd if=large.bin bs=1 skip=10 count=5 2>/dev/null | od -An -tx1)"

# the first events of progress come while the upload goes on: it waits for them half-way
sent() {
    printf -- '--X\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\n\r\n'
    head -c 2500000 large.bin
    for _ in $(seq 300); do [ ! -s events ] || break; sleep 0.1; done
    [ -s events ] || { echo 'no progress while the upload goes on' >&2; exit 1; }
    tail -c +2500001 large.bin
    printf -- '\r\n--X--\r\n'
}
sent | curl -sfN --no-progress-meter -T . -X POST -H 'Expect:' -H 'Content-Type: multipart/form-data; boundary=X' -o events \
    "$api/add?progress=true"
expect 'add with progress' "$(field Hash <events)" "$large"

# a folder: names with slashes make the folders above them
tree=$(curl -sf -F 'file=@hello.txt;filename=top%2Fa.txt' -F 'file=@large.bin;filename=top%2Fsub%2Fb.bin' "$api/add" | field Hash)
expect 'ls' "$(curl -sf -X POST "$api/ls?arg=$tree" | grep -o '"Name":"[^"]*"' | tr '\n' ' ')" '"Name":"a.txt" "Name":"sub" '
mkdir out
curl -sf -X POST "$api/get?arg=$tree" | tar -xmf - -C out
cmp "out/$tree/sub/b.bin" large.bin
curl -sf -X POST "$api/get?arg=$tree&archive=true&compress=true" | tar -xmzf - -C out

# pins, blocks, CARs
curl -sf -X POST "$api/pin/ls?arg=$tree" | grep -q '"Type":"recursive"'
curl -sf -X POST "$api/dag/export?arg=$tree" >tree.car
expect 'dag import' "$(curl -sf -F file=@tree.car "$api/dag/import" | grep -c "$tree")" 1
expect 'block put' "$(printf 'fish' | curl -sf -F 'data=@-' "$api/block/put" | field Key)" \
    bafkreifuosuzujyf4i6psbneqtwg2fhplc2wxptc5euspa2gn3bwhnihfu

# the tree of files
curl -sf -X POST "$api/files/mkdir?arg=/curl&parents=true"
curl -sf -F file=@hello.txt "$api/files/write?arg=/curl/h.txt&create=true"
expect 'files read' "$(curl -sf -X POST "$api/files/read?arg=/curl/h.txt")" 'hello world'
curl -sf -X POST "$api/files/rm?arg=/curl&recursive=true"

# errors: what failed before the first byte has a status, what failed later a trailer
expect 'missing' "$(curl -s -o /dev/null -w '%{http_code}' -X POST "$api/cat?arg=nonsense")" 500
expect 'GET' "$(curl -s -o /dev/null -w '%{http_code}' "$api/version")" 405
expect 'a page of a browser' "$(curl -s -o /dev/null -w '%{http_code}' -X POST -H 'Origin: http://evil.example' "$api/version")" 403
expect 'no such command' "$(curl -s -X POST "$api/nonsense")" '404 page not found'
trailer=$(curl -s --raw -F file=@hello.txt "$api/files/rm?arg=/none" | grep -a 'X-Stream-Error' || true)
case $trailer in *"can't remove some files"*) ;; *) echo "no trailer: $trailer" >&2; exit 1 ;; esac
echo 'curl: all is as expected'
