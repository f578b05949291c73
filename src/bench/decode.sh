#!/bin/sh
# decode.sh FILE.h5ad [ROUNDS]   reading X of a gzip'd sparse .h5ad: ours with libdeflate, ours with the JDK's inflater, h5py.
# One and two threads each. Needs target/classes and the class path of the build in $CELLFERRY_CLASSPATH, or Maven to ask for it.
set -eu
cd "$(dirname "$0")/../.."
file=$1
rounds=${2:-10}
classpath=${CELLFERRY_CLASSPATH:-$(mvn -q -B -o dependency:build-classpath -Dmdep.outputFile=/dev/stdout)}
java=${JAVA_HOME:+$JAVA_HOME/bin/}
mkdir -p target/bench
"${java}javac" -d target/bench -cp "target/classes:$classpath" src/bench/java/io/cellferry/dataset/DecodeBench.java
for threads in 1 2; do
    # The property counts as set whatever its value, so it is left out where natives are wanted.
    for natives in -Dcellferry.bench=natives -Dio.airlift.compress.v3.disable-native=true; do
        echo "$natives"
        "${java}java" -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED "$natives" \
            -cp "target/classes:target/bench:$classpath" io.cellferry.dataset.DecodeBench "$file" $threads "$rounds" 2>/dev/null
    done
    /usr/bin/python3 src/bench/decode_h5py.py "$file" $threads "$rounds"
    /usr/bin/python3 src/bench/decode_h5py.py "$file" $threads "$rounds" $((64 << 20))
done
uptime
