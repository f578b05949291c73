package io.cellferry.matrix;

import static io.cellferry.matrix.MatrixInMemory.visited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.cellferry.failure.RunStopped;
import io.cellferry.matrix.MatrixInMemory.Column;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Splitting blocks into runs and merging the runs gives exactly the columns of the matrix, bit by bit, whatever the
/// blocks, the budget and the number of threads.
class TranspositionTest {

    private static final long SEED = Long.getLong("cellferry.test.seed", System.nanoTime());

    /// Mostly 1 to 3, now and then hundreds: what a count matrix holds.
    private static final MatrixInMemory.Values COUNTS = random ->
            Float.floatToRawIntBits(random.nextInt(50) == 0 ? random.nextInt(100_000) : 1 + random.nextInt(3));

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @EnumSource(ValueType.class)
    void everyStoredValueAppearsOnceUnderItsGene(ValueType type) {
        for (double density : new double[] {0.001, 0.02, 0.3}) {
            var matrix = MatrixInMemory.random(random, type, 300, 700, density, difficult(type));
            var everything = GeneSelection.all(700);

            Spill spill = Spill.write(matrix, everything, 64, folder);

            assertColumns(spill.columns(Spill.PLENTY), matrix.transposed(everything));
            assertThat(spill.storedValues())
                    .as("sum over the written runs")
                    .isEqualTo(matrix.storedValues(new CellRange(0, 300)));
        }
    }

    @Test
    void cellsOfAGeneStayInAscendingOrder() {
        var matrix = MatrixInMemory.random(random, ValueType.FLOAT32, 500, 40, 0.4, COUNTS);

        Spill spill = Spill.write(matrix, GeneSelection.all(40), 37, folder);

        assertThat(visited(spill.columns(Spill.PLENTY), spill.allGenes()))
                .as("seed %d", SEED)
                .allSatisfy(column -> assertThat(column.cells()).isSorted().doesNotHaveDuplicates());
    }

    @Test
    void genesWithoutValuesGetAnEmptyColumn() {
        // 40 genes, values only for genes 3 and 39: groups 0 and 2 hold something, group 1 nothing at all.
        var matrix =
                new MatrixInMemory(ValueType.INT32, 40, new int[][] {{3}, {}, {3, 39}}, new long[][] {{7}, {}, {8, 9}});

        Spill spill = Spill.write(matrix, GeneSelection.all(40), 2, folder);

        List<Column> columns = visited(spill.columns(Spill.PLENTY), spill.allGenes());
        assertThat(columns).hasSize(40);
        assertThat(columns.get(3)).isEqualTo(new Column(3, new int[] {0, 2}, new long[] {7, 8}));
        assertThat(columns.get(39)).isEqualTo(new Column(39, new int[] {2}, new long[] {9}));
        assertThat(columns.stream().filter(column -> column.cells().isEmpty())).hasSize(38);
    }

    @Test
    void blockSizeDoesNotChangeTheResult() {
        var matrix = MatrixInMemory.random(random, ValueType.FLOAT64, 200, 90, 0.2, difficult(ValueType.FLOAT64));
        List<Column> expected = matrix.transposed(GeneSelection.all(90));

        for (int blockCells : new int[] {1, 2, 7, 64, 199, 200, 65_536}) {
            assertColumns(
                    Spill.write(matrix, GeneSelection.all(90), blockCells, folder)
                            .columns(Spill.PLENTY),
                    expected);
        }
    }

