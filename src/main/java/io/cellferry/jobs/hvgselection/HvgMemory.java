package io.cellferry.jobs.hvgselection;

import io.cellferry.hvg.HvgSelection;
import io.cellferry.hvg.Moments;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.matrix.ValueType;

/// How much memory one worker of each step needs at most.
final class HvgMemory {

    /// Stored values that are read at once, unless a single cell has more.
    static final int BLOCK_VALUES = 1 << 20;

    static final int BLOCK_CELLS = 1 << 16;
    private static final long BUFFERS = 4L << 20;
    /// Totals of cells: distinct whole totals of a pass, more than real data has.
    private static final long TOTALS = 16L << 20;
    /// The table, the choice and the page: 200 bytes a gene, and names.
    private static final long PER_GENE = 300;

    private HvgMemory() {}

    /// 8 bytes x cells for the places where cells begin, 6 while batches are told.
    static long cells(int cells) {
        return 14L * cells;
    }

    static long block(long genes, ValueType type) {
        return Math.max(BLOCK_VALUES, genes) * (Integer.BYTES + type.bytes()) + 8L * BLOCK_CELLS;
    }

    /// What all batches of a slice may take in one state: a worker has one, and merging holds two.
    static long stateRoom(MachineRoom room, long readerBytes, ValueType type) {
        long besides = room.threads() * (block(0, type) + readerBytes + BUFFERS + TOTALS);
        return Math.max(1, (room.workBytes() - besides) / (room.threads() + 2L));
    }

    static long state(HvgPlan plan) {
        int most = plan.slices().stream().mapToInt(slice -> slice.count()).max().orElse(1);
        return Moments.batchBytes(plan.genes(), HvgSelection.KEPT) * most;
    }

    static long pass(HvgPlan plan, ValueType type) {
        return state(plan) + block(plan.genes(), type) + plan.readerBytes() + TOTALS + BUFFERS;
    }

    static long merge(HvgPlan plan) {
        return 2 * state(plan) + 2 * TOTALS + BUFFERS;
    }

    /// Limits or models of a slice, which all workers of the second pass share.
    static long again(HvgPlan plan) {
        return state(plan);
    }

    static long select(HvgPlan plan) {
        // Every batch keeps the places of its top list.
        return 2 * state(plan) + PER_GENE * plan.genes() + 8L * plan.genes() * Math.min(plan.batches(), 64) + BUFFERS;
    }
}
