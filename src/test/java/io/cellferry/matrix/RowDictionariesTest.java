package io.cellferry.matrix;

import static io.cellferry.matrix.MatrixInMemory.visited;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cellferry.matrix.MatrixInMemory.Column;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values that are common in their row take about a byte and come back bit by bit; what is in no dictionary comes back
/// as well.
class RowDictionariesTest {

    private static final long SEED = Long.getLong("cellferry.test.seed", System.nanoTime());

    /// What is easily lost, for types of four and of eight bytes: -0.0, zero, NaN with a payload, and so on.
    private static final long[] SPECIAL_FOUR = {0x8000_0000L, 0, 0x7f80_0001L, 0xffc1_2345L, 0x3f80_0000L, 1};
    private static final long[] SPECIAL_EIGHT = {Long.MIN_VALUE, 0, 0x7ff0_0000_0000_0001L, -1, 1, 1L << 31};

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @EnumSource(ValueType.class)
    void rowsOfEveryWayMixInABlock(ValueType type) {
        for (double density : new double[] {0.02, 0.2, 0.7}) {
            var matrix = mixed(type, 150, 1_200, density);
            List<Column> expected = matrix.transposed(GeneSelection.all(1_200));
            for (int blockCells : new int[] {1, 40, 150}) {
                Spill spill = Spill.write(matrix, GeneSelection.all(1_200), blockCells, folder);

                assertThat(visited(spill.columns(Spill.PLENTY), spill.allGenes())
                                .equals(expected))
                        .as("%s, %d cells a block, density %s, seed %d", type, blockCells, density, SEED)
                        .isTrue();
            }
        }
    }

    @Test
    void everySliceKindIsSeenAndReadBackInAnyBatches() {
        var matrix = mixed(ValueType.FLOAT32, 200, 1_000, 0.3);
        Spill spill = Spill.write(matrix, GeneSelection.all(1_000), 70, folder);
        List<Column> expected = matrix.transposed(GeneSelection.all(1_000));
        java.util.Set<SliceKind> seen = java.util.EnumSet.noneOf(SliceKind.class);
        try (RunReader run = RunReader.open(spill.runs().getFirst())) {
            new SliceReader().read(run, spill.allGenes(), (position, count, kind, payload, from, to) -> seen.add(kind));
        }

        assertThat(seen).containsExactlyInAnyOrder(SliceKind.values());
        for (long columnBytes : new long[] {0, 1_000, 20_000}) {
            assertThat(visited(spill.columns(columnBytes), spill.allGenes()).equals(expected))
                    .as("%,d bytes, seed %d", columnBytes, SEED)
                    .isTrue();
        }
    }

    @Test
    void normalisedCountsTakeLittleMoreThanCounts() {
        var matrix = normalised(ValueType.FLOAT64, 100, 2_000);
        Spill spill = Spill.write(matrix, GeneSelection.all(2_000), 100, folder);
        try (RunReader run = RunReader.open(spill.runs().getFirst())) {
            long bytes = run.footer().payloadBytes()
                    + RowDictionaries.fileBytes(
                            ValueType.FLOAT64, 100, run.footer().dictionaryValues());

            // Wide slices take nine bytes a value.
            assertThat(bytes / (double) spill.storedValues()).isLessThan(2);
        }
    }

    @Test
    void valuesThatDoNotRepeatTakeNoMoreThanWithoutDictionaries() {
        var matrix = MatrixInMemory.random(random, ValueType.FLOAT64, 50, 3_000, 0.5, Random::nextLong);
        Spill spill = Spill.write(matrix, GeneSelection.all(3_000), 50, folder);
        try (RunReader run = RunReader.open(spill.runs().getFirst())) {
            assertThat(run.footer().dictionaryValues()).isZero();
            assertThat(run.footer().payloadBytes()).isEqualTo(9 * spill.storedValues());
        }
    }

    /// 15 are too few, 16 are enough.
    @Test
    void aValueNeedsSixteenRepeats() {
        for (int repeats : new int[] {15, 16, 17}) {
            var matrix = oneRow(
                    ValueType.FLOAT32, 100, i -> i < repeats ? bits(0.25f) : bits(i + 0.5f * (i % 9 == 0 ? 1 : 0)));

            assertThat(dictionaryValues(matrix)).as("%d repeats", repeats).isEqualTo(repeats < 16 ? 0 : 1);
        }
    }

