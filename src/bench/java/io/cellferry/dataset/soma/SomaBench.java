package io.cellferry.dataset.soma;

import io.cellferry.dataset.tiledb.FolderOnDisk;
import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// CPU and wall nanoseconds per value of streaming a sparse layer row by row, as moments and exports do.
///
/// Arguments: folder (made once: format 22, filters of the CELLxGENE Census), rows, columns, values a row, values a
/// block, threads, rounds. Every round counts the rows and reads everything; the first ones warm up.
/// `src/bench/soma.sh` runs it.
public final class SomaBench {

    private static final int ROWS_PER_FRAGMENT = 4_096;
    private static final int EXTENT = 2_048;

    private SomaBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        int columns = Integer.parseInt(arguments[2]);
        int perRow = Integer.parseInt(arguments[3]);
        if (!Files.exists(folder)) {
            write(folder, rows, columns, perRow);
        }
        long blockValues = Long.parseLong(arguments[4]);
        int threads = Integer.parseInt(arguments[5]);
        for (int round = 0; round < Integer.parseInt(arguments[6]); round++) {
            StoredArray array = StoredArray.open(new FolderOnDisk(folder, folder), "");
            SparseLayer layer = SparseLayer.of(array, JoinIds.numbers(rows), JoinIds.numbers(columns));
            long start = System.nanoTime();
            layer.starts();
            double counting = System.nanoTime() - start;
            try (SparseRows source = layer.open();
                    ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                List<CellRange> blocks = source.blocks(blockValues, 1 << 16);
                var next = new AtomicInteger();
                List<Future<double[]>> workers = new ArrayList<>();
                start = System.nanoTime();
                for (int thread = 0; thread < threads; thread++) {
                    workers.add(pool.submit(() -> read(source, blocks, next)));
                }
                double[] sums = new double[3];
                for (Future<double[]> worker : workers) {
                    double[] one = worker.get();
                    for (int i = 0; i < 3; i++) {
                        sums[i] += one[i];
                    }
                }
                double wall = System.nanoTime() - start;
                System.out.printf(
                        "%d threads: counting %.1f ns, reading %.1f CPU ns and %.1f wall ns a value: %.1f M values/s, with"
                                + " counting %.1f; %,.0f values, sum %,.0f%n",
                        threads,
                        counting / sums[1],
                        sums[0] / sums[1],
                        wall / sums[1],
                        1e3 * sums[1] / wall,
                        1e3 * sums[1] / (wall + counting),
                        sums[1],
                        sums[2]);
            }
        }
        System.out.println(Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .toList());
    }

    /// CPU nanoseconds, values, their sum.
    private static double[] read(SparseRows source, List<CellRange> blocks, AtomicInteger next) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        var block = new CsrBlock(source.valueType());
        double values = 0;
        double sum = 0;
        for (int at = next.getAndIncrement(); at < blocks.size(); at = next.getAndIncrement()) {
            source.read(blocks.get(at), block);
            values += block.storedValues();
            for (int i = 0; i < block.storedValues(); i++) {
                sum += block.values().asFloat(i);
            }
        }
        return new double[] {
            ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start, values, sum
        };
    }

    private static void write(Path folder, int rows, int columns, int perRow) throws IOException {
        SparseArrayWriter writer = new SparseArrayWriter(folder, rows, columns);
        for (int from = 0; from < rows; from += ROWS_PER_FRAGMENT) {
            writer.fragment(entries(from, Math.min(rows, from + ROWS_PER_FRAGMENT), columns, perRow));
        }
    }

    /// Counts that are mostly 1, at columns drawn anew for every row.
    private static SparseArrayWriter.Entries entries(int fromRow, int toRow, int columns, int perRow) {
        Random random = new Random(fromRow);
        int blocks = (columns + EXTENT - 1) / EXTENT;
        int count = (toRow - fromRow) * perRow;
        long[] rows = new long[count];
        long[] places = new long[count];
        float[] values = new float[count];
        int at = 0;
        for (int band = fromRow; band < toRow; band += EXTENT) {
            int end = Math.min(toRow, band + EXTENT);
            int[][] drawn = new int[end - band][];
            for (int row = band; row < end; row++) {
                drawn[row - band] = random.ints(0, columns).distinct().limit(perRow).sorted().toArray();
            }
            for (int block = 0; block < blocks; block++) {
                for (int row = band; row < end; row++) {
                    for (int column : drawn[row - band]) {
                        if (column / EXTENT == block) {
                            rows[at] = row;
                            places[at] = column;
                            values[at++] = 1 + (float) Math.floor(-1.2 * Math.log(1 - random.nextDouble()));
                        }
                    }
                }
            }
        }
        return new SparseArrayWriter.Entries(rows, places, values);
    }
}
