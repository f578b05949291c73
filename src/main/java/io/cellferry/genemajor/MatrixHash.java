package io.cellferry.genemajor;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.EntryHash;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.RowSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// The hash of all entries of a matrix, whichever way it lies. Several threads take one range after the other, up to
/// four: each holds a block of a million values and what its reader decodes, and together they may take half of the
/// heap. A matrix that can only be read from its beginning on is read by one.
final class MatrixHash {

    private static final long BLOCK_VALUES = 1 << 20;
    private static final int BLOCK_CELLS = 1 << 16;
    /// Chunks at the ends of a range of genes are decoded for two ranges.
    private static final int RANGE_BLOCKS = 8;

    private static final int MOST_THREADS = 4;

    private MatrixHash() {}

    /// With `placesOnly` values count as 0.
    static EntryHash of(CellDataset dataset, String path, boolean placesOnly) {
        return of(dataset, path, placesOnly, BLOCK_VALUES);
    }

    static EntryHash of(CellDataset dataset, String path, boolean placesOnly, long blockValues) {
        MatrixInfo info = dataset.catalogue()
                .matrix(path)
                .orElseThrow(() -> new InputRefused(
                        "there is no matrix %s to compare with.".formatted(path), "Name the input it was made from."));
        if (info.order() == MatrixInfo.Order.GENE_MAJOR) {
            try (ColumnSource columns = dataset.columns(path)) {
                List<GeneRange> ranges = ranges(columns, RANGE_BLOCKS * blockValues);
                return sum(
                        ranges,
                        columns.randomAccess() ? mostThreads(info, blockValues) : 1,
                        () -> (genes, hash) -> add(columns, genes, placesOnly, hash));
            }
        }
        try (RowSource rows = dataset.rows(path)) {
            int most = rows.randomAccess() ? mostThreads(info, blockValues) : 1;
            return sum(rows.blocks(blockValues, BLOCK_CELLS), most, () -> {
                CsrBlock block = new CsrBlock(rows.valueType(), blockValues);
                return (cells, hash) -> add(rows, cells, block, placesOnly, hash);
            });
        }
    }

    private static List<GeneRange> ranges(ColumnSource columns, long values) {
        long[] starts = columns.starts();
        List<GeneRange> ranges = new ArrayList<>();
        int from = 0;
        for (int gene = 0; gene < columns.genes(); gene++) {
            if (starts[gene + 1] - starts[from] >= values || gene == columns.genes() - 1) {
                ranges.add(new GeneRange(from, gene + 1));
                from = gene + 1;
            }
        }
        return ranges;
    }

    private static void add(ColumnSource columns, GeneRange genes, boolean placesOnly, EntryHash hash) {
        columns.visit(genes, (gene, column) -> {
            for (int i = 0; i < column.storedValues(); i++) {
                hash.add(
                        column.cells()[i],
                        gene,
                        placesOnly ? 0 : column.values().bits(i));
            }
        });
    }

    private static void add(RowSource rows, CellRange cells, CsrBlock block, boolean placesOnly, EntryHash hash) {
        rows.read(cells, block);
        for (int row = 0; row < cells.count(); row++) {
            for (int i = block.rowStarts()[row]; i < block.rowStarts()[row + 1]; i++) {
                hash.add(
                        cells.from() + row,
                        block.genes()[i],
                        placesOnly ? 0 : block.values().bits(i));
            }
        }
    }

    /// Adds one range up with what a thread has of its own.
    @FunctionalInterface
    private interface Adding<R> {
        void add(R range, EntryHash hash);
    }

    private static int mostThreads(MatrixInfo info, long blockValues) {
        return mostThreads(info, blockValues, Runtime.getRuntime().maxMemory() / 2);
    }

    /// As many as take at most `bytes` together, and one at least.
    static int mostThreads(MatrixInfo info, long blockValues, long bytes) {
        long each = info.readerBytes()
                + blockValues * (Integer.BYTES + info.valueType().bytes());
        int processors = Runtime.getRuntime().availableProcessors();
        return (int) Math.clamp(bytes / each, 1, Math.min(MOST_THREADS, processors));
    }

    private static <R> EntryHash sum(List<R> ranges, int mostThreads, Supplier<Adding<R>> ofThread) {
        int threads = Math.clamp(ranges.size(), 1, mostThreads);
        AtomicInteger next = new AtomicInteger();
        Callable<EntryHash> thread = () -> part(ranges, next, ofThread);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            EntryHash all = new EntryHash();
            for (Future<EntryHash> part : pool.invokeAll(Collections.nCopies(threads, thread))) {
                all.add(part.get());
            }
            return all;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error broken) {
                throw broken;
            }
            throw failed.getCause() instanceof RuntimeException refused ? refused : new IllegalStateException(failed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("reading was interrupted").initCause(e);
        }
    }

    private static <R> EntryHash part(List<R> ranges, AtomicInteger next, Supplier<Adding<R>> ofThread) {
        EntryHash hash = new EntryHash();
        Adding<R> adding = ofThread.get();
        try {
            for (int at = next.getAndIncrement(); at < ranges.size(); at = next.getAndIncrement()) {
                adding.add(ranges.get(at), hash);
            }
        } catch (RuntimeException | Error e) {
            next.set(ranges.size()); // nobody needs the rest
            throw e;
        }
        return hash;
    }
}