    /// 127 places, and more values than there are places.
    @Test
    void aDictionaryThatIsFullLeavesOutWhatIsRarest() {
        for (int common : new int[] {126, 127, 128, 300}) {
            // The last of the values comes sixteen times, each other one seventeen times.
            var matrix = oneRow(ValueType.FLOAT64, 17 * common - 1, i -> Double.doubleToRawLongBits(i / 17 + 0.5));
            Spill spill = Spill.write(matrix, GeneSelection.all(matrix.genes()), 1, folder);

            assertThat(dictionaryValues(matrix)).as("%d values", common).isEqualTo(Math.min(127, common));
            assertThat(visited(spill.columns(Spill.PLENTY), spill.allGenes()))
                    .isEqualTo(matrix.transposed(GeneSelection.all(matrix.genes())));
        }
    }

    /// The 1,024th value that is met can still be common, the next one cannot.
    @Test
    void onlySoManyValuesAreToldApart() {
        for (int before : new int[] {RowCoder.MOST_DISTINCT - 2, RowCoder.MOST_DISTINCT - 1, RowCoder.MOST_DISTINCT}) {
            // Each new value comes between three of the commonest, so that the row is not given up.
            var matrix = oneRow(ValueType.FLOAT64, 4 * before + 100, i -> {
                double value = i >= 4 * before ? 0.125 : i % 4 == 0 ? i + 0.75 : 0.5;
                return Double.doubleToRawLongBits(value);
            });
            Spill spill = Spill.write(matrix, GeneSelection.all(matrix.genes()), 1, folder);

            // 0.5, `before` values, and 0.125.
            assertThat(dictionaryValues(matrix))
                    .as("%d values before", before)
                    .isEqualTo(before + 2 <= RowCoder.MOST_DISTINCT ? 2 : 1);
            assertThat(visited(spill.columns(Spill.PLENTY), spill.allGenes()))
                    .isEqualTo(matrix.transposed(GeneSelection.all(matrix.genes())));
        }
    }

    @Test
    void aRowOfCountsKeepsItsCountsBesideAFewOtherValues() {
        // 100 fractions of one value among 1,000: less than an eighth. With 200 the counts get places too.
        assertThat(dictionaryValues(oneRow(ValueType.FLOAT32, 1_000, i -> bits(i % 10 == 0 ? 0.5f : 3))))
                .isZero();
        assertThat(dictionaryValues(oneRow(ValueType.FLOAT32, 1_000, i -> bits(i % 5 == 0 ? 0.5f : 3))))
                .isEqualTo(2);
    }

    @Test
    void onlyWantedGenesCountAsRepeats() {
        var matrix = oneRow(ValueType.FLOAT32, 1_000, i -> bits(0.5f));

        for (int wanted : new int[] {0, 15, 16, 1_000}) {
            GeneSelection selection = GeneSelection.of(
                    1_000, IntStream.range(0, wanted).map(i -> 999 - i).toArray());
            Spill spill = Spill.write(matrix, selection, 1, folder);

            try (RunReader run = RunReader.open(spill.runs().getFirst())) {
                assertThat(run.footer().dictionaryValues())
                        .as("%d wanted", wanted)
                        .isEqualTo(wanted < 16 ? 0 : 1);
            }
            assertThat(visited(spill.columns(Spill.PLENTY), spill.allGenes())).isEqualTo(matrix.transposed(selection));
        }
    }

