package io.cellferry.jobs.hvgselection;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.hvg.Flavor;
import io.cellferry.hvg.HvgSelection;
import io.cellferry.hvg.Moments;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ValueType;
import java.util.List;

/// How much memory one worker of each step needs at most.
final class HvgMemory {

    /// Stored values that are read at once, unless a single cell has more.
    static final int BLOCK_VALUES = 1 << 20;

    static final int BLOCK_CELLS = 1 << 16;
    private static final long BUFFERS = 4L << 20;
    /// The table, the choice and the page: 200 bytes a gene, and names.
    private static final long PER_GENE = 300;
    /// Where the totals of a batch are sorted and weighed.
    private static final long PER_SORTED_TOTAL = 24;
    /// Limits (12 bytes) or shares (8 bytes) of a gene in a batch, and the object that holds them.
    private static final long PER_LIMIT = 16;

    private HvgMemory() {}

    /// What of a request decides memory: whether totals of cells are counted, whether cells may be read again, and how
    /// many genes a batch's top list has.
    record Wants(boolean totals, boolean again, long top) {

        static Wants of(HvgOptions options, int genes) {
            Flavor flavor = options.settings().flavor();
            // These rank the genes of each batch, and read again what the first sums do not tell.
            boolean ranks = flavor.wantsCounts();
            long top = ranks ? Math.min(genes, options.settings().top().orElse(genes)) : 0;
            return new Wants(flavor == Flavor.PEARSON_RESIDUALS || options.wantsMedian(), ranks, top);
        }
    }

    /// 8 bytes x cells for the places where cells begin, 6 while batches are told.
    static long cells(int cells) {
        return 14L * cells;
    }

    static long block(long genes, ValueType type) {
        return Math.max(BLOCK_VALUES, genes) * (Integer.BYTES + type.bytes()) + 8L * BLOCK_CELLS;
    }

    /// Totals of so many cells; within one batch there are at most [HvgSelection#MOST_TOTALS], and those of a block.
    private static long totals(Wants wants, int batches, long cells) {
        if (!wants.totals()) {
            return 0;
        }
        long most = (long) batches * (HvgSelection.MOST_TOTALS + BLOCK_CELLS);
        return Moments.totalBytes(batches, Math.min(cells, most));
    }

    private static int longest(List<CellRange> ranges) {
        return ranges.stream().mapToInt(CellRange::count).max().orElse(0);
    }

    /// What all batches of a slice may take in one state: a worker has one, merging and scoring hold two, and what is
    /// kept for reading again is less than one.
    static long stateRoom(MachineRoom room, MatrixInfo info, List<CellRange> ranges, int batches, Wants wants) {
        long worker = block(info.genes(), info.valueType())
                + info.readerBytes()
                + totals(wants, batches, longest(ranges))
                + BUFFERS;
        long besides = cells(info.cells())
                + Math.max(room.threads() * worker, 2 * totals(wants, batches, info.cells()) + BUFFERS);
        return Math.max(1, (room.workBytes() - besides) / (room.threads() + 3L));
    }

    private static int widest(HvgPlan plan) {
        return plan.slices().stream().mapToInt(slice -> slice.count()).max().orElse(1);
    }

    private static long state(HvgPlan plan) {
        return plan.batchBytes() * widest(plan);
    }

    static long pass(HvgPlan plan, Wants wants, ValueType type) {
        return state(plan)
                + totals(wants, widest(plan), longest(plan.ranges()))
                + block(plan.genes(), type)
                + plan.readerBytes()
                + BUFFERS;
    }

    static long merge(HvgPlan plan, Wants wants) {
        return 2 * state(plan) + 2 * totals(wants, widest(plan), plan.cells()) + BUFFERS;
    }

    /// What is read back of all cells to see what has to be read again, or which total is the median.
    static long look(HvgPlan plan, Wants wants) {
        return state(plan)
                + totals(wants, widest(plan), plan.cells())
                + (wants.totals() ? PER_SORTED_TOTAL * Math.min(plan.cells(), HvgSelection.MOST_TOTALS) : 0)
                + BUFFERS;
    }

    /// What workers look for while they read again: two slices, because at the end of one some begin the next.
    static long again(HvgPlan plan, Wants wants) {
        return wants.again() ? 2 * PER_LIMIT * plan.genes() * Math.min(plan.batches(), 2L * widest(plan)) : 0;
    }

    static long select(HvgPlan plan, Wants wants) {
        return state(plan) + look(plan, wants) + PER_GENE * plan.genes() + 8L * wants.top() * plan.batches();
    }

    /// The most that one worker of any step needs, with what is kept for the run.
    static long most(HvgPlan plan, Wants wants, ValueType type) {
        long step = Math.max(pass(plan, wants, type), Math.max(merge(plan, wants), select(plan, wants)));
        return step + again(plan, wants) + cells(plan.cells());
    }
}
