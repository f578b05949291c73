#!/usr/bin/env bash
# What the launcher promises, tried with stand-ins for java and mvn that tell how they were called. Takes seconds.
#
#   src/test/scripts/launcher-test.sh
#
# LAUNCHER_SHELL names the shell to run the launcher with; default sh.
set -euo pipefail

launcher=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../../../cellferry")
shell=${LAUNCHER_SHELL:-sh}
work=$(realpath "$(mktemp -d "${TMPDIR:-/tmp}/launcher test.XXXXXX")")
trap 'rm -rf "$work"' EXIT
checkout="$work/a checkout"
passed=0 failed=0

# A Java home that is only a `release` file and a program that prints one argument a line, makes the cache it is told
# to make unless NO_CACHE is set, as soon as no file HOLD is there, and ends with FAKE_EXIT.
make_java() { # FOLDER VERSION
    mkdir -p "$1/bin"
    echo "JAVA_VERSION=\"$2\"" >"$1/release"
    cat >"$1/bin/java" <<'JAVA'
#!/bin/sh
for argument in "$@"; do
    printf '%s\n' "$argument"
    case $argument in
        -XX:AOTCacheOutput=*)
            while [ -n "${HOLD:-}" ] && [ -e "$HOLD" ]; do sleep 0.1; done
            [ -n "${NO_CACHE:-}" ] || echo cache >"${argument#*=}"
            ;;
    esac
done
echo "java=$0"
echo "file names in ${LC_ALL:-${LC_CTYPE:-$LANG}}, words in ${LC_ALL:-${LC_MESSAGES:-$LANG}}"
exit "${FAKE_EXIT:-0}"
JAVA
    chmod +x "$1/bin/java"
}

make_java "$work/jdk 17" 17.0.15
make_java "$work/jdk 25" 25.0.3
make_java "$work/jdk 26" 26
mkdir "$work/tools"
cat >"$work/tools/mvn" <<'MVN'
#!/bin/sh
echo "$PWD $*" >>"$MVN_CALLS"
sleep 0.5
[ -z "${MVN_FAILS:-}" ] || exit 1
[ -n "${MVN_KEEPS:-}" ] || { mkdir -p target/lib && echo jar >target/cellferry.jar; }
MVN
cat >"$work/tools/locale" <<'LOCALE'
#!/bin/sh
case $LC_ALL in
    C.UTF-8 | xx_HERE.*) echo "${LC_ALL#*.}" ;;
    *) echo "locale: Cannot set LC_ALL to default locale: No such file or directory" >&2; echo ANSI_X3.4-1968 ;;
esac
LOCALE
chmod +x "$work/tools/mvn" "$work/tools/locale"

# Each claim starts from a built checkout, no settings, and nothing of this machine but its tools.
fresh() {
    rm -rf "$checkout" "$work/state" "$work/calls" "$work/elsewhere"
    mkdir -p "$checkout/target/lib" "$checkout/src/main" "$checkout/jobs/data" "$work/elsewhere"
    cp "$launcher" "$checkout/cellferry"
    touch "$checkout/jobs/data/demo.h5ad" "$work/calls"
    touch -d '1 hour ago' "$checkout/pom.xml" "$checkout/src/main"
    echo jar >"$checkout/target/cellferry.jar"
    environment=(HOME="$work" CELLFERRY_HOME="$work/state" CELLFERRY_JAVA_HOME="$work/jdk 25" MVN_CALLS="$work/calls"
        PATH="$work/tools:/usr/bin:/bin" LANG=C.UTF-8)
}

call() { # ARGS... -> sets code, $work/out, $work/err
    code=0
    (cd "$work/elsewhere" && timeout 60 env -i "${environment[@]}" "$shell" "${program:-$checkout/cellferry}" "$@") >"$work/out" 2>"$work/err" || code=$?
}

