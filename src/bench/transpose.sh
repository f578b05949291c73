#!/usr/bin/env bash
# Turns a gzip'd float64 matrix of 204 M stored values into a gene-major store: ours with libdeflate and with the JDK's
# inflater, and the two usual ways beside it. Prints CPU seconds, wall, peak resident set and ns per stored value.
#
#   src/bench/transpose.sh [RUNS]          40,000 x 32,285, three runs of ours by default
#   src/bench/transpose.sh full [MEMORY]   1,162,565 x 32,285, 5.75 G values; killed twice, resumed, compared, verified;
#                                          one pass of the windows beside it (10 GB of memory)
#
# Writes some 2 GB below $BENCH_DIR (default target/bench), 45 GB for `full`. Needs python3 with h5py, scipy and zarr.
set -euo pipefail

root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
work=${BENCH_DIR:-$root/target/bench}
mkdir -p "$work"
export CELLFERRY_HOME=$work/state

make_input() { # NAME CELLS PER_CELL
    [ -f "$work/$1.h5ad" ] || /usr/bin/python3 "$root/src/bench/make_big_h5ad.py" "$work/$1.h5ad" --cells "$2" \
        --genes 32285 --per-cell "$3" --value-type float64 --block-cells 2000 --distinct 4
}

# Runs a command and prints its figures for $1 stored values.
timed() { # VALUES LABEL COMMAND...
    local values=$1 label=$2
    shift 2
    /usr/bin/time -o "$work/time" -f "%U %S %e %M" "$@" >"$work/out" 2>"$work/err" || { cat "$work/err"; return 1; }
    awk -v values="$values" -v label="$label" '{ printf "%s: %.1f s CPU, %.1f s wall, %.1f CPU ns/value, %d MiB\n",
        label, $1 + $2, $3, ($1 + $2) / values * 1e9, $4 / 1024 }' "$work/time"
}

short() {
    make_input medium 40000 5100
    values=204000000
    "$root/cellferry" transpose "$root/jobs/data/demo.h5ad" -o "$work/warm.zarr" --replace >/dev/null 2>&1
    # Each run writes beside the others: ext4 looks twice at the places of thousands of files deleted a moment ago, which
    # took 2 of 24 s.
    rm -rf "$work"/ours-*.zarr* "$work"/jdk-*.zarr*
    for run in $(seq "${1:-3}"); do
        timed $values "ours, run $run" "$root/cellferry" transpose "$work/medium.h5ad" -o "$work/ours-$run.zarr" --only-matrix --memory 2GB
    done
    du -sm "$work/ours-1.zarr" | awk -v values=$values '{ printf "output: %d MiB, %.2f bytes/value\n", $1, $1 * 1048576 / values }'
    for run in $(seq "${1:-3}"); do
        CELLFERRY_JAVA_OPTS=-Dio.airlift.compress.v3.disable-native=true \
            timed $values "ours, JDK inflater, run $run" "$root/cellferry" transpose "$work/medium.h5ad" -o "$work/jdk-$run.zarr" --only-matrix --memory 2GB
    done
    diff -r "$work/ours-1.zarr" "$work/jdk-1.zarr" && echo "same bytes with both"
    /usr/bin/python3 "$root/src/bench/transpose_peers.py" tocsc "$work/medium.h5ad" "$work/peer.zarr"
    /usr/bin/python3 "$root/src/bench/transpose_peers.py" windows "$work/medium.h5ad" "$work/peer.zarr"
}

full() {
    make_input full 1162565 4950
    values=5754696750
    rm -rf "$work/full.zarr"* "$work/killed.zarr"*
    timed $values "whole" "$root/cellferry" transpose "$work/full.h5ad" -o "$work/full.zarr" --memory "${1:-4GB}"
    for pause in 40 90; do
        "$root/cellferry" transpose "$work/full.h5ad" -o "$work/killed.zarr" --memory "${1:-4GB}" >/dev/null 2>&1 &
        sleep "$pause"
        echo "killed after $pause s with $(du -sm "$work/.cellferry" | cut -f1) MiB beside the output"
        kill -9 $!
        wait || true
    done
    timed $values "rest after two kills" "$root/cellferry" transpose "$work/full.h5ad" -o "$work/killed.zarr" --memory "${1:-4GB}"
    diff -r "$work/full.zarr" "$work/killed.zarr" && echo "same bytes"
    timed $values "verify" "$root/cellferry" verify "$work/full.zarr" --against "$work/full.h5ad"
    /usr/bin/python3 "$root/src/bench/transpose_peers.py" windows "$work/full.h5ad" "$work/peer.zarr"
}

if [ "${1:-}" = full ]; then full "${2:-}"; else short "${1:-}"; fi
