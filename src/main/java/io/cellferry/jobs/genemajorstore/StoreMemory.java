package io.cellferry.jobs.genemajorstore;

import io.cellferry.genemajor.CarriedFiles;
import io.cellferry.genemajor.CarriedWriter;
import io.cellferry.genemajor.MatrixWriter;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.matrix.GeneRange;
import java.util.List;

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

    /// 8 bytes x cells for an open cell-major matrix, x genes for a gene-major one.
    static long majorStarts(int majors) {
        return 8L * majors;
    }

    /// A gene-major matrix is read column by column: 12 bytes a stored value at most, twice while duplicates are
    /// summed.
    static long column(StorePlan plan) {
        return 24L * plan.layout().cells() + plan.readerBytes() + BUFFERS;
    }

    /// A block of cells, read and turned.
    static long block(StorePlan plan) {
        return plan.transposition().workerBytes() + plan.readerBytes();
    }

    static long geneRange(StorePlan plan, GeneRange range, MachineRoom room) {
        long columns = plan.turning()
                .map(turning -> turning.mergeBytes(range, columnBytes(room)))
                .orElseGet(() -> column(plan));
        return columns + MatrixWriter.heapBytes(plan.layout()) + BUFFERS;
    }

    /// All counts twice, and the table of one run.
    static long starts(StorePlan plan) {
        return 26L * plan.layout().genes() + BUFFERS;
    }

    static long carried(StorePlan plan, CarriedWriter writer, List<CarriedFiles> unit) {
        return unit.stream()
                        .mapToLong(files -> writer.heapBytes(plan.array(files.path())))
                        .max()
                        .orElse(0)
                + BUFFERS;
    }
}
