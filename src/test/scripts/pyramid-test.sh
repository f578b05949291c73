#!/usr/bin/env bash
# Converts every kind of folder that make_scans.py knows with the real program and compares what comes out with the
# scans, by other software (check_pyramid.py). Then spoils what came out, and the comparison has to notice.
#
#   src/test/scripts/pyramid-test.sh [KIND...]      all kinds if none is named; make_scans.py --list says which
#
# Each kind is converted to OME-Zarr 0.4, every second one to 0.5 as well. Codecs, chunks, levels and the way of
# downsampling go round, except what a kind asks for. One line a kind; exit code 0 if all are equal. Needs python3 with
# numcodecs, numpy, tifffile and zarr 2. CELLFERRY names another launcher, JOBS how many run at once.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
cellferry=$(realpath "${CELLFERRY:-$here/../../../cellferry}")
work=$(mktemp -d "${TMPDIR:-/tmp}/cellferry-pyramid-test.XXXXXX")
export here cellferry work
export CELLFERRY_HOME=$work/state PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
# Half the processor time: runs this short spend most of it on compiling what they use once.
export CELLFERRY_JAVA_OPTS=${CELLFERRY_JAVA_OPTS:--XX:TieredStopAtLevel=1}
unset CELLFERRY_MEMORY

check() { # KIND OUTPUT FLAGS...
    /usr/bin/python3 "$here/check_pyramid.py" "$work/scans/$1" "$2" --labels "$work/scans/$1.labels" "${@:3}"
}

# Flags that go round by number, without those that the kind says itself.
varied_flags() { # KIND NUMBER
    local codecs=(blosc zstd lz4 none) chunks=(64 128 auto 64 256) ways=(mean mean max mean nearest mean) levels=(5 4 6 3 1 5 2)
    local flag varied=("--codec=${codecs[$2 % 4]}" "--chunk-size=${chunks[$2 % 5]}" "--downsample=${ways[$2 % 6]}"
        "--levels=${levels[$2 % 7]}" "--magnification=$(($2 % 3 * 20))" "--level=$((1 + $2 % 9))")
    for flag in "${varied[@]}"; do
        grep -q -- "^${flag%%=*}=" "$work/scans/$1.options" || echo "$flag"
    done
    cat "$work/scans/$1.options"
}

convert_and_check() { # KIND NUMBER NGFF
    local flags output=$work/images/$1-$3
    mapfile -t flags < <(varied_flags "$1" "$2")
    flags+=("--ngff=$3")
    [[ $3 = 0.4 ]] || (($2 % 4 < 3)) || flags+=(--shards=none)
    printf '%s\n' "${flags[@]}" >"$output.flags"
    if ! "$cellferry" pyramid "$work/scans/$1" -o "$output" --memory 512MB "${flags[@]}" -q >"$output.log" 2>&1; then
        printf 'not converted with %s:\n%s\n' "${flags[*]}" "$(head -n 20 "$output.log")"
    elif ! check "$1" "$output" "${flags[@]}" >"$output.found" 2>&1; then
        printf 'not equal with %s:\n%s\n' "${flags[*]}" "$(tail -n 20 "$output.found")"
    fi
}

one_kind() { # "NUMBER KIND"
    local number=${1%% *} kind=${1#* } wrong versions=0.4
    wrong=$(convert_and_check "$kind" "$number" 0.4)
    if ((number % 2 == 0)); then
        wrong+=$(convert_and_check "$kind" $((number / 2)) 0.5)
        versions='0.4 and 0.5'
    fi
    if [[ -z $wrong ]]; then
        printf 'equal      %-24s %s\n' "$kind" "$versions"
    else
        printf 'DIFFERENT  %-24s %s\n' "$kind" "$wrong"
        return 1
    fi
}
export -f check varied_flags convert_and_check one_kind

# What the check has to notice, each in a copy of a conversion that it found equal.
spoil() { # NAME FINDING OUTPUT COMMAND...
    local name=$1 finding=$2 output=$work/images/spoiled flags
    mapfile -t flags <"$3.flags"
    rm -rf "$output" "$output.cellferry.json"
    cp -r "$3" "$output"
    cp "$3.cellferry.json" "$output.cellferry.json"
    (cd "$output/R000.zarr" && "${@:4}")
    if check names-year-end "$output" "${flags[@]}" >"$output.found" 2>&1; then
        printf 'UNNOTICED  %s\n' "$name"
        return 1
    elif ! grep -qE "$finding" "$output.found"; then
        printf 'MISTAKEN   %s: %s expected, found:\n%s\n' "$name" "$finding" "$(cat "$output.found")"
        return 1
    fi
    printf 'noticed    %s\n' "$name"
}

swap() { # FILE FILE
    mv "$1" swapped
    mv "$2" "$1"
    mv swapped "$2"
}

flip_last_byte() { # FILE
    local last
    last=$(tail -c 1 "$1" | od -An -tu1)
    truncate -s -1 "$1"
    # shellcheck disable=SC2059 # the format is the byte
    printf "\\x$(printf %x $((last ^ 1)))" >>"$1"
}

spoil_all() {
    local two=$work/images/names-year-end-0.4 three=$work/images/names-year-end-0.5 wrong=0
    spoil 'pixels of two channels swapped' 'channel 1, level 0: other' "$two" swap 0/1 0/2 || wrong=1
    spoil 'a smaller level of another channel' 'channel 2, level 1: other' "$two" swap 1/2 1/3 || wrong=1
    spoil 'names of two channels swapped' 'omero: labels' "$two" \
        sed -i 's/Cy3_CD3"/Cy3_/; s/Cy3_CD4"/Cy3_CD3"/; s/Cy3_"/Cy3_CD4"/; s/Cy3_,/Cy3_CD4",/' .zattrs || wrong=1
    spoil 'half a pixel of translation lost' 'level 1: transformations' "$two" \
        sed -i '0,/"translation"/s//"scale"/' .zattrs || wrong=1
    spoil 'an exposure lost' 'OME-XML, Cy3_CD4: exposure' "$two" \
        sed -i '/<Plane .*TheC="2"/d' OME/METADATA.ome.xml || wrong=1
    spoil 'a power of another lamp' 'LightSourceSettings Power' "$two" \
        sed -i 's/Power="71"/Power="72"/' OME/METADATA.ome.xml || wrong=1
    spoil 'a chunk lost' 'channel 0, level 0: other' "$two" rm 0/0/0/0 || wrong=1
    spoil 'a shard with another checksum' 'AssertionError' "$three" flip_last_byte 0/c/0/0/0 || wrong=1
    return $wrong
}

kinds=("$@")
((${#kinds[@]})) || mapfile -t kinds < <(/usr/bin/python3 "$here/make_scans.py" --list | cut -d ' ' -f 1)
"$cellferry" --version >/dev/null # builds it, if need be
mkdir -p "$work/images" "$work/scans"
/usr/bin/python3 "$here/make_scans.py" "$work/scans" "${kinds[@]}"
code=0
for number in "${!kinds[@]}"; do
    echo "$number ${kinds[number]}"
done | xargs -P "${JOBS:-$(nproc)}" -d '\n' -I {} bash -c 'one_kind "$1"' one-kind {} || code=1
if [[ ${kinds[0]} = names-year-end ]] && ((code == 0)); then
    spoil_all || code=1
fi
if ((code == 0)); then
    rm -rf "$work"
else
    echo "pyramid-test: something differs; all is kept in $work" >&2
fi
exit $code
