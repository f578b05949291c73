package io.cellferry.jobs.cellucidexport;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.NumericTable;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.TranspositionPlan;
import java.util.ArrayList;
import java.util.List;

/// How much memory one worker of each step needs at most. The sums belong to the classes that hold the arrays; here
/// they are added up.
final class ExportMemory {

    private static final long LEAST_COLUMN_BYTES = 8L << 20;
    private static final long MOST_COLUMN_BYTES = 128L << 20;
    /// Decoding, compressing and the file in hand: chunks of at most 1 MB each way, and slack.
    private static final long BUFFERS = 8L << 20;

    private ExportMemory() {}

    /// What a worker may fill with columns at once; more means fewer reads, not other bytes.
    static long columnBytes(MachineRoom room) {
        return Math.clamp(room.workBytes() / room.threads() / 4, LEAST_COLUMN_BYTES, MOST_COLUMN_BYTES);
    }

    /// 8 bytes x cells for an open cell-major matrix.
    static long rowStarts(int cells) {
        return 8L * cells;
    }

    /// Twice that for an open graph: one that lies column by column is read as if it lay row by row.
    static long graphStarts(int cells) {
        return 2 * rowStarts(cells);
    }

    /// A table in blocks, what reading it takes, and the file in hand.
    static long table(NumericTable table) {
        return table.readerBytes() + BUFFERS;
    }

    /// The same of the table of `dataset` that takes most.
    static long tables(ExportPlan plan, CellDataset dataset) {
        List<String> paths = new ArrayList<>(List.of(plan.latent()));
        plan.embeddings().forEach(embedded -> paths.add(embedded.path()));
        plan.vectors().forEach(vector -> paths.add(vector.path()));
        long most = 0;
        for (String path : paths) {
            try (NumericTable table = dataset.table(path)) {
                most = Math.max(most, table(table));
            }
        }
        return most;
    }

    /// 40 bytes x cells in the field writer, 12 x cells lent to it (the column), and the mean of each label in the
    /// latent space: 65,536 labels x 50 columns x 8 bytes = 25 MiB.
    static long obsField(ExportPlan plan, int latentColumns) {
        return 52L * plan.cells() + 8L * plan.mostLabels() * latentColumns + BUFFERS;
    }

    /// A block of rows (2 M entries x 12 bytes) beside what its columns take.
    static long edges(ExportPlan.Graph graph, MachineRoom room) {
        TranspositionPlan plan = graph.transposition();
        GeneRange block = new GeneRange(0, Math.min(plan.positions(), 65_536));
        return plan.mergeBytes(block, columnBytes(room)) + graph.readerBytes() + (24L << 20) + 3 * BUFFERS;
    }

    /// A block of cells of the expression matrix, read and turned.
    static long block(ExportPlan.Genes genes) {
        return genes.transposition().workerBytes() + genes.readerBytes();
    }

    /// A block of cells of the graph, read and turned.
    static long block(ExportPlan.Graph graph) {
        return graph.transposition().workerBytes() + graph.readerBytes();
    }

    /// One gene as floats and codes (8 bytes x cells) beside what the columns take.
    static long geneRange(ExportPlan plan, GeneRange range, MachineRoom room) {
        // A gene-major matrix is read column by column: 12 bytes a stored value at most, twice while duplicates are
        // summed.
        long columns = plan.genes()
                .map(genes -> genes.turned()
                        ? genes.transposition().mergeBytes(range, columnBytes(room))
                        : 24L * plan.cells() + genes.readerBytes())
                .orElse(0L);
        return columns + 8L * plan.cells() + BUFFERS;
    }
}
