package io.cellferry.matrix;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// CPU nanoseconds per stored value of splitting blocks and of merging runs, one thread.
///
/// The matrix has 32,285 genes, log-normal gene means and 16 % of values stored, like a typical count matrix. Outside of
/// the normal build:
///
/// ```
/// javac -d target/bench -cp target/classes src/bench/java/io/cellferry/matrix/TranspositionBench.java
/// java -Xmx2g -cp target/classes:target/bench io.cellferry.matrix.TranspositionBench FOLDER [counts|fractions] [runs]
/// ```
public final class TranspositionBench {

    private static final int GENES = 32_285;
    private static final int DISTINCT_BLOCKS = 3;
    private static final long COLUMN_BYTES = 64 << 20;

    private TranspositionBench() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        boolean fractions = arguments.length > 1 && arguments[1].equals("fractions");
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 24;
        ValueType type = ValueType.FLOAT32;
        int blockCells = 800;
        double[] means = geneMeans(new SplittableRandom(7));
        List<CsrBlock> blocks = new ArrayList<>();
        for (int i = 0; i < DISTINCT_BLOCKS; i++) {
            var block = new CsrBlock(type);
            fill(block, new CellRange(0, blockCells), means, fractions, new SplittableRandom(11 + i));
            blocks.add(block);
        }
        System.out.printf("%,d stored values per block of %,d cells%n", blocks.getFirst().storedValues(), blockCells);

        var writer = new RunWriter(type, GeneSelection.all(GENES));
        for (int round = 0; round < 6; round++) {
            long start = cpuNanoseconds();
            long storedValues = 0;
            long bytes = 0;
            for (CsrBlock block : blocks) {
                RunFooter footer = writer.write(block, (out, from, count) -> {});
                storedValues += footer.storedValues();
                bytes += footer.fileBytes();
            }
            System.out.printf(
                    "split, to nowhere: %.2f ns and %.3f bytes per value%n",
                    (cpuNanoseconds() - start) / (double) storedValues, bytes / (double) storedValues);
        }
        merge(folder, type, blockCells, runs, means, fractions, writer);
    }

    private static void merge(
            Path folder, ValueType type, int blockCells, int runs, double[] means, boolean fractions, RunWriter writer)
            throws IOException {
        List<Path> files = new ArrayList<>();
        List<CellRange> ranges = new ArrayList<>();
        var block = new CsrBlock(type);
        for (int run = 0; run < runs; run++) {
            var cells = new CellRange(run * blockCells, (run + 1) * blockCells);
            fill(block, cells, means, fractions, new SplittableRandom(run));
            files.add(folder.resolve(cells.partitionName() + ".run"));
            ranges.add(cells);
            try (OutputStream out = Files.newOutputStream(files.getLast())) {
                writer.write(block, (bytes, from, count) -> {
                    try {
                        out.write(bytes, from, count);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
            }
        }
        List<GeneRange> geneRanges = new ArrayList<>();
        for (int from = 0; from < GENES; from += 512) {
            geneRanges.add(new GeneRange(from, Math.min(GENES, from + 512)));
        }
        var plan = new TranspositionPlan(type, runs * blockCells, GENES, GENES, TranspositionPlan.MOST_BLOCK_VALUES, ranges, geneRanges);
        try (var columns = SpilledColumns.open(plan, files, COLUMN_BYTES)) {
            for (int round = 0; round < 5; round++) {
                long[] storedValues = new long[1];
                long start = cpuNanoseconds();
                for (GeneRange range : geneRanges) {
                    columns.visit(range, (gene, column) -> storedValues[0] += column.storedValues());
                }
                System.out.printf(
                        "merge of %d runs: %.2f ns per value, %,d values of %,d%n",
                        runs,
                        (cpuNanoseconds() - start) / (double) storedValues[0],
                        storedValues[0],
                        columns.totalStoredValues());
            }
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private static double[] geneMeans(SplittableRandom random) {
        double[] means = new double[GENES];
        for (int gene = 0; gene < GENES; gene++) {
            means[gene] = Math.exp(random.nextGaussian() * 2.4 - 3.2);
        }
        return means;
    }

    private static void fill(
            CsrBlock block, CellRange cells, double[] means, boolean fractions, SplittableRandom random) {
        block.reset(cells, cells.count() * GENES / 2);
        int at = 0;
        for (int cell = 0; cell < cells.count(); cell++) {
            double depth = Math.exp(random.nextGaussian() * 0.4);
            for (int gene = 0; gene < GENES; gene++) {
                int count = poisson(means[gene] * depth, random);
                if (count > 0) {
                    float value = fractions ? (float) Math.log1p(count / depth) : count;
                    block.genes()[at] = gene;
                    block.values().four()[at++] = Float.floatToRawIntBits(value);
                }
            }
            block.rowStarts()[cell + 1] = at;
        }
    }

    private static int poisson(double mean, SplittableRandom random) {
        if (mean > 30) {
            return (int) Math.max(0, Math.round(mean + random.nextGaussian() * Math.sqrt(mean)));
        }
        double product = random.nextDouble();
        double limit = Math.exp(-mean);
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    private static long cpuNanoseconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
