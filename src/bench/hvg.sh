#!/usr/bin/env bash
# Scores the genes of a gzip'd .h5ad of counts: this program in 512 MB, and a dask + numpy script that only adds up means
# and variances by the same row blocks, with threads and with processes, in turn, so that all see the same machine.
# Prints the medians as a table for src/docs/performance.md.
#
#   src/bench/hvg.sh [ROUNDS]        1,000,000,000 values, 500,000 cells x 30,000 genes; three rounds by default
#   src/bench/hvg.sh wide [ROUNDS]   100,000 cells x 60,530 genes and a quarter of that, and what follows for the cells of
#                                    the published runs (heart 1,559,974, lung 3,677,225)
#
# VALUES or CELLS, GENES and PER_CELL make other files, MEMORY another cap than 512MB. Two ways of ours: `seurat_v3`, 2,000
# genes by their counts, in one reading; and `seurat` with --log-normalize 1e4, scanpy's default on normalised counts.
# Files are read once before anything is measured: they come from the page cache where it has room. A quiet machine with
# two processors is what the goal is about: 20 s of wall for 10^9 values, 250 MB resident. Each table must agree with the
# script's sums to 1e-9. Writes some 4 GB below $BENCH_DIR (default target/bench). Needs python3 with dask and h5py, GNU
# time.
set -euo pipefail

root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
cellferry=$(realpath "${CELLFERRY:-$root/cellferry}")
work=${BENCH_DIR:-$root/target/bench}
memory=${MEMORY:-512MB}
per_cell=${PER_CELL:-2000}
block_cells=1000 # drawing one takes 16 bytes x cells x genes: a gigabyte for 60,530 genes
export CELLFERRY_HOME=$work/state PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
# numpy must not start threads of its own beside the workers.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
mkdir -p "$work"
ways=(seurat_v3 dask-threads dask-processes seurat dask-normalised-threads dask-normalised-processes)

make_input() { # CELLS GENES -> sets `input`
    input=$work/hvg-$1-$2-$per_cell.h5ad
    [[ -f $input ]] || /usr/bin/python3 "$root/src/bench/make_big_h5ad.py" "$input" --cells "$1" --genes "$2" \
        --per-cell "$per_cell" --block-cells "$block_cells" --distinct 4
    cat "$input" >/dev/null
}

# Whole blocks, at least one: the last one repeats as well.
whole_blocks() { # CELLS
    echo $((($1 < block_cells ? block_cells : $1) / block_cells * block_cells))
}

# Runs a command and adds its figures to the list of LABEL: CPU seconds, wall seconds, peak resident set in KiB. The
# script has several processes and tells their peak itself.
timed() { # LABEL COMMAND...
    local peak
    /usr/bin/time -o "$work/time" -f '%U %S %e %M' "${@:2}" >"$work/out" 2>"$work/err" || { cat "$work/err"; return 1; }
    peak=$(tail -n 1 "$work/time" | awk '{ print $4 }')
    [[ $1 != dask* ]] || peak=$(cat "$work/out")
    awk -v peak="$peak" '{ print $1 + $2, $3, peak }' "$work/time" >>"$work/$1.times"
    awk -v label="$1" -v peak="$peak" '{ printf "%s: %.1f s CPU, %.1f s wall, %d MiB\n", label, $1 + $2, $3, peak / 1024 }' \
        "$work/time"
}

median() { # LABEL COLUMN
    sort -g -k "$2,$2" "$work/$1.times" | awk -v column="$2" '
        { values[NR] = $column }
        END { print NR % 2 ? values[(NR + 1) / 2] : (values[NR / 2] + values[NR / 2 + 1]) / 2 }'
}

ours() { # LABEL FLAGS...
    local table=$work/$1.csv
    rm -f "$table" "$table.cellferry.json"
    timed "$1" "$cellferry" hvg "$input" -o "$table" --top 2000 --memory "$memory" --progress none "${@:2}"
}

script() { # LABEL SUFFIX RESULT FLAGS...
    local workers
    for workers in threads processes; do
        timed "$1-$workers$2" /usr/bin/python3 "$root/src/bench/hvg_peer.py" sums "$input" "$work/$3.npz" \
            --scheduler "$workers" "${@:4}"
    done
}

one_round() { # SUFFIX
    ours "seurat_v3$1" --flavor seurat_v3
    script dask "$1" counts
    ours "seurat$1" --flavor seurat --log-normalize 1e4
    script dask-normalised "$1" scaled --total 1e4
}

