package io.cellferry.hvg;

import io.cellferry.matrix.CellRange;

/// What has to be read again, and for which genes, before the batches of a slice can be scored.
///
/// Made from the merged sums of the first pass, and the same whenever it is made again: it need not be stored.
public final class SecondPass {

    /// Makes the pass that starts at a cell.
    @FunctionalInterface
    interface Start {
        MomentPass at(int firstCell);
    }

    private final Start start;
    private final CellBatches batches;
    private final BatchRange slice;
    private final long genes;

    SecondPass(Start start, CellBatches batches, BatchRange slice, long genes) {
        this.start = start;
        this.batches = batches;
        this.slice = slice;
        this.genes = genes;
    }

    /// Adds up cells from `firstCell` on.
    public MomentPass from(int firstCell) {
        return start.at(firstCell);
    }

    /// Over how many genes, batches counted apart, this pass sums; for the report.
    public long genes() {
        return genes;
    }

    /// Whether a range holds a cell of the slice at all.
    public boolean touches(CellRange range) {
        return batches.touches(range, slice);
    }
}
