package io.cellferry.dataset;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// CPU and wall nanoseconds per stored value of reading all blocks of a matrix; `src/bench/decode.sh` runs it beside
/// h5py. Arguments: file, threads, rounds. Every round reads everything; the first ones warm up.
public final class DecodeBench {

    private DecodeBench() {}

    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        try (CellDataset dataset = CellDatasets.open(Path.of(arguments[0]));
                RowSource rows = dataset.rows("X");
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<CellRange> blocks = rows.blocks(4 << 20, 1 << 16);
            for (int round = 0; round < rounds; round++) {
                var next = new AtomicInteger();
                List<Future<long[]>> workers = new ArrayList<>();
                long start = System.nanoTime();
                for (int thread = 0; thread < threads; thread++) {
                    workers.add(pool.submit(() -> read(rows, blocks, next)));
                }
                long cpu = 0;
                long storedValues = 0;
                for (Future<long[]> worker : workers) {
                    cpu += worker.get()[0];
                    storedValues += worker.get()[1];
                }
                System.out.printf(
                        "ours %d threads: %.2f CPU ns and %.2f wall ns per value, %,d values%n",
                        threads,
                        cpu / (double) storedValues,
                        (System.nanoTime() - start) / (double) storedValues,
                        storedValues);
            }
        }
    }

    private static long[] read(RowSource rows, List<CellRange> blocks, AtomicInteger next) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        var block = new CsrBlock(rows.valueType());
        long storedValues = 0;
        for (int at = next.getAndIncrement(); at < blocks.size(); at = next.getAndIncrement()) {
            rows.read(blocks.get(at), block);
            storedValues += block.storedValues();
        }
        return new long[] {ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start, storedValues};
    }
}