    /// The largest dictionaries there are: every row has 127 values, each in the 16 genes it takes.
    @Test
    void theLargestDictionariesTakeSeveralPieces() {
        int genes = 16 * 127;
        int cells = 1_500;
        int[][] rowGenes = new int[cells][];
        long[][] rowBits = new long[cells][];
        for (int cell = 0; cell < cells; cell++) {
            long salt = random.nextLong() | 1L << 62;
            rowGenes[cell] = IntStream.range(0, genes).toArray();
            rowBits[cell] = IntStream.range(0, genes)
                    .mapToLong(gene -> salt + gene % 127)
                    .toArray();
        }
        var matrix = new MatrixInMemory(ValueType.UINT64, genes, rowGenes, rowBits);

        Spill spill = Spill.write(matrix, GeneSelection.all(genes), cells, folder);

        try (RunReader run = RunReader.open(spill.runs().getFirst())) {
            assertThat(run.footer().dictionaryValues()).isEqualTo(cells * 127);
            run.verify();
        }
        assertThat(visited(spill.columns(Spill.PLENTY), spill.allGenes())
                        .equals(matrix.transposed(GeneSelection.all(genes))))
                .as("seed %d", SEED)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000})
    void readingDictionariesStaysWithinThePlan(long columnBytes) {
        var matrix = normalised(ValueType.FLOAT64, 3_000, 400);
        Spill spill = Spill.write(matrix, GeneSelection.all(400), 1_000, folder);
        SpilledColumns columns = spill.columns(columnBytes);

        long allocated = allocatedBy(() -> columns.visit(spill.allGenes(), (gene, column) -> {}));

        // As in TranspositionTest: some kilobytes go with each open of one of three runs, in at most 400 batches.
        assertThat(allocated).isLessThan(spill.plan().mergeBytes(spill.allGenes(), columnBytes) + 3 * 401 * 4_096L);
    }

    @Test
    void findingDictionariesStaysWithinThePlanAndKeepsItsBuffers() {
        var matrix = normalised(ValueType.FLOAT64, 3_000, 400);
        var plan = TranspositionPlan.of(matrix, GeneSelection.all(400));
        var block = new CsrBlock(ValueType.FLOAT64);
        RunSink nowhere = Spill.to(OutputStream.nullOutputStream());
        RunWriter[] made = new RunWriter[1];

        long first = allocatedBy(() -> {
            matrix.read(plan.blocks().getFirst(), block);
            made[0] = new RunWriter(ValueType.FLOAT64, GeneSelection.all(400));
            made[0].write(block, nowhere);
        });
        long second = allocatedBy(() -> made[0].write(block, nowhere));

        assertThat(first).isLessThan(plan.workerBytes());
        assertThat(second).isLessThan(4_096);
    }

    private int dictionaryValues(MatrixInMemory matrix) {
        Spill spill = Spill.write(matrix, GeneSelection.all(matrix.genes()), matrix.cells(), folder);
        try (RunReader run = RunReader.open(spill.runs().getFirst())) {
            return run.footer().dictionaryValues();
        }
    }

    private static MatrixInMemory oneRow(ValueType type, int genes, IntToLongFunction bits) {
        int[] all = IntStream.range(0, genes).toArray();
        long[] values = IntStream.range(0, genes).mapToLong(bits).toArray();
        return new MatrixInMemory(type, genes, new int[][] {all}, new long[][] {values});
    }

    /// Small counts divided by what is peculiar to the cell.
    private MatrixInMemory normalised(ValueType type, int cells, int genes) {
        int[][] rowGenes = new int[cells][];
        long[][] rowBits = new long[cells][];
        for (int cell = 0; cell < cells; cell++) {
            double depth = 1 + random.nextDouble();
            rowGenes[cell] = wanted(genes, 0.3);
            rowBits[cell] = random.longs(rowGenes[cell].length)
                    .map(any -> bits(type, Math.log1p((1 + Long.numberOfTrailingZeros(any)) / depth)))
                    .toArray();
        }
        return new MatrixInMemory(type, genes, rowGenes, rowBits);
    }

    /// Rows of counts, of any bits, and of some few values, in stretches and one by one; genes whose values never
    /// repeat; and what is easily lost.
    private MatrixInMemory mixed(ValueType type, int cells, int genes, double density) {
        long[] special = type.bytes() == Integer.BYTES ? SPECIAL_FOUR : SPECIAL_EIGHT;
        int[][] rowGenes = new int[cells][];
        long[][] rowBits = new long[cells][];
        for (int cell = 0; cell < cells; cell++) {
            int way = cell < cells / 3 ? random.nextInt(4) : 3;
            long salt = random.nextLong();
            rowGenes[cell] = wanted(genes, density);
            rowBits[cell] = new long[rowGenes[cell].length];
            for (int i = 0; i < rowBits[cell].length; i++) {
                int kind = random.nextInt(40);
                long bits;
                if (kind == 0) {
                    bits = special[random.nextInt(special.length)];
                } else if (way == 0 || rowGenes[cell][i] % 16 == 5) {
                    bits = bits(type, 1 + random.nextInt(9));
                } else if (way == 1 || rowGenes[cell][i] % 16 == 7 || kind == 1) {
                    bits = random.nextLong();
                } else {
                    bits = salt + Long.numberOfTrailingZeros(random.nextLong()) * 0x9e37_79b9_7f4a_7c15L;
                }
                rowBits[cell][i] = type.bytes() == Integer.BYTES ? bits & 0xffff_ffffL : bits;
            }
        }
        return new MatrixInMemory(type, genes, rowGenes, rowBits);
    }

    private int[] wanted(int genes, double density) {
        return IntStream.range(0, genes)
                .filter(gene -> random.nextDouble() < density)
                .toArray();
    }

    private static long bits(float value) {
        return Integer.toUnsignedLong(Float.floatToRawIntBits(value));
    }

    private static long bits(ValueType type, double value) {
        return switch (type) {
            case FLOAT32 -> bits((float) value);
            case FLOAT64 -> Double.doubleToRawLongBits(value);
            case INT32, UINT32, INT64, UINT64 -> (long) value;
        };
    }

    private static long allocatedBy(Runnable work) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
