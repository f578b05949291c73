#!/usr/bin/env bash
# Kills the real program at random moments and demands the bytes of an undisturbed run.
#
#   src/test/scripts/kill-test.sh JOBFILE [TRIALS] [SEED]
#
# Each trial starts the job, kills it with SIGKILL, resumes with other --threads and --memory, perhaps kills that as
# well (up to three kills), sometimes wipes the state folder in between, and lets the last resume finish. Half of the
# kills come after a log-uniform time between launch and end, most of them while the program is still starting; the
# other half at any moment after it has said what it begins, however long a busy machine takes until then. It passes when
#
#   - the last run exits with 0 and the output equals the undisturbed one, file by file and byte by byte,
#   - NAME.cellferry.json lists the same files, and their sizes and SHA-256 are true,
#   - nothing else is left beside the output: no staging folder, lock or temporary file,
#   - every resume kept at least the units that `cellferry runs --json` called finished after the kill, and at least
#     as many as the resume before it kept: what was acknowledged is not done again.
#
# The job file must fix what may differ between two runs (`created-at`); the script checks that first. A failing
# trial prints the command that replays it. CELLFERRY names another launcher; TMPDIR decides where the trials run.
set -euo pipefail

usage='usage: kill-test.sh JOBFILE [TRIALS] [SEED]'
job=$(realpath "${1:?$usage}")
trials=${2:-20}
first_seed=${3:-$((SRANDOM % 1000000))}
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
cellferry=$(realpath "${CELLFERRY:-$here/../../../cellferry}")

work=$(mktemp -d "${TMPDIR:-/tmp}/cellferry-kill-test.XXXXXX")
export CELLFERRY_HOME=$work/state
export CELLFERRY_AOT_CACHE=$work/start-up # survives the wiping of the state folder
export LC_ALL=C.UTF-8 # numbers in messages are read below
unset CELLFERRY_MEMORY
running=''
stop_child() { [[ -z $running ]] || kill -9 "$running" 2>/dev/null || true; }
trap stop_child EXIT

# Every run works in the folder of its trial and writes to `result` there: an export may carry the name of its folder.
start_run() { # FOLDER LOG FLAGS...
    local folder=$1 log=$2
    shift 2
    (cd "$folder" && exec "$cellferry" run "$job" -o result "$@") >"$folder.$log.out" 2>"$folder.$log.err" &
    running=$!
}

finish_run() {
    local code=0
    wait "$running" 2>/dev/null || code=$? # bash would report each kill
    running=''
    return "$code"
}

# Until the run says what it begins, or is over.
wait_for_begin() { # FOLDER LOG
    until grep -q '^cellferry: run ' "$1.$2.err" 2>/dev/null || ! kill -0 "$running" 2>/dev/null; do
        sleep 0.02
    done
}

milliseconds_since() { # MICROSECONDS
    echo $(((${EPOCHREALTIME/./} - $1) / 1000))
}

# Says on standard output what is wrong with the trial in FOLDER; nothing when all is well.
complaints() { # FOLDER
    local folder=$1 listed
    diff -rq "$work/reference/result" "$folder/result" 2>&1 | head -n 5
    find "$folder" -mindepth 1 -maxdepth 1 ! -name result ! -name result.cellferry.json -printf 'left behind: %P\n'
    find "$folder/result" -name '.cellferry*' -o -name '*.lock' -o -name '*.part' -o -name '*.tmp' 2>&1 | sed 's/^/left inside: /'
    if ! listed=$(jq -S .files "$folder/result.cellferry.json" 2>&1); then
        echo "result.cellferry.json is missing or no JSON"
    elif [[ $listed != "$(jq -S .files "$work/reference/result.cellferry.json")" ]]; then
        echo "result.cellferry.json lists other files than that of the undisturbed run"
    else
        jq -r '.files[] | "\(.sha256)  \(.path)"' "$folder/result.cellferry.json" |
            (cd "$folder/result" && sha256sum --check --quiet - 2>&1) | head -n 5
        [[ $(jq '.files | length' "$folder/result.cellferry.json") -eq $(find "$folder/result" -type f | wc -l) ]] ||
            echo "result.cellferry.json and the folder hold different numbers of files"
    fi
}

# Units the program itself calls finished for this trial's output, or nothing when it does not say.
finished_units() { # FOLDER
    "$cellferry" runs --json 2>/dev/null | jq -r --arg output "$1/result" \
        '[.. | objects | select(.output? == $output) | .finishedUnits | select(. >= 0)] | max // empty' 2>/dev/null || true
}

# From `kept 31,204 finished units`; 0 when a run says nothing of the kind, for then it kept nothing.
kept_units() { # LOG
    sed -nE 's/.*kept ([0-9,]+) (finished )?units.*/\1/p' "$1" | tr -d , | tail -n 1 | grep . || echo 0
}

