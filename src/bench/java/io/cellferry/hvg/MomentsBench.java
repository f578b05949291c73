package io.cellferry.hvg;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.ValueType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// CPU time per stored value of the passes over a matrix, one thread.
///
/// 60,530 genes with log-normal means, about 1,450 stored values a cell, 128,000 cells (8,000 of them different),
/// cells of 20 batches side by side where there are batches. Outside of the normal build:
///
/// ```
/// javac -d target/bench -cp target/classes src/bench/java/io/cellferry/hvg/MomentsBench.java
/// java -Xmx1g -cp target/classes:target/bench io.cellferry.hvg.MomentsBench [rounds]
/// ```
public final class MomentsBench {

    private static final int GENES = 60_530;
    private static final int BLOCKS = 4;
    private static final int BLOCK_CELLS = 2_000;
    private static final int REPEATS = 16;
    private static final int BATCHES = 20;

    private MomentsBench() {}

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        List<CsrBlock> counts = blocks(false);
        List<CsrBlock> logs = blocks(true);
        long values = counts.stream().mapToLong(CsrBlock::storedValues).sum();
        System.out.printf("%,d stored values, %,d a cell%n", values, values / BLOCKS / BLOCK_CELLS);
        HvgSettings counting = HvgSettings.of(Flavor.SEURAT_V3);
        measure("whole counts, nothing kept", counting, counts, false, 0, rounds);
        measure("whole counts, 16 largest kept", counting, counts, false, 16, rounds);
        measure("whole counts, 64 largest kept", counting, counts, false, 64, rounds);
        measure("whole counts, 16 kept, 20 batches", counting, counts, true, 16, rounds);
        measure("logs, unlogged (seurat)", HvgSettings.of(Flavor.SEURAT), logs, false, 0, rounds);
        measure("logs as they are (cell_ranger)", HvgSettings.of(Flavor.CELL_RANGER), logs, false, 0, rounds);
        HvgSettings scaling = HvgSettings.of(Flavor.SEURAT).withTotal(10_000);
        measure("counts scaled on the fly (seurat)", scaling, counts, false, 0, rounds);
        HvgSettings logging = HvgSettings.of(Flavor.CELL_RANGER).withTotal(10_000);
        measure("counts scaled and logged (cell_ranger)", logging, counts, false, 0, rounds);
        HvgSettings residuals = HvgSettings.of(Flavor.PEARSON_RESIDUALS);
        measure("Pearson, first pass", residuals, counts, false, 0, rounds);
        residualPass(residuals, counts, rounds);
    }

    private static void measure(
            String what, HvgSettings settings, List<CsrBlock> blocks, boolean batched, int kept, int rounds) {
        HvgSelection selection = selection(settings, batched);
        for (int round = 0; round < rounds; round++) {
            report(what, selection.firstPass(0, batches(batched).all(), kept), blocks, round == rounds - 1);
        }
    }

    private static void residualPass(HvgSettings settings, List<CsrBlock> blocks, int rounds) {
        HvgSelection selection = selection(settings, false);
        MomentPass first = selection.firstPass(0, new BatchRange(0, 1), 0);
        report("", first, blocks, false);
        SecondPass second = selection.secondPass(first.moments()).orElseThrow();
        for (int round = 0; round < rounds; round++) {
            report("Pearson, second pass", second.from(0), blocks, round == rounds - 1);
        }
        MomentPass differences = second.from(0);
        report("", differences, blocks, false);
        long start = cpuNanoseconds();
        HvgChoice choice = selection.choice();
        choice.add(first.moments(), java.util.Optional.of(differences.moments()));
        System.out.printf("Pearson, zeros of all genes: %,d ms%n", (cpuNanoseconds() - start) / 1_000_000);
    }

    private static void report(String what, MomentPass pass, List<CsrBlock> blocks, boolean last) {
        long start = cpuNanoseconds();
        long values = 0;
        for (int i = 0; i < REPEATS * BLOCKS; i++) {
            CsrBlock block = blocks.get(i % BLOCKS);
            // The arrays keep what is in them: the same cells again, under other numbers.
            block.reset(new CellRange(i * BLOCK_CELLS, (i + 1) * BLOCK_CELLS), 0);
            pass.add(block);
            values += block.storedValues();
        }
        double nanoseconds = cpuNanoseconds() - start;
        if (last) {
            System.out.printf(
                    "%-40s %6.2f ns a value, %,7.0f M values/s%n", what, nanoseconds / values, values * 1e3 / nanoseconds);
        }
    }

    private static HvgSelection selection(HvgSettings settings, boolean batched) {
        List<String> genes = IntStream.range(0, GENES).mapToObj(gene -> "g" + gene).toList();
        return HvgSelection.of(settings, "bench", ValueType.FLOAT32, genes, batches(batched));
    }

    private static CellBatches batches(boolean batched) {
        int cells = REPEATS * BLOCKS * BLOCK_CELLS;
        if (!batched) {
            return CellBatches.none(cells);
        }
        List<String> labels =
                IntStream.range(0, BATCHES).mapToObj(batch -> "b" + batch).toList();
        return CellBatches.of(
                labels, IntStream.range(0, cells).map(cell -> cell % BATCHES).toArray());
    }

    private static List<CsrBlock> blocks(boolean logged) {
        var random = new SplittableRandom(5);
        double[] means = new double[GENES];
        for (int gene = 0; gene < GENES; gene++) {
            means[gene] = Math.exp(random.nextGaussian() * 2.6 - 6.5);
        }
        List<CsrBlock> blocks = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            var block = new CsrBlock(ValueType.FLOAT32);
            block.reset(new CellRange(i * BLOCK_CELLS, (i + 1) * BLOCK_CELLS), BLOCK_CELLS * 4_000);
            int at = 0;
            for (int cell = 0; cell < BLOCK_CELLS; cell++) {
                double depth = Math.exp(random.nextGaussian() * 0.4);
                for (int gene = 0; gene < GENES; gene++) {
                    int count = poisson(means[gene] * depth, random);
                    if (count > 0) {
                        float value = logged ? (float) Math.log1p(count / depth) : count;
                        block.genes()[at] = gene;
                        block.values().four()[at++] = Float.floatToRawIntBits(value);
                    }
                }
                block.rowStarts()[cell + 1] = at;
            }
            blocks.add(block);
        }
        return blocks;
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
