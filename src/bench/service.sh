#!/usr/bin/env bash
# What a conversion in the service costs more when many people look at it.
#
#   src/bench/service.sh [ROUNDS]        default: 3
#
# Starts a service, converts an invented input (some 3,500,000 cells, about a minute) once alone and once watched, and
# asks 40,000 times: by then the compilers of the JVM are done with what answers, as they are in a service that runs for
# days. Then converts ROUNDS times alone and ROUNDS times while 200 clients ask for the run's state every second and 20
# follow its events, in turn. Last it asks 10,000 times and looks at the resident set before and after. Ends with PASS
# when the median wall time of the conversion grew by at most 5 % and the resident set by at most 10 %. The service's
# CPU seconds are told beside it: they hold what answering costs.
#
# The clients are one Python process at lower priority; on two cores they take time from the service all the same.
# CELLS, POLLERS, LISTENERS, WARM_UP and REQUESTS change the load; everything is kept in BENCH_DIR. Needs python3 with
# h5py, and jq.
set -euo pipefail

rounds=${1:-3}
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
cellferry=$(realpath "${CELLFERRY:-$here/../../cellferry}")
cells=${CELLS:-3500000} pollers=${POLLERS:-200} listeners=${LISTENERS:-20} requests=${REQUESTS:-10000}
folder=${BENCH_DIR:-${TMPDIR:-/tmp}/cellferry-bench}/service
mkdir -p "$folder/in"
input=$folder/in/$cells.h5ad
[[ -f $input ]] || /usr/bin/python3 "$here/make_big_h5ad.py" "$input" --cells "$cells" --genes 2000 --per-cell 100
rm -rf "$folder/out" "$folder/state" "$folder/log"
mkdir "$folder/out"
# Two hundred clients with one token ask more often than one person may.
printf 'cellferry:\n  serve:\n    requests-per-minute: 10000000\n' >"$folder/application.yml"

cd "$folder"
"$cellferry" serve --port 0 --management-port 0 --memory "${MEMORY:-1GB}" --state-dir "$folder/state" \
    --read data="$folder/in" --write exports="$folder/out" >"$folder/log" 2>&1 &
service=$!
trap 'kill "$service" 2>/dev/null; wait "$service" 2>/dev/null || true' EXIT
address=
for _ in $(seq 600); do
    address=$(sed -n 's/.*listening on \(http[^ ]*\).*/\1/p' "$folder/log" | tail -n 1)
    [[ -n $address ]] && break
    kill -0 "$service" || { cat "$folder/log"; exit 1; }
    sleep 0.5
done
[[ -n $address ]] || { cat "$folder/log"; echo "FAIL: the service does not listen"; exit 1; }

/usr/bin/nice -n 10 /usr/bin/python3 "$here/service_load.py" "$address" "$service" \
    --token-file "$folder/state/admin-token" --input "data:$cells.h5ad" --rounds "$rounds" \
    --pollers "$pollers" --listeners "$listeners" --requests "$requests" --warm-up "${WARM_UP:-40000}"
