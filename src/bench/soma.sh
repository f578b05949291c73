#!/bin/sh
# soma.sh [FOLDER] [ROUNDS]   streaming a sparse layer of TileDB-SOMA row by row, with one thread and with two.
# The array (10,000 x 36,000, 20,000,000 values, filters of the CELLxGENE Census) is made once in FOLDER. Needs JAVA_HOME
# or a `java` of version 25 or newer, target/classes, and the class path of the build in $CELLFERRY_CLASSPATH or Maven to
# ask for it.
set -eu
cd "$(dirname "$0")/../.."
folder=${1:-${TMPDIR:-/tmp}/cellferry-soma-bench}
rounds=${2:-8}
classpath=${CELLFERRY_CLASSPATH:-$(mvn -q -B -o dependency:build-classpath -Dmdep.outputFile=/dev/stdout)}
java=${JAVA_HOME:+$JAVA_HOME/bin/}
mkdir -p target/bench
"${java}javac" -d target/bench -cp "target/classes:$classpath" src/bench/java/io/cellferry/dataset/soma/*.java
for threads in 1 2; do
    "${java}java" -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "target/classes:target/bench:$classpath" \
        io.cellferry.dataset.soma.SomaBench "$folder" 10000 36000 2000 1000000 $threads "$rounds"
done
uptime
