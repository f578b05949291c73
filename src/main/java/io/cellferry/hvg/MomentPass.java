package io.cellferry.hvg;

import io.cellferry.matrix.CsrBlock;

/// Adds up a range of cells, block by block in ascending order.
///
/// Used by one thread; several ranges run side by side with a pass each. How a range is cut into blocks does not
/// change a bit of the result, not even for fractions, because rows are added one after the other.
public sealed interface MomentPass permits FirstPass, TotalsPass, ClippingPass, ResidualPass {

    /// Adds the cells of `block`, the first of which is the one after the last cell added.
    void add(CsrBlock block);

    /// What was added so far. Belongs to the pass until that is dropped. Ask at the end rather than after every
    /// block: it may have to be brought up to date first.
    Moments moments();

    /// Distinct totals so far, of the batch that has most.
    int mostTotals();
}
