package io.cellferry.jobs.genemajorstore;

import io.cellferry.genemajor.CarriedFiles;
import io.cellferry.genemajor.CarriedWriter;
import io.cellferry.genemajor.MatrixLayout;
import io.cellferry.genemajor.MatrixWriter;
import io.cellferry.genemajor.StoreNode;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.RowsAsColumns;
import java.util.List;
import java.util.function.Function;

/// How much memory one worker of each step needs at most. The sums belong to the classes that hold the arrays; here
/// they are added up.
final class StoreMemory {

    private static final long LEAST_COLUMN_BYTES = 8L << 20;
    private static final long MOST_COLUMN_BYTES = 768L << 20;
    /// Decoding and the file in hand, and slack.
    private static final long BUFFERS = 4L << 20;

    private StoreMemory() {}

    /// What a worker may fill with columns at once; more means fewer reads, not other bytes.
    static long columnBytes(MachineRoom room) {
        return Math.clamp(room.workBytes() / room.threads() / 3, LEAST_COLUMN_BYTES, MOST_COLUMN_BYTES);
    }

    /// 8 bytes for each cell of an open cell-major matrix, for each gene of a gene-major one.
    static long majorStarts(int majors) {
        return 8L * majors;
    }

    /// Where the majors of the input start: twice while the mirror of a gene-major matrix is turned.
    static long inputStarts(StorePlan plan) {
        MatrixLayout layout = plan.layout();
        if (plan.turning().isEmpty()) {
            return majorStarts(layout.majors());
        }
        return layout.byCell() ? 2 * majorStarts(layout.genes()) : majorStarts(layout.cells());
    }

    /// A matrix that lies as the store wants it. By gene it is read column by column: 12 bytes a stored value at most,
    /// twice while duplicates are summed. By cell it is read in blocks.
    static long asItLies(StorePlan plan) {
        MatrixLayout layout = plan.layout();
        long lent = layout.byCell() ? RowsAsColumns.heapBytes(layout.genes(), plan.delivered()) : 24L * layout.cells();
        return lent + plan.readerBytes() + BUFFERS;
    }

    /// A block of cells (of genes, in a store by cell), read and turned.
    static long block(StorePlan plan) {
        return plan.transposition().workerBytes() + plan.readerBytes();
    }

    static long range(StorePlan plan, GeneRange range, MachineRoom room) {
        long columns = plan.turning()
                .map(turning -> turning.mergeBytes(range, columnBytes(room)))
                .orElseGet(() -> asItLies(plan));
        return columns + MatrixWriter.heapBytes(plan.layout()) + BUFFERS;
    }

    /// All counts twice, and the table of one run.
    static long starts(StorePlan plan) {
        return 26L * plan.layout().majors() + BUFFERS;
    }

    static long carried(Function<String, StoreNode.Array> arrays, CarriedWriter writer, List<CarriedFiles> unit) {
        return unit.stream()
                        .mapToLong(files -> writer.heapBytes(arrays.apply(files.path())))
                        .max()
                        .orElse(0)
                + BUFFERS;
    }
}