mkdir "$work/reference" "$work/second"
echo "undisturbed runs of $job (seed $first_seed, in $work)"
start_run "$work/reference" log --threads 2 --memory 1GB
if ! finish_run; then
    cat "$work/reference.log.err"
    echo "kill-test: the undisturbed run failed; nothing to compare with" >&2
    exit 1
fi
begin=${EPOCHREALTIME/./}
start_run "$work/second" log --threads 1 --memory 512MB
wait_for_begin "$work/second" log
starting=$(milliseconds_since "$begin")
finish_run || { cat "$work/second.log.err"; exit 1; }
duration=$(milliseconds_since "$begin")
wrong=$(complaints "$work/second")
if [[ -n $wrong ]]; then
    echo "kill-test: already two undisturbed runs do not agree; does the job file fix created-at?" >&2
    echo "$wrong" >&2
    exit 1
fi

passed=0 failed=0 kills=0 resumes_killed=0 wipes=0 resumes=0 told=0
memories=(512MB 768MB 1GB 2GB)

one_trial() { # SEED FOLDER -> sets `wrong`
    local seed=$1 folder=$2 planned kill since pause code units published kept=0 before=0 expected='' moments=()
    RANDOM=$seed
    wrong=''
    mkdir "$folder"
    planned=$((1 + RANDOM % 3))
    for ((kill = 0; kill <= planned; kill++)); do
        local flags=(--threads $((1 + RANDOM % 4)) --memory "${memories[RANDOM % ${#memories[@]}]}")
        if ((RANDOM % 2)); then
            since=begin
            pause=$(awk -v u="$RANDOM" -v end="$((duration - starting))" 'BEGIN { printf "%.3f", u / 32768 * end / 1000 }')
        else
            since=launch
            # From 20 ms, where the launcher still looks for a JDK, to the length of an undisturbed run.
            pause=$(awk -v u="$RANDOM" -v end="$duration" 'BEGIN { printf "%.3f", exp(log(20) + u / 32768 * (log(end) - log(20))) / 1000 }')
        fi
        published=''
        [[ ! -e $folder/result ]] || published=yes
        start_run "$folder" "$kill" "${flags[@]}"
        code=0
        if ((kill < planned)); then
            [[ $since == launch ]] || wait_for_begin "$folder" "$kill"
            sleep "$pause"
            kill -9 "$running" 2>/dev/null || true
        fi
        finish_run || code=$?
        moments+=("$pause s after $since, ${flags[*]} -> $code")
        if ((kill > 0)); then
            resumes=$((resumes + 1))
            # A resume killed before it could speak proves nothing about what it kept, nor does one that found the
            # output in its place already.
            if [[ -z $published ]] && { ((code == 0)) || grep -q 'kept [0-9]' "$folder.$kill.err"; }; then
                kept=$(kept_units "$folder.$kill.err")
                if [[ -n $expected ]]; then
                    told=$((told + 1))
                    ((kept >= expected)) || wrong+="run $((kill + 1)) kept $kept units, but $expected were finished before"$'\n'
                fi
                ((kept >= before)) || wrong+="run $((kill + 1)) kept $kept units, an earlier one kept $before"$'\n'
                before=$kept
            fi
        fi
        ((code == 137)) || break
        kills=$((kills + 1))
        ((kill == 0)) || resumes_killed=$((resumes_killed + 1))
        units=$(finished_units "$folder")
        expected=${units:-$expected}
        if ((RANDOM % 5 == 0)); then
            wipes=$((wipes + 1))
            rm -rf "$CELLFERRY_HOME"
        fi
    done
    ((code == 0)) || wrong+="the last run ended with exit code $code: $(tail -n 3 "$folder.$kill.err")"$'\n'
    wrong+=$(complaints "$folder")
    [[ -z $wrong ]] || wrong+=$(printf '\n  run killed %s' "${moments[@]}")
}

for ((trial = 0; trial < trials; trial++)); do
    seed=$((first_seed + trial))
    one_trial $seed "$work/trial-$seed"
    if [[ -z $wrong ]]; then
        passed=$((passed + 1))
        rm -rf "$work/trial-$seed" "$work/trial-$seed".*
    else
        failed=$((failed + 1))
        printf 'FAILED with seed %d (kept in %s):\n%s\n' "$seed" "$work/trial-$seed" "$wrong"
        printf 'replay: %q %q 1 %d\n' "${BASH_SOURCE[0]}" "$job" "$seed"
    fi
done

echo "$kills kills landed, $resumes_killed of them on a resume; state folder wiped $wipes times;" \
    "finished units checked on $told of $resumes resumes"
if ((kills == 0)); then
    echo "kill-test: no kill landed before the job was done; take a longer job" >&2
    failed=$((failed + 1))
fi
if ((told == 0 && trials >= 10)); then
    echo "kill-test: no resume could be held against what \`cellferry runs --json\` had said" >&2
    failed=$((failed + 1))
fi
echo "$passed passed, $failed failed"
((failed == 0)) || exit 1
rm -rf "$work"