claim() { # TEXT COMMAND...
    local text=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s\n  %s\n' "$text" "$*"
        sed 's/^/  | /' "$work/out" "$work/err"
    fi
}
code_is() { [[ $code == "$1" ]]; }
out_has() { grep -qxF -e "$1" "$work/out"; }
out_lacks() { ! grep -qF -e "$1" "$work/out"; }
err_has() { grep -qF -e "$1" "$work/err"; }
err_lines() { [[ $(wc -l <"$work/err") == "$1" ]]; }
builds() { [[ $(wc -l <"$work/calls") == "$1" ]]; }
promised() { out_has "-Dcellferry.memory.bytes=$(($1 * 1048576))"; }

fresh
environment+=(FAKE_EXIT=75)
call runs 'a file'
claim "the exit code of the program is the answer" code_is 75
claim "arguments with blanks arrive whole" out_has 'a file'
claim "the jar is named by its absolute path" out_has "$checkout/target/cellferry.jar"
claim "nothing is said when nothing is to do" err_lines 0
claim "Java leaves no file in /tmp that containers would share" out_has -XX:-UsePerfData
fresh
ln -s "a checkout/cellferry" "$work/link"
ln -s "../link" "$work/elsewhere/second link"
program="$work/elsewhere/second link" call runs
claim "it works through a chain of links" out_has "$checkout/target/cellferry.jar"

fresh
call runs
claim "file names are in the locale of the user" out_has "file names in C.UTF-8, words in C"
environment+=(LC_ALL=xx_HERE.ISO-8859-15)
call runs
claim "also in an old one" out_has "file names in xx_HERE.ISO-8859-15, words in C"
environment+=(LC_ALL=xx_ELSEWHERE.UTF-8)
call runs
claim "but not in one that the machine does not have" out_has "file names in C.UTF-8, words in C"
environment+=(LANG='' LC_ALL=POSIX)
call runs
claim "and in UTF-8 where there is none" out_has "file names in C.UTF-8, words in C"
claim "nothing is said about it" err_lines 0

fresh
environment+=(CELLFERRY_JAVA_HOME="$work/jdk 17")
call runs
claim "an unsuitable CELLFERRY_JAVA_HOME is refused, not passed over" code_is 78
claim "the refusal is one line" err_lines 1
claim "the refusal names a remedy" err_has "point it to one or unset it"
fresh
environment+=(CELLFERRY_JAVA_HOME='' JAVA_HOME="$work/jdk 26" PATH="$work/jdk 25/bin:$work/tools:/usr/bin:/bin")
call runs
claim "JAVA_HOME comes before the PATH" out_has "java=$work/jdk 26/bin/java"
environment+=(JAVA_HOME="$work/jdk 17")
call runs
claim "an old JAVA_HOME is passed over" out_has "java=$work/jdk 25/bin/java"
mkdir -p "$work/.jdks"
make_java "$work/.jdks/new" 99.0.1
environment+=(JAVA_HOME='' PATH="$work/tools:$work/jdk 17/bin:/usr/bin:/bin")
call runs
claim "of the usual places the newest is taken" out_has "java=$work/.jdks/new/bin/java"
rm -rf "$work/.jdks"

fresh
for said in 1024MB=1024 1GB=1024 2g=2048 1536MiB=1536 '1 GB=1024' 2147483648=2048 08gb=8192 100MB=512; do
    call runs --memory "${said%=*}"
    claim "--memory ${said%=*} is ${said#*=} MiB" promised "${said#*=}"
