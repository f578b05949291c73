#!/usr/bin/env bash
# Exports a million invented cells under a memory cap and compares what happened with what `plan` announced.
#
#   src/bench/export.sh [MEMORY] [FLAGS FOR EXPORT...]        default: 1GB
#
# The input, 1,000,000 cells x 2,000 genes with 100,000,000 stored values (some 350 MB), is made once and kept in BENCH_DIR, by
# default cellferry-bench in the temporary folder. CELLS, GENES, PER_CELL and NEIGHBOURS make another one. Ends with PASS
# when the peak resident set stayed under the cap and files and bytes are within 10 % of the plan.
# Needs python3 with h5py, jq and GNU time.
set -euo pipefail

memory=${1:-1GB}
shift || true
export_flags=(--quantize-genes 8 --gzip 6 --created-at 2026-01-01T00:00:00Z "$@")
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
cellferry=$(realpath "${CELLFERRY:-$here/../../cellferry}")
cells=${CELLS:-1000000} genes=${GENES:-2000} per_cell=${PER_CELL:-100} neighbours=${NEIGHBOURS:-0}
folder=${BENCH_DIR:-${TMPDIR:-/tmp}/cellferry-bench}
input=$folder/$cells-$genes-$per_cell-$neighbours.h5ad
output=$folder/export
mkdir -p "$folder"

if [[ ! -f $input ]]; then
    echo "making $input"
    /usr/bin/python3 "$here/make_big_h5ad.py" "$input" \
        --cells "$cells" --genes "$genes" --per-cell "$per_cell" --neighbours "$neighbours"
fi
rm -rf "$output" "$output.cellferry.json" "$folder/warm-up" "$folder/warm-up.cellferry.json" "$folder/.cellferry"

# Builds the jar and prepares the start-up cache, which are not to be measured.
"$cellferry" export "$here/../../jobs/data/demo.h5ad" -o "$folder/warm-up" >"$folder/warm-up.log" 2>&1 ||
    { cat "$folder/warm-up.log"; exit 1; }

"$cellferry" plan export "$input" -o "$output" --memory "$memory" "${export_flags[@]}" --json >"$folder/plan.json"
planned() { jq -r "[.. | objects | .$1? | numbers] | first // empty" "$folder/plan.json"; }
planned_files=$(planned files)
planned_bytes=$(planned bytes)
if [[ -z $planned_files || -z $planned_bytes ]]; then
    cat "$folder/plan.json"
    echo "FAIL: the plan tells no \"files\" and \"bytes\""
    exit 1
fi

/usr/bin/time -o "$folder/time" -f '%e %U %S %M' \
    "$cellferry" export "$input" -o "$output" --memory "$memory" "${export_flags[@]}" --progress plain
read -r wall user system peak_kib < <(tail -n 1 "$folder/time")
actual_files=$(find "$output" -type f | wc -l)
actual_bytes=$(find "$output" -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%.0f", sum }')

awk -v memory="$memory" -v wall="$wall" -v cpu="$user" -v kernel="$system" -v peak="$peak_kib" -v values="$((cells * per_cell))" \
    -v planned_files="$planned_files" -v files="$actual_files" -v planned_bytes="$planned_bytes" -v bytes="$actual_bytes" '
    function off(actual, plan) { return plan > 0 ? (actual - plan) / plan : 1 }
    function size(text,   unit) {
        unit = tolower(text); sub(/^[0-9]+/, "", unit); sub(/i?b$/, "", unit)
        return text * (unit == "k" ? 1024 : unit == "m" ? 1024 ^ 2 : unit == "g" ? 1024 ^ 3 : unit == "t" ? 1024 ^ 4 : 1)
    }
    BEGIN {
        cap = size(memory)
        printf "\n%-22s %14s %14s %8s\n", "", "planned", "actual", "off by"
        printf "%-22s %14d %14d %7.1f%%\n", "files", planned_files, files, 100 * off(files, planned_files)
        printf "%-22s %14.0f %14.0f %7.1f%%\n", "bytes", planned_bytes, bytes, 100 * off(bytes, planned_bytes)
        printf "%-22s %14.0f %14.0f %7.1f%%\n", "peak resident MiB", cap / 1048576, peak / 1024, 100 * off(peak * 1024, cap)
        printf "%-22s %14s %14.1f\n", "wall s", "", wall
        printf "%-22s %14s %14.1f\n", "CPU s", "", cpu + kernel
        printf "%-22s %14s %14.2f\n\n", "million values / s", "", values / wall / 1e6
        if (peak * 1024 > cap) wrong = wrong " the resident set exceeded the cap;"
        if (off(files, planned_files) ^ 2 > 0.01) wrong = wrong " files are off by more than 10 %;"
        if (off(bytes, planned_bytes) ^ 2 > 0.01) wrong = wrong " bytes are off by more than 10 %;"
        print wrong == "" ? "PASS" : "FAIL:" wrong
        exit wrong != ""
    }'
