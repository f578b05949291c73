package io.cellferry.cellucid;

import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.SparseColumn;
import io.cellferry.matrix.ValueBuffer;

/// Edges of contract 0.9.0: two cells are neighbours when the weights there and back do not add up to zero.
///
/// Stored zeros and weights that cancel out vanish; not-a-number counts as a weight. A cell may count as its own
/// neighbour, but no edge is written for it.
final class SymmetrisedRows implements RowMerge {

    /// Receives each pair once, ascending.
    @FunctionalInterface
    interface PairSink {
        void pair(int source, int destination);
    }

    private final PairSink sink;
    private long edges;
    private int maxNeighbors;

    SymmetrisedRows(PairSink sink) {
        this.sink = sink;
    }

    @Override
    public void row(int cell, CsrBlock block, int from, int to, SparseColumn column) {
        int[] there = block.genes();
        int[] back = column.cells();
        int at = from;
        int inColumn = 0;
        int neighbors = 0;
        while (at < to || inColumn < column.storedValues()) {
            int next = Math.min(
                    at < to ? there[at] : Integer.MAX_VALUE,
                    inColumn < column.storedValues() ? back[inColumn] : Integer.MAX_VALUE);
            boolean inRow = at < to && there[at] == next;
            boolean inBack = inColumn < column.storedValues() && back[inColumn] == next;
            if (joined(block.values(), at, inRow, column.values(), inColumn, inBack)) {
                neighbors++;
                if (next > cell) {
                    sink.pair(cell, next);
                    edges++;
                }
            }
            at += inRow ? 1 : 0;
            inColumn += inBack ? 1 : 0;
        }
        maxNeighbors = Math.max(maxNeighbors, neighbors);
    }

    @Override
    public EdgeSummary summary() {
        return new EdgeSummary(edges, maxNeighbors);
    }

    /// Whether the sum of both weights, in the stored type, is something other than zero.
    private static boolean joined(
            ValueBuffer row, int at, boolean inRow, ValueBuffer column, int inColumn, boolean inColumnToo) {
        return switch (row.type()) {
            // Float sums underflow to zero only when the two are opposite, so the type does not matter.
            case FLOAT32, FLOAT64 ->
                (inRow ? row.asDouble(at) : 0) + (inColumnToo ? column.asDouble(inColumn) : 0) != 0;
            case INT32, UINT32 -> (inRow ? row.four()[at] : 0) + (inColumnToo ? column.four()[inColumn] : 0) != 0;
            case INT64, UINT64 -> (inRow ? row.eight()[at] : 0) + (inColumnToo ? column.eight()[inColumn] : 0) != 0;
        };
    }
}