done
printf 'cellferry:\n  threads: 3\n  # memory: 9GB\n  memory: "3GB" # enough\nother:\n  memory: 5GB\n' >"$work/elsewhere/application.yml"
call runs
claim "application.yml says how much memory" promised 3072
environment+=(CELLFERRY_MEMORY=4GB)
call runs
claim "CELLFERRY_MEMORY wins over application.yml" promised 4096
call runs --memory=5GB
claim "--memory wins over both" promised 5120
call plan export --memory 512MB
claim "memory that is there is not remarked upon" err_lines 0
call plan export --memory 900TB
claim "memory that is not there is" err_has "may take up to 943718400 MB of memory, but this machine, or the container it runs in, has "
claim "with a remedy" err_has "to do: Give it "
claim "and it goes on" promised 943718400
call runs --memory 900TB
claim "but not where hardly any is taken" err_lines 0
call runs --memory lots
claim "what is no size is left to the program to refuse" promised 4096
for mebibytes in 512 700 1024 2047 2048 8192 65536; do
    call runs --memory "${mebibytes}MB"
    total=$(sed -nE 's/^-(Xmx|XX:MaxDirectMemorySize=|XX:MaxMetaspaceSize=|XX:ReservedCodeCacheSize=)([0-9]+)m$/\2/p' "$work/out" |
        awk '{ sum += $1 } END { print sum }')
    claim "of $mebibytes MiB the caps ($total) leave 80 for the JVM itself" test $((total + 80)) -le "$mebibytes"
    claim "of $mebibytes MiB nearly all is used" test $((total + 80 + mebibytes / 30 + 1)) -ge "$mebibytes"
done

fresh
for words in 'runs' 'plan export x' 'inspect x' 'export x --dry-run' 'export --help' '--version' ''; do
    # shellcheck disable=SC2086 # words
    call $words
    claim "'$words' does not wait for the optimising compiler" out_has -XX:TieredStopAtLevel=1
done
environment+=(CELLFERRY_AOT_CACHE=none)
for words in 'export x' 'run x.yml' 'verify out' 'resume 1'; do
    # shellcheck disable=SC2086 # words
    call $words
    claim "'$words' uses both compilers" out_lacks TieredStopAtLevel
done

fresh
call runs
claim "a quick verb prepares no cache on a jar built by hand" out_lacks AOTCache
call export x
claim "the first long one does" err_has "preparing the start-up cache"
claim "and starts with it" grep -q -- "-XX:AOTCache=$work/state/aot/" "$work/out"
call runs
claim "later calls use it" grep -q -- "-XX:AOTCache=$work/state/aot/" "$work/out"
claim "and say nothing" err_lines 0
echo 'another jar' >"$checkout/target/cellferry.jar"
call export x
claim "another jar gets another cache" err_has "preparing the start-up cache"
claim "and the old one goes" test "$(find "$work/state/aot" -name '*.aot' | wc -l)" = 1
fresh
environment+=(CELLFERRY_AOT_CACHE="$work/kept")
call export x
claim "a cache lies where the setting says" grep -q -- "-XX:AOTCache=$work/kept-" "$work/out"
first=$(ls "$work"/kept-*.aot)
touch -r "$checkout/target/cellferry.jar" "$work/time"
echo 'ANOTHER jar' >"$checkout/target/cellferry.jar"
touch -r "$work/time" "$checkout/target/cellferry.jar"
call export x
claim "and does not outlive its jar, not even for one of the same size and time" test ! -e "$first"
claim "but is made anew" grep -q -- "-XX:AOTCache=$work/kept-" "$work/out"
fresh
environment+=(NO_CACHE=yes)
call export x
claim "a cache that cannot be made stops nobody" out_has export
claim "but is told" err_has "could not prepare the start-up cache"
call export x
claim "once" err_lines 0

# A launcher whose recording of the start-up cache does not end until `hold` goes.
record_held() { # [COMMAND] that starts the launcher
    fresh
    mkdir -p "$work/temp"
    touch "$work/hold"
    environment+=(HOLD="$work/hold" TMPDIR="$work/temp")
    (cd "$work/elsewhere" && exec ${1:-} env -i "${environment[@]}" "$shell" "$checkout/cellferry" export x) >"$work/first" 2>&1 &
    held=$!
    claim "the recording of a start-up cache begins" within records
}
recorders() { grep -lsa "[A]OTCacheOutput=$work/temp" /proc/[0-9]*/cmdline | sed 's/[^0-9]//g'; }
gone() { ! kill -0 $held 2>/dev/null; }
records() { [ -n "$(recorders)" ]; }
nothing_records() { ! records; }
no_lock() { [ -z "$(ls "$work/state/aot")" ]; }
within() { # COMMAND... -> whether it comes true within 20 seconds
    local tries=0
    until "$@"; do
        [ $((tries += 1)) -le 200 ] || return 1
        sleep 0.1
    done
}
one_cache() { [ "$(find "$work/state/aot" -type f | sed 's/.*\.//')" = aot ]; }
no_temporary_files() { [ -z "$(ls "$work/temp")" ]; }

