package io.cellferry.jobs.variablegenes;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.hvg.Flavor;
import io.cellferry.hvg.HvgSelection;
import io.cellferry.hvg.Moments;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.TranspositionPlan;
import io.cellferry.matrix.ValueType;
import java.util.List;

/// How much memory one worker of each step needs at most.
public final class HvgMemory {

    /// Stored values that are read at once, unless a single cell has more.
    static final int BLOCK_VALUES = 1 << 20;

    static final int BLOCK_CELLS = 1 << 16;
    /// A block of turned cells and then some.
    static final long TURNED_COLUMN_BYTES = 16L << 20;

    private static final long BUFFERS = 4L << 20;
    /// The table, the choice and the page: 200 bytes a gene, and names.
    private static final long PER_GENE = 300;
    /// Where the totals of a batch are sorted and weighed.
    private static final long PER_SORTED_TOTAL = 24;
    /// A distinct total and how many cells have it, on scratch; at most one a cell in the ranges and one when merged.
    private static final long TOTAL_SCRATCH_BYTES = 12;

    /// Limits (12 bytes) or shares (8 bytes) of a gene in a batch, and the object that holds them.
    private static final long PER_LIMIT = 16;

    private HvgMemory() {}

    /// What of a request decides memory: whether totals of cells are counted, whether cells may be read again, and how
    /// many genes a batch's top list has.
    public record Wants(boolean totals, boolean again, long top) {

        public static Wants of(HvgOptions options, int genes) {
            Flavor flavor = options.settings().flavor();
            // These rank the genes of each batch, and read again what the first sums do not tell.
            boolean ranks = flavor.wantsCounts();
            long top = ranks ? Math.min(genes, options.settings().top().orElse(genes)) : 0;
            return new Wants(flavor == Flavor.PEARSON_RESIDUALS || options.wantsMedian(), ranks, top);
        }
    }

    /// 8 bytes x cells for the places where cells begin, 6 while batches are told; 16 x genes where they are turned.
    static long cells(int cells, int turnedGenes) {
        return 14L * cells + 16L * turnedGenes;
    }

    private static long cells(HvgPlan plan) {
        return cells(plan.cells(), plan.turning().isPresent() ? plan.genes() : 0);
    }

    /// What is held from the first step to the last.
    public static long kept(HvgPlan plan, Wants wants) {
        return cells(plan) + again(plan, wants);
    }

    /// Reading cells of a matrix that was turned.
    static long readingTurned(TranspositionPlan turned) {
        return turned.mergeBytes(new GeneRange(0, Math.min(turned.positions(), BLOCK_CELLS)), TURNED_COLUMN_BYTES);
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

    /// Small counts that wait to be added to the sums; only whole counts do.
    private static long small(int genes, int batches, Wants wants) {
        return wants.again() ? HvgSelection.besideBytes(genes, batches) : 0;
    }

    private static int longest(List<CellRange> ranges) {
        return ranges.stream().mapToInt(CellRange::count).max().orElse(0);
    }

    /// What all batches of a slice may take in one state if so many `workers` are at it: each has one, merging and
    /// scoring hold two, and what is kept for reading again is less than one.
    static long stateRoom(
            MachineRoom room,
            int workers,
            MatrixInfo info,
            long readerBytes,
            List<CellRange> ranges,
            int batches,
            Wants wants) {
        long worker = block(info.genes(), info.valueType())
                + readerBytes
                + totals(wants, batches, longest(ranges))
                + small(info.genes(), batches, wants)
                + BUFFERS;
        long besides = cells(info.cells(), info.order() == MatrixInfo.Order.GENE_MAJOR ? info.genes() : 0)
                + Math.max(workers * worker, 2 * totals(wants, batches, info.cells()) + BUFFERS);
        return Math.max(1, (room.workBytes() - besides) / (workers + 3L));
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
                + small(plan.genes(), widest(plan), wants)
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

    public static long select(HvgPlan plan, Wants wants) {
        return state(plan) + look(plan, wants) + PER_GENE * plan.genes() + 8L * wants.top() * plan.batches();
    }

    /// What sums leave on scratch until the run ends, with the turned matrix where there is one. Every flavour that
    /// ranks may have to read again.
    public static long scratch(HvgPlan plan, Wants wants) {
        long totals = wants.totals() ? TOTAL_SCRATCH_BYTES * plan.cells() * 2 : 0;
        return plan.turning().map(HvgPlan.Turning::scratchBytes).orElse(0L)
                + plan.batchBytes() * (plan.sums() + plan.batches()) * (wants.again() ? 2 : 1)
                + totals;
    }

    /// The most that one worker of any step needs, with what is kept for the run.
    public static long most(HvgPlan plan, Wants wants, ValueType type) {
        long step = Math.max(pass(plan, wants, type), Math.max(merge(plan, wants), select(plan, wants)));
        step = Math.max(step, plan.turning().map(HvgPlan.Turning::workerBytes).orElse(0L));
        return step + kept(plan, wants);
    }
}