agreement() { # SUFFIX
    /usr/bin/python3 "$root/src/bench/hvg_peer.py" same "$work/counts.npz" "$work/seurat_v3$1.csv"
    /usr/bin/python3 "$root/src/bench/hvg_peer.py" same "$work/scaled.npz" "$work/seurat$1.csv"
}

# Builds the jar and prepares the start-up cache, which are not to be measured.
warm_up() {
    "$cellferry" hvg "$root/jobs/data/demo.h5ad" -o "$work/warm.csv" --replace >"$work/out" 2>&1 || { cat "$work/out"; return 1; }
}

table() { # VALUES LABEL...
    local label
    printf '\n| way | wall s | CPU s | ns of wall a value | ns of CPU a value | peak MiB |\n|---|---|---|---|---|---|\n'
    for label in "${@:2}"; do
        awk -v label="$label" -v values="$1" -v cpu="$(median "$label" 1)" -v wall="$(median "$label" 2)" \
            -v peak="$(median "$label" 3)" 'BEGIN { printf "| %s | %.1f | %.1f | %.1f | %.1f | %d |\n",
                label, wall, cpu, wall / values * 1e9, cpu / values * 1e9, peak / 1024 }'
    done
}

described() { # CELLS GENES
    printf '\n%d cells x %d genes, %d stored values, gzip, %.2f bytes a value; --memory %s; medians of %d; load %s\n' "$1" "$2" \
        $(($1 * per_cell)) "$(stat -c %s "$input" | awk -v values=$(($1 * per_cell)) '{ print $1 / values }')" "$memory" \
        "$rounds" "$(cut -d ' ' -f 1 /proc/loadavg)"
}

compare() {
    local cells genes=${GENES:-30000}
    cells=$(whole_blocks "${CELLS:-$((${VALUES:-1000000000} / per_cell))}")
    make_input "$cells" "$genes"
    warm_up
    rm -f "$work"/*.times
    for _ in $(seq "$rounds"); do
        one_round ''
    done
    agreement ''
    described "$cells" "$genes"
    table $((cells * per_cell)) "${ways[@]}"
}

# What a run of so many values takes, if each further value takes what those between the two sizes took. Nothing of this
# is measured: the published runs are not of these files, and a file of their size may not come from the page cache.
extrapolate() { # LABEL COLUMN WHAT SMALL_VALUES LARGE_VALUES
    awk -v label="$1" -v what="$3" -v few="$4" -v many="$5" -v small="$(median "$1-quarter" "$2")" -v large="$(median "$1" "$2")" '
        BEGIN {
            slope = (large - small) / (many - few); start = large - slope * many
            if (slope <= 0) {
                printf "| %s, %s | too few cells to tell from the start | | | |\n", label, what
                exit
            }
            printf "| %s, %s | %.1f | %.1f |", label, what, start, slope * 1e9
            split("1559974 3677225", cells, " "); split("1500 2000 2500", per, " ")
            for (c = 1; c <= 2; c++) {
                for (p = 1; p <= 3; p++) printf "%s%.0f", p == 1 ? " " : " / ", start + slope * cells[c] * per[p]
                printf " |"
            }
            printf "\n"
        }'
}

wide() {
    local cells quarter genes=${GENES:-60530} label
    cells=$(whole_blocks "${CELLS:-100000}")
    quarter=$(whole_blocks $((cells / 4)))
    if ((quarter == cells)); then
        echo "hvg.sh wide: $cells cells cannot be compared with a quarter of them; take CELLS=$((2 * block_cells)) or more" >&2
        exit 64
    fi
    warm_up
    rm -f "$work"/*.times
    for _ in $(seq "$rounds"); do
        make_input "$quarter" "$genes"
        one_round -quarter
        make_input "$cells" "$genes"
        one_round ''
    done
    agreement ''
    described "$cells" "$genes"
    table $((cells * per_cell)) "${ways[@]}"
    printf '\nextrapolated, not measured: seconds with 1,500 / 2,000 / 2,500 stored values a cell, which the published runs do not tell\n\n'
    printf '| way | start s | ns a further value | 1,559,974 cells | 3,677,225 cells |\n|---|---|---|---|---|\n'
    for label in "${ways[@]}"; do
        extrapolate "$label" 2 wall $((quarter * per_cell)) $((cells * per_cell))
        extrapolate "$label" 1 CPU $((quarter * per_cell)) $((cells * per_cell))
    done
}

if [[ ${1:-} = wide ]]; then
    rounds=${2:-3}
    wide
else
    rounds=${1:-3}
    compare
fi
