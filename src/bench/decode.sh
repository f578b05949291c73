#!/bin/sh
# decode.sh FILE.h5ad [TURNS [ROUNDS]]   reading X of a gzip'd sparse .h5ad: ours with libdeflate, ours with the JDK's
# inflater, h5py with its usual cache of chunks and with a larger one. One and two threads each.
#
# All take turns (5), each a process that reads everything ROUNDS (4) times; ours compiles itself in the first of them,
# which counts like the others. Prints the medians of all rounds. Needs JAVA_HOME or a `java` of version 25 or newer,
# target/classes, and the class path of the build in $CELLFERRY_CLASSPATH or Maven to ask for it.
set -eu
cd "$(dirname "$0")/../.."
file=$1
turns=${2:-5}
rounds=${3:-4}
classpath=${CELLFERRY_CLASSPATH:-$(mvn -q -B -o -Dstyle.color=never dependency:build-classpath -Dmdep.outputFile=/dev/stdout 2>/dev/null)}
java=${JAVA_HOME:+$JAVA_HOME/bin/}
mkdir -p target/bench
"${java}javac" -d target/bench -cp "target/classes:$classpath" src/bench/java/io/cellferry/dataset/DecodeBench.java
figures=$(mktemp)
trap 'rm -f "$figures"' EXIT

ours() { # LABEL THREADS FLAG...
    label=$1 threads=$2
    shift 2
    # As the launcher starts Java: the checksum of a chunk is compiled early.
    "${java}java" -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
        --sun-misc-unsafe-memory-access=allow -XX:CompileCommand=quiet \
        -XX:CompileCommand=CompileThresholdScaling,java.util.zip.Adler32::update,0.001 "$@" \
        -cp "target/classes:target/bench:$classpath" io.cellferry.dataset.DecodeBench "$file" "$threads" "$rounds" |
        keep "$label" "$threads"
}

peer() { # LABEL THREADS BYTES
    /usr/bin/python3 src/bench/decode_h5py.py "$file" "$2" "$rounds" "$3" | keep "$1" "$2"
}

# Shows the rounds and keeps label, threads, CPU and wall nanoseconds of each.
keep() {
    tee /dev/stderr | sed -n "s/.*: \([0-9.]*\) CPU ns and \([0-9.]*\) wall ns.*/$1 $2 \1 \2/p" >>"$figures"
}

median() { # LABEL THREADS COLUMN
    awk -v label="$1" -v threads="$2" -v column="$3" '$1 == label && $2 == threads { print $column }' "$figures" | sort -g |
        awk '{ all[NR] = $1 } END { print NR % 2 ? all[(NR + 1) / 2] : (all[NR / 2] + all[NR / 2 + 1]) / 2 }'
}

for _ in $(seq "$turns"); do
    for threads in 1 2; do
        ours libdeflate "$threads"
        peer h5py-1MiB "$threads" $((1 << 20))
        ours inflater "$threads" -Dio.airlift.compress.v3.disable-native=true
        peer h5py-64MiB "$threads" $((64 << 20))
    done
done

printf '\n| medians of %d rounds | threads | CPU ns | x | wall ns |\n|---|---|---|---|---|\n' $((turns * rounds))
for threads in 1 2; do
    base=$(median libdeflate $threads 3)
    for label in libdeflate inflater h5py-1MiB h5py-64MiB; do
        awk -v label=$label -v threads=$threads -v base="$base" -v cpu="$(median $label $threads 3)" \
            -v wall="$(median $label $threads 4)" \
            'BEGIN { printf "| %s | %d | %.1f | %.2f | %.1f |\n", label, threads, cpu, cpu / base, wall }'
    done
done
uptime