record_held
kill -KILL $held
wait $held 2>/dev/null || true
call export x
claim "while a killed launcher's cache is being made, no other is" err_lines 0
claim "and a call starts without it" out_lacks AOTCache
rm "$work/hold"
claim "it is made to its end" within one_cache
claim "and leaves nothing else behind" within no_temporary_files
call export x
claim "later calls use it" grep -q -- "-XX:AOTCache=$work/state/aot/" "$work/out"
# INT is ignored by what a script starts in the background, and HUP by what nohup has started.
signals=TERM
[ -n "$(trap -p HUP)" ] || signals='HUP TERM'
for signal in $signals; do
    record_held
    kill -$signal $held
    claim "SIG$signal does not wait for a cache that is being made" within gone
    stopped=0
    wait $held || stopped=$?
    claim "and ends the call" test $stopped -gt 128
    claim "nor leaves its recording behind" within nothing_records
    claim "nor its files" within no_temporary_files
    claim "nor its lock" within no_lock
done
if [ "$signals" != TERM ]; then
    record_held setsid
    kill -HUP -- -$held
    claim "a terminal that is closed ends the recording" within nothing_records
    claim "and leaves none of its files" within no_temporary_files
    claim "nor its lock" within no_lock
    wait $held 2>/dev/null || true
fi
rm "$work/hold"

fresh
rm -r "$checkout/target"
for i in 1 2 3; do
    (cd "$work/elsewhere" && env -i "${environment[@]}" "$shell" "$checkout/cellferry" runs) >"$work/out.$i" 2>"$work/err.$i" &
done
wait
cat "$work"/out.? >"$work/out"
cat "$work"/err.? >"$work/err"
claim "three first calls build once" builds 1
claim "and all of them run" test "$(grep -cx runs "$work/out")" = 3
claim "no lock is left" test ! -e "$checkout/target/launcher.lock"
call runs
claim "a built jar is not built again" builds 1
touch -d '1 minute' "$checkout/src/main/New.java"
call runs
claim "newer sources are built" builds 2
fresh
environment+=(MVN_KEEPS=yes)
touch -d '1 minute ago' "$checkout/target/cellferry.jar"
touch "$checkout/pom.xml"
call runs
call runs
claim "a change that leaves the jar as it is builds once" builds 1
fresh
rm "$checkout/target/cellferry.jar"
(exit 0) &
dead=$!
wait
echo $dead >"$checkout/target/launcher.lock"
call runs
claim "the lock of a dead process holds nobody up" builds 1
fresh
rm "$checkout/target/cellferry.jar"
environment+=(MVN_FAILS=yes)
call runs
claim "a failed build is refused" code_is 78
claim "and leaves no lock" test ! -e "$checkout/target/launcher.lock"
fresh
rm "$checkout/target/cellferry.jar"
rm "$work/tools/mvn"
mkdir -p "$work/only"
for tool in sh bash sed tr dirname basename readlink find cat rm mkdir ls cksum cp mv ln sleep getconf "$shell"; do
    ln -sf "$(command -v "$tool")" "$work/only/"
done
environment+=(PATH="$work/only")
call runs
claim "without mvn nothing is built" code_is 78
claim "and the remedy is named" err_has "install Maven"

echo "$passed passed, $failed failed"
((failed == 0))
