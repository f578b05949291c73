#!/usr/bin/env bash
# Lets libraries that viewers are made of read what the real service serves, in a real browser, and compares what they
# read with the scans and the data set of jobs/data.
#
#   src/test/scripts/viewer-test.sh PACKAGES
#
# PACKAGES is a folder in which these were installed (the two flags leave out what is not used):
#
#   npm install --ignore-scripts --legacy-peer-deps esbuild@0.28.2 puppeteer-core@24.43.1 zarrita@0.7.5 \
#       @vivjs/loaders@0.21.0 ome-zarr.js@0.0.19 @vitessce/zarr@4.0.8
#
# Viv (Avivator, Vizarr) reads every pixel of every level, ome-zarr.js (the NGFF validator) draws every level, and one
# gene of a gene-major store is read by Vitessce and by its offsets with zarrita; Zarr 2 and 3, LZ4, zstd, shards. Then
# spoils what was read, and the comparison has to notice. Needs Chromium, node, and python3 with h5py, numpy, scipy,
# tifffile and zarr 2. CELLFERRY names another launcher, CHROMIUM another browser.
set -euo pipefail

packages=$(realpath "${1:?usage: viewer-test.sh PACKAGES}")
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
data=$(realpath "$here/../../../jobs/data")
cellferry=$(realpath "${CELLFERRY:-$here/../../../cellferry}")
work=$(mktemp -d "${TMPDIR:-/tmp}/cellferry-viewer-test.XXXXXX")
export CELLFERRY_HOME=$work/state PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
unset CELLFERRY_MEMORY
service=''
stop_service() { [[ -z $service ]] || kill "$service" 2>/dev/null || true; }
trap stop_service EXIT

make_outputs() {
    local out=$work/out
    mkdir "$out"
    "$cellferry" pyramid "$data/scans" -o "$out/two-lz4" --chunk-size 64 --levels 4 -q
    "$cellferry" pyramid "$data/scans" -o "$out/two-zstd" --chunk-size 128 --levels 3 --codec zstd -q
    "$cellferry" pyramid "$data/scans" -o "$out/three" --chunk-size 64 --levels 4 --ngff 0.5 --codec zstd -q
    "$cellferry" transpose "$data/demo.h5ad" -o "$out/two.zarr" -q
    "$cellferry" transpose "$data/demo.h5ad" -o "$out/three.zarr" --zarr 3 --shards auto --codec zstd -q
}

requests() {
    local reader image store
    for image in two-lz4/R000 two-zstd/R001 three/R000; do
        for reader in viv omeZarrJs; do
            echo "$reader $image.zarr"
        done
    done
    for store in two three; do
        for reader in gene vitessce; do
            echo "$reader $store.zarr HBB"
        done
    done
}

start_service() { # sets `address`
    "$cellferry" serve --port 0 --management-port 0 --memory 512MB --write "out=$work/out" --publish out \
        >"$work/service.log" 2>&1 &
    service=$!
    for _ in {1..120}; do
        address=$(sed -n 's/^cellferry: listening on //p' "$work/service.log")
        [[ -z $address ]] || return 0
        sleep 1
    done
    cat "$work/service.log"
    return 1
}

check() { # SEEN
    /usr/bin/python3 "$here/check_viewers.py" "$1" "$work/out" "$data/scans" "$data/demo.h5ad" >"$work/found" 2>&1
}

# What the check has to notice, each in a copy of what it found equal.
spoil() { # NAME FINDING SED-SCRIPT
    sed "$3" "$work/seen.json" >"$work/spoiled.json"
    if check "$work/spoiled.json"; then
        printf 'UNNOTICED  %s\n' "$1"
        return 1
    elif ! grep -qE "$2" "$work/found"; then
        printf 'MISTAKEN   %s: %s expected, found:\n%s\n' "$1" "$2" "$(head -n 5 "$work/found")"
        return 1
    fi
    printf 'noticed    %s\n' "$1"
}

spoil_all() {
    local wrong=0
    spoil 'pixels of a channel' 'level 0: pixels of the channels' 's/"planes":\["[0-9a-f]/"planes":["x/' || wrong=1
    spoil 'the last tile' 'level 0: last tile' 's/"lastTile":{"x":6/"lastTile":{"x":5/' || wrong=1
    spoil 'the colour of a channel' 'Cy3_PanCK: colour' 's/FFB000/FFB001/' || wrong=1
    spoil 'the window of a channel' 'DAPI: window start' 's/"start":[0-9]*/"start":1/' || wrong=1
    spoil 'a picture' 'pixels drawn in another colour' 's/"rgba":"..../"rgba":"AAAA/' || wrong=1
    spoil 'a value of a gene' 'gene .*: values' 's/"values":\[/&1/' || wrong=1
    spoil 'a cell of a gene' 'vitessce .*: column' 's/"column":\[/&1/' || wrong=1
    spoil 'a file that is not sent' 'answered with 409' 's/\[20[06],"two-lz4/[409,"two-lz4/' || wrong=1
    spoil 'what the browser complains of' 'browser: blocked' 's/"complaints":\[/&"blocked"/' || wrong=1
    return $wrong
}

make_outputs
start_service
requests | node "$here/viewer_drive.mjs" "$packages" "$address/exports/out" >"$work/seen.json"
if check "$work/seen.json" && cat "$work/found" && spoil_all; then
    stop_service
    wait "$service" || true
    rm -rf "$work"
else
    head -n 20 "$work/found"
    echo "viewer-test: something differs; all is kept in $work" >&2
    exit 1
fi
