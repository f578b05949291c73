#!/usr/bin/env bash
# Turns four scans into an image pyramid: this program, a strong dask script and the original's way, one after another
# in each run, so that all see the same machine. Prints the medians as a table for src/docs/performance.md.
#
#   src/bench/pyramid.sh [RUNS]      4 x 8,192 x 8,192 in 5 levels, three runs by default
#   src/bench/pyramid.sh sparse      4 x 50,000 x 60,000, 5 % of the tiles stored: this program's memory
#
# WIDTH, HEIGHT, CHANNELS and LEVELS make other scans, FLAGS are handed to `cellferry pyramid`. Writes some 3 GB below
# $BENCH_DIR (default target/bench). CPU seconds, wall and peak resident set are those of GNU time. Needs python3 with
# dask, numcodecs, tifffile and zarr 2, and scikit-image for the original's way: without it a cheaper one, `indexed`,
# stands in its place.
set -euo pipefail

root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
cellferry=$(realpath "${CELLFERRY:-$root/cellferry}")
work=${BENCH_DIR:-$root/target/bench}
channels=${CHANNELS:-4} levels=${LEVELS:-5}
read -ra flags <<<"${FLAGS:-}"
export CELLFERRY_HOME=$work/state PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
mkdir -p "$work"
if ((levels < 1 || levels > 5)); then
    echo "pyramid.sh: the original's way has 1 to 5 levels, not $levels" >&2
    exit 64
fi

make_scans() { # FOLDER WIDTH HEIGHT FLAGS...
    [[ -d $1 ]] && return
    rm -rf "$1.part"
    /usr/bin/python3 "$root/src/bench/make_big_scans.py" "$1.part" --width "$2" --height "$3" --channels "$channels" "${@:4}"
    mv "$1.part" "$1"
}

# Runs a command and adds its figures to the list of LABEL: CPU seconds, wall seconds, peak resident set in KiB.
timed() { # LABEL COMMAND...
    /usr/bin/time -o "$work/time" -f '%U %S %e %M' "${@:2}" >"$work/out" 2>"$work/err" || { cat "$work/err"; return 1; }
    awk '{ print $1 + $2, $3, $4 }' "$work/time" >>"$work/$1.times"
    awk -v label="$1" '{ printf "%s: %.1f s CPU, %.1f s wall, %d MiB\n", label, $1 + $2, $3, $4 / 1024 }' "$work/time"
}

median() { # LABEL COLUMN
    sort -g -k "$2,$2" "$work/$1.times" | awk -v column="$2" '
        { values[NR] = $column }
        END { print NR % 2 ? values[(NR + 1) / 2] : (values[NR / 2] + values[NR / 2 + 1]) / 2 }'
}

ours() { # SCANS OUTPUT
    rm -rf "$2" "$2.cellferry.json"
    timed cellferry "$cellferry" pyramid "$1" -o "$2" --levels "$levels" "${flags[@]}"
}

warm_up() {
    "$cellferry" pyramid "$root/jobs/data/scans" -o "$work/warm" --replace >"$work/out" 2>&1 || { cat "$work/out"; return 1; }
}

table() { # BYTES LABEL...
    local label base
    base=$(median "$2" 1)
    printf '\n| way | CPU s | x | MB/s per CPU s | wall s | peak MiB |\n|---|---|---|---|---|---|\n'
    for label in "${@:2}"; do
        awk -v label="$label" -v bytes="$1" -v base="$base" -v cpu="$(median "$label" 1)" -v wall="$(median "$label" 2)" \
            -v peak="$(median "$label" 3)" 'BEGIN { printf "| %s | %.1f | %.1f | %.0f | %.1f | %d |\n",
                label, cpu, cpu / base, bytes / cpu / 1e6, wall, peak / 1024 }'
    done
}

compare() {
    local runs=$1 width=${WIDTH:-8192} height=${HEIGHT:-8192} scans original=indexed
    ! /usr/bin/python3 -c 'import skimage' 2>/dev/null || original=original
    scans=$work/scans-$width-$height-$channels
    make_scans "$scans" "$width" "$height"
    warm_up
    rm -f "$work"/{cellferry,strong,original,indexed}.times
    for _ in $(seq "$runs"); do
        ours "$scans" "$work/pyramid"
        rm -rf "$work/strong.zarr"
        timed strong /usr/bin/python3 "$root/src/bench/pyramid_peers.py" strong "$scans" "$work/strong.zarr" "$levels"
        rm -rf "$work/original.zarr"
        timed "$original" /usr/bin/python3 "$root/src/bench/pyramid_peers.py" "$original" "$scans" "$work/original.zarr" "$levels"
    done
    [[ -n ${FLAGS:-} ]] ||
        /usr/bin/python3 "$root/src/bench/pyramid_peers.py" same "$work/pyramid/R000.zarr" "$work/strong.zarr"
    du -sm "$work/pyramid" "$work/strong.zarr" "$work/original.zarr" | awk -v work="$work/" '{
        sub(work, "", $2); printf "%s: %d MiB\n", $2, $1 }'
    printf '\n%d x %d x %d uint16, tiles of 512, deflate; %d levels; medians of %d\n' \
        "$channels" "$width" "$height" "$levels" "$runs"
    table $((2 * channels * width * height)) cellferry strong "$original"
}

sparse() {
    local width=${WIDTH:-50000} height=${HEIGHT:-60000} scans
    scans=$work/sparse-$width-$height-$channels
    make_scans "$scans" "$width" "$height" --sparse
    warm_up
    rm -f "$work/cellferry.times"
    ours "$scans" "$work/pyramid"
    printf '\n%d x %d x %d uint16, 5 %% of the tiles stored; %d levels\n' "$channels" "$width" "$height" "$levels"
    table $((2 * channels * width * height)) cellferry
}

if [[ ${1:-} = sparse ]]; then sparse; else compare "${1:-3}"; fi