    @Test
    void selectedGenesComeInTheOrderAskedFor() {
        var matrix = MatrixInMemory.random(random, ValueType.FLOAT32, 150, 1_000, 0.1, COUNTS);
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, 1_000).boxed().toList());
        Collections.shuffle(shuffled, random);

        for (int wantedGenes : new int[] {0, 1, 17, 300, 1_000}) {
            int[] wanted = shuffled.stream()
                    .limit(wantedGenes)
                    .mapToInt(Integer::intValue)
                    .toArray();
            GeneSelection selection = GeneSelection.of(1_000, wanted);

            Spill spill = Spill.write(matrix, selection, 50, folder);

            assertColumns(spill.columns(Spill.PLENTY), matrix.transposed(selection));
        }
    }

    @Test
    void anyRangeOfGenesCanBeVisitedByItself() {
        var matrix = MatrixInMemory.random(random, ValueType.FLOAT32, 60, 100, 0.3, COUNTS);
        List<Column> expected = matrix.transposed(GeneSelection.all(100));
        SpilledColumns columns =
                Spill.write(matrix, GeneSelection.all(100), 25, folder).columns(Spill.PLENTY);

        for (int from = 0; from <= 100; from += 5) {
            for (int to = from; to <= 100; to += 7) {
                assertThat(visited(columns, new GeneRange(from, to)))
                        .as("seed %d", SEED)
                        .isEqualTo(expected.subList(from, to));
            }
        }
        assertThatThrownBy(() -> visited(columns, new GeneRange(90, 101))).hasMessageContaining("beyond 100 genes");
    }

    @Test
    void theSmallestMatricesWork() {
        for (int cells : new int[] {0, 1, 2}) {
            for (int genes : new int[] {0, 1, 16, 17}) {
                var matrix = MatrixInMemory.random(random, ValueType.UINT64, cells, genes, 1, Random::nextLong);

                Spill spill = Spill.write(matrix, GeneSelection.all(genes), 1, folder);

                assertColumns(spill.columns(Spill.PLENTY), matrix.transposed(GeneSelection.all(genes)));
            }
        }
    }

    @Test
    void cellsThatHoldEveryGeneWork() {
        var matrix = MatrixInMemory.random(random, ValueType.INT64, 3, 5_000, 1, difficult(ValueType.INT64));

        Spill spill = Spill.write(matrix, GeneSelection.all(5_000), 2, folder);

        assertColumns(spill.columns(Spill.PLENTY), matrix.transposed(GeneSelection.all(5_000)));
    }

    /// A group of sixteen full columns then takes 16 x 65,536 x (1 + 8) bytes = 9 MiB: several buffers of output, and
    /// more than one read.
    @Test
    void theLargestBlockKeepsItsLastCell() {
        int cells = BlockSort.MOST_CELLS;
        int[][] rowGenes = new int[cells][];
        long[][] rowBits = new long[cells][];
        for (int cell = 0; cell < cells; cell++) {
            // Gene 17 has values in the first and the last cell only, so one gap is 65,535.
            boolean edge = cell == 0 || cell == cells - 1;
            rowGenes[cell] = IntStream.range(0, edge ? 18 : 17).toArray();
            rowBits[cell] = random.longs(rowGenes[cell].length).toArray();
        }
        var matrix = new MatrixInMemory(ValueType.FLOAT64, 18, rowGenes, rowBits);

        Spill spill = Spill.write(matrix, GeneSelection.all(18), cells, folder);

        assertThat(spill.runs()).hasSize(1);
        SpilledColumns columns = spill.columns(Spill.PLENTY);
        assertThat(columns.counts(new GeneRange(16, 18))).containsExactly(65_536, 2);
        for (Column expected : matrix.transposed(GeneSelection.all(18))) {
            Column found = visited(columns, new GeneRange(expected.gene(), expected.gene() + 1))
                    .getFirst();
            assertThat(found.equals(expected))
                    .as("gene %d, seed %d", expected.gene(), SEED)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_000, 10_000, 100_000})
    void aBudgetChangesHowOftenRunsAreReadAndNothingElse(long columnBytes) {
        // Columns of about 400 values, 12 bytes each: 4,800 bytes, so the first three budgets are below one column.
        var matrix = MatrixInMemory.random(random, ValueType.FLOAT64, 1_000, 50, 0.4, difficult(ValueType.FLOAT64));

        Spill spill = Spill.write(matrix, GeneSelection.all(50), 300, folder);

        assertColumns(spill.columns(columnBytes), matrix.transposed(GeneSelection.all(50)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100_000, 1_000_000})
    void aVisitHoldsNoMoreThanThePlanSays(long columnBytes) {
        var matrix = MatrixInMemory.random(random, ValueType.FLOAT64, 20_000, 48, 0.2, difficult(ValueType.FLOAT64));
        Spill spill = Spill.write(matrix, GeneSelection.all(48), 5_000, folder);
        SpilledColumns columns = spill.columns(columnBytes);
        visited(columns, spill.allGenes());

        long allocated = allocatedBy(() -> columns.visit(spill.allGenes(), (gene, column) -> {}));

        // Everything ever allocated is more than what is held at once. A kilobyte goes with each open of a run; there
        // are 4 runs and at most 48 batches, and one more round for counting.
        assertThat(allocated).isLessThan(spill.plan().mergeBytes(spill.allGenes(), columnBytes) + 4 * 49 * 4_096L);
    }

    @Test
    void aWorkerHoldsNoMoreThanThePlanSaysAndKeepsItsBuffers() {
        var matrix = MatrixInMemory.random(random, ValueType.FLOAT64, 5_000, 600, 0.2, difficult(ValueType.FLOAT64));
        var plan = TranspositionPlan.of(matrix, GeneSelection.all(600));
        RunSink nowhere = Spill.to(OutputStream.nullOutputStream());
        List<RunWriter> made = new ArrayList<>();
        var block = new CsrBlock(ValueType.FLOAT64);

        long first = allocatedBy(() -> {
            matrix.read(plan.blocks().getFirst(), block);
            made.add(new RunWriter(ValueType.FLOAT64, GeneSelection.all(600)));
            made.getFirst().write(block, nowhere);
        });
        long second = allocatedBy(() -> made.getFirst().write(block, nowhere));

        assertThat(first).isLessThan(plan.workerBytes());
        assertThat(second).isLessThan(4_096);
    }

    @Test
    void severalThreadsMayVisitAtOnce() throws Exception {
        var matrix = MatrixInMemory.random(random, ValueType.FLOAT32, 400, 320, 0.2, COUNTS);
        List<Column> expected = matrix.transposed(GeneSelection.all(320));
        SpilledColumns columns =
                Spill.write(matrix, GeneSelection.all(320), 90, folder).columns(10_000);
        List<Callable<List<Column>>> visits = IntStream.range(0, 64)
                .mapToObj(visit -> new GeneRange(visit % 16 * 20, visit % 16 * 20 + 20))
                .map(range -> (Callable<List<Column>>) () -> visited(columns, range))
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<List<Column>>> results = threads.invokeAll(visits);
            for (int visit = 0; visit < results.size(); visit++) {
                assertThat(results.get(visit).get())
                        .as("visit %d, seed %d", visit, SEED)
                        .isEqualTo(expected.subList(visit % 16 * 20, visit % 16 * 20 + 20));
            }
        }
    }

    @Test
    void anInterruptedVisitStopsAndLeavesTheRunsToOthers() {
        var matrix = MatrixInMemory.random(random, ValueType.FLOAT32, 20, 20, 0.5, COUNTS);
        Spill spill = Spill.write(matrix, GeneSelection.all(20), 10, folder);
        SpilledColumns columns = spill.columns(Spill.PLENTY);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> visited(columns, spill.allGenes())).isInstanceOf(RunStopped.class);
        assertThat(Thread.interrupted()).as("the flag is still set").isTrue();
        assertColumns(columns, matrix.transposed(GeneSelection.all(20)));
    }

    @Test
    void aCellThatHoldsAGeneTwiceIsRefused() {
        var matrix = new MatrixInMemory(ValueType.INT32, 3, new int[][] {{1, 1}}, new long[][] {{4, 5}});

        assertThatThrownBy(() -> Spill.write(matrix, GeneSelection.all(3), 1, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same gene twice");
    }

    @Test
    void aWriterThatFailedWritesTheSameBlockAgain() {
        var matrix = MatrixInMemory.random(random, ValueType.FLOAT32, 100, 50, 0.3, COUNTS);
        var block = new CsrBlock(ValueType.FLOAT32);
        matrix.read(new CellRange(0, 100), block);
        var writer = new RunWriter(ValueType.FLOAT32, GeneSelection.all(50));
        var expected = new java.io.ByteArrayOutputStream();
        new RunWriter(ValueType.FLOAT32, GeneSelection.all(50)).write(block, Spill.to(expected));

        assertThatThrownBy(() -> writer.write(block, (bytes, from, count) -> {
                    throw new IllegalStateException("disk full");
                }))
                .hasMessage("disk full");

        var again = new java.io.ByteArrayOutputStream();
        writer.write(block, Spill.to(again));
        assertThat(again.toByteArray()).isEqualTo(expected.toByteArray());
    }

    private void assertColumns(SpilledColumns columns, List<Column> expected) {
        var all = new GeneRange(0, expected.size());
        long[] counts =
                expected.stream().mapToLong(column -> column.cells().size()).toArray();
        assertThat(visited(columns, all)).as("columns, seed %d", SEED).isEqualTo(expected);
        assertThat(columns.counts(all)).as("counts, seed %d", SEED).isEqualTo(counts);
        assertThat(columns.totalStoredValues())
                .as("sum over the runs, seed %d", SEED)
                .isEqualTo(Arrays.stream(counts).sum());
    }

    private static long allocatedBy(Runnable work) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /// Counts, and for one gene in a few what is easily lost: NaN payloads, -0.0, explicit zeros, extremes, any bits.
    private static MatrixInMemory.Values difficult(ValueType type) {
        long[] special =
                switch (type) {
                    case FLOAT32 ->
                        fourBytes(
                                0,
                                0x8000_0000,
                                0x7fc0_0000,
                                0x7f80_0001,
                                0xffc1_2345,
                                0x7f80_0000,
                                0xff80_0000,
                                1,
                                0x7f7f_ffff,
                                0x4f00_0000,
                                0x4eff_ffff,
                                0x3f00_0000,
                                0x3f80_0001,
                                0xbf80_0000);
                    case INT32, UINT32 -> fourBytes(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 128, 16_384);
                    case FLOAT64 ->
                        new long[] {
                            0,
                            Long.MIN_VALUE,
                            0x7ff8_0000_0000_0000L,
                            0x7ff0_0000_0000_0001L,
                            0xfff8_0000_0000_beefL,
                            0x7ff0_0000_0000_0000L,
                            0xfff0_0000_0000_0000L,
                            1,
                            0x7fef_ffff_ffff_ffffL,
                            Double.doubleToRawLongBits(0x1p31),
                            Double.doubleToRawLongBits(0x1p31 - 1),
                            Double.doubleToRawLongBits(-1),
                            Double.doubleToRawLongBits(0.1)
                        };
                    case INT64, UINT64 ->
                        new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, (1L << 31) - 1, 1L << 53, 128};
                };
        return random -> {
            int kind = random.nextInt(100);
            if (kind == 0) {
                return type.bytes() == Integer.BYTES ? random.nextInt() & 0xffff_ffffL : random.nextLong();
            }
            if (kind < 4) {
                return special[random.nextInt(special.length)];
            }
            int count = kind < 20 ? random.nextInt(1 << random.nextInt(31)) : 1 + random.nextInt(9);
            return switch (type) {
                case FLOAT32 -> Float.floatToRawIntBits(count);
                case FLOAT64 -> Double.doubleToRawLongBits(count);
                case INT32, UINT32, INT64, UINT64 -> count;
            };
        };
    }

    private static long[] fourBytes(int... bits) {
        return Arrays.stream(bits).mapToLong(Integer::toUnsignedLong).toArray();
    }
}
