package io.cellferry.codec;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;

/// CPU time of writing genes of 8-bit codes as gzip members, by the share of cells that have the gene. Codes are counts,
/// small ones more often. Argument: rounds. Prints the median and the fastest round in ns for each cell that has the
/// gene, and the bytes of the member for each. Outside of the normal build:
///
/// ```
/// javac -d target/bench -cp target/classes src/bench/java/io/cellferry/codec/RunBench.java
/// java -cp target/classes:target/bench io.cellferry.codec.RunBench 40
/// ```
public final class RunBench {

    private static final int CELLS = 1 << 20;
    private static final int PIECE = 1 << 18;
    private static final double[] SHARES = {0.01, 0.05, 0.15, 0.3, 0.45, 0.7};

    private RunBench() {}

    public static void main(String[] arguments) {
        int rounds = Integer.parseInt(arguments[0]);
        byte[][] genes = new byte[SHARES.length][];
        for (int gene = 0; gene < genes.length; gene++) {
            genes[gene] = codes(SHARES[gene]);
        }
        long[][] took = new long[genes.length][rounds];
        long[] sizes = new long[genes.length];
        byte[] out = new byte[RunGzip.mostBytes(PIECE)];
        try (RunGzip gzip = new RunGzip(6)) {
            for (int round = 0; round < rounds; round++) {
                for (int gene = 0; gene < genes.length; gene++) {
                    long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                    long written = gzip.begin(out);
                    for (int at = 0; at < CELLS; at += PIECE) {
                        written += gzip.add(genes[gene], at, PIECE, out);
                    }
                    sizes[gene] = written + gzip.end(out);
                    took[gene][round] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
                }
            }
        }
        for (int gene = 0; gene < genes.length; gene++) {
            Arrays.sort(took[gene]);
            double stored = SHARES[gene] * CELLS;
            System.out.printf(
                    "%2.0f %% of the cells: %5.2f ns, fastest %5.2f, %.3f bytes%n",
                    SHARES[gene] * 100,
                    took[gene][rounds / 2] / stored,
                    took[gene][0] / stored,
                    sizes[gene] / stored);
        }
    }

    private static byte[] codes(double share) {
        var random = new SplittableRandom(20261123);
        byte[] codes = new byte[CELLS];
        for (int cell = 0; cell < CELLS; cell++) {
            if (random.nextDouble() < share) {
                int count = 1 + (int) (-Math.log(1 - random.nextDouble()) * 1.5);
                codes[cell] = (byte) Math.min(count * 11, 254);
            }
        }
        return codes;
    }
}
