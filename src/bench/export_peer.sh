#!/usr/bin/env bash
# Exports 100,000 invented cells x 2,000 genes: this program and the Python exporter in turn, so that both see the same
# machine. Prints the medians as a table for src/docs/performance.md.
#
#   src/bench/export_peer.sh [RUNS]      three runs by default
#
# The peer is theislab/cellucid-python, of which nothing is kept here: CELLUCID_SRC names a checkout of it (its root, or
# its src folder; 0.9.0 was measured) that the system's python3 can import. Without it only this program is measured.
# Ours runs in the contract of the peer (0.9.0, the same contents) and as users get it (0.9.1, which adds the weights of
# the edges), without --memory and with MEMORY (512MB). The goal: a fifth of the peer's wall, half of its memory.
#
# Input: 8 % of the values stored, counts; embeddings in two and three dimensions with velocities, 50 latent columns, a
# graph of 15 neighbours, 13 annotations, some with missing values. CELLS and GENES make another one, FLAGS are handed to
# `cellferry export`. Wall, CPU seconds and peak resident set of whole processes by GNU time. Needs python3 with anndata,
# h5py and scipy. Writes some 300 MB below $BENCH_DIR (default target/bench).
set -euo pipefail

root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
cellferry=$(realpath "${CELLFERRY:-$root/cellferry}")
work=${BENCH_DIR:-$root/target/bench}
runs=${1:-3} cells=${CELLS:-100000} genes=${GENES:-2000} memory=${MEMORY:-512MB}
input=$work/viewer-$cells-$genes.h5ad
read -ra flags <<<"${FLAGS:-}"
export CELLFERRY_HOME=$work/state PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
mkdir -p "$work"

# Runs a command and adds its figures to the list of LABEL: wall seconds, CPU seconds, peak resident set in KiB.
timed() { # LABEL COMMAND...
    /usr/bin/time -o "$work/time" -f '%e %U %S %M' "${@:2}" >"$work/out" 2>"$work/err" || { cat "$work/err"; return 1; }
    tail -n 1 "$work/time" | awk '{ print $1, $2 + $3, $4 }' >>"$work/$1.times"
    tail -n 1 "$work/$1.times" | awk -v label="$1" '{ printf "%s: %.1f s wall, %.1f s CPU, %d MiB\n", label, $1, $2, $3 / 1024 }'
}

median() { # LABEL COLUMN
    sort -g -k "$2,$2" "$work/$1.times" | awk -v column="$2" '
        { values[NR] = $column }
        END { print NR % 2 ? values[(NR + 1) / 2] : (values[NR / 2] + values[NR / 2 + 1]) / 2 }'
}

ours() { # LABEL RUN FLAGS...
    timed "$1" "$cellferry" export "$input" -o "$work/$1-$2" --quantize-genes 8 --quantize-obs 8 --gzip 6 \
        --connectivities obsp/connectivities --vectors auto --gene-ids index --on-missing mark \
        --created-at 2026-01-01T00:00:00Z --progress none "${@:3}" "${flags[@]}"
}

peer() { # RUN
    timed python /usr/bin/python3 "$root/src/bench/export_peer.py" run "$input" "$work/python-$1"
}

table() { # LABEL...
    local label bytes
    printf '\n| way | wall s | x | CPU s | peak MiB | output MB |\n|---|---|---|---|---|---|\n'
    for label in "$@"; do
        bytes=$(find "$work/$label-1" -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%.0f", sum }')
        awk -v label="$label" -v base="$(median "${@: -1}" 1)" -v wall="$(median "$label" 1)" -v cpu="$(median "$label" 2)" \
            -v peak="$(median "$label" 3)" -v bytes="$bytes" 'BEGIN { printf "| %s | %.1f | %.1f | %.1f | %d | %.1f |\n",
                label, wall, base / wall, cpu, peak / 1024, bytes / 1e6 }'
    done
}

[[ -f $input ]] || /usr/bin/python3 "$root/src/bench/export_peer.py" make "$input" --cells "$cells" --genes "$genes"
cat "$input" >/dev/null
ways=(ours ours-small ours-0.9.0)
if /usr/bin/python3 "$root/src/bench/export_peer.py" there 2>"$work/err"; then
    ways+=(python)
else
    cat "$work/err"
    echo "export_peer.sh: the Python exporter is left out: set CELLUCID_SRC to a checkout of theislab/cellucid-python" >&2
fi

# Builds the jar and prepares the start-up cache, which are not to be measured.
"$cellferry" export "$root/jobs/data/demo.h5ad" -o "$work/warm" --replace >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
# Nothing is deleted between the runs: ext4 looks twice at the places of thousands of files deleted a moment ago.
for label in "${ways[@]}"; do
    rm -rf "$work/$label.times" "$work/$label"-[0-9]*
done
for run in $(seq "$runs"); do
    ours ours "$run"
    ours ours-small "$run" --memory "$memory"
    ours ours-0.9.0 "$run" --contract 0.9.0
    [[ ${ways[-1]} != python ]] || peer "$run"
done
if [[ ${ways[-1]} = python ]]; then
    /usr/bin/python3 "$root/src/bench/export_peer.py" same "$work/ours-0.9.0-1" "$work/python-1"
fi
printf '\n%d cells x %d genes, 8 bits, gzip 6; ours-small with --memory %s; medians of %d; load %s\n' \
    "$cells" "$genes" "$memory" "$runs" "$(cut -d ' ' -f 1 /proc/loadavg)"
table "${ways[@]}"
