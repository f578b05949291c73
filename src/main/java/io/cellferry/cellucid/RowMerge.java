package io.cellferry.cellucid;

import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.SparseColumn;

/// Takes the row and the column of one cell of a graph after the other and turns them into edges.
interface RowMerge {

    /// The entries `[from, to)` of `block` are the row of `cell`; `column` is its column. Both are lent.
    void row(int cell, CsrBlock block, int from, int to, SparseColumn column);

    EdgeSummary summary();
}
