package io.cellferry.cellucid;

import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.SparseColumn;
import io.cellferry.matrix.ValueBuffer;

/// Edges of contract 0.9.1: the graph has to be what it should be already, and every deviation is refused by cell.
///
/// Accepted is exactly: each row equals its column, entry for entry and bit for bit; no entry on the diagonal; all
/// weights finite and above zero; no stored zeros and no repeated entries in a sparse graph.
final class SymmetricRows implements RowMerge {

    /// Receives each edge once, ascending.
    @FunctionalInterface
    interface EdgeSink {
        void edge(int source, int destination, double weight);
    }

    private static final String REMEDY =
            "Use --connectivities none, or repair the graph; scanpy.pp.neighbors writes one that fits.";

    private final NeighbourGraph graph;
    private final EdgeSink sink;
    private long entries;
    private long edges;
    private int maxNeighbors;

    SymmetricRows(NeighbourGraph graph, EdgeSink sink) {
        this.graph = graph;
        this.sink = sink;
    }

    @Override
    public void row(int cell, CsrBlock block, int from, int to, SparseColumn column) {
        int[] others = block.genes();
        ValueBuffer weights = block.values();
        entries += to - from;
        int inColumn = 0;
        int neighbors = 0;
        for (int at = from; at < to; at++) {
            double weight = weights.asDouble(at);
            if (graph.dense() && weight == 0) {
                continue;
            }
            int other = others[at];
            requireWeight(cell, other, weight);
            inColumn = nextEntry(column, inColumn);
            requireMirrored(cell, other, weights, at, column, inColumn);
            inColumn++;
            neighbors++;
            if (other > cell) {
                sink.edge(cell, other, weight);
                edges++;
            }
        }
        inColumn = nextEntry(column, inColumn);
        if (inColumn < column.storedValues()) {
            throw asymmetric(column.cells()[inColumn], cell);
        }
        maxNeighbors = Math.max(maxNeighbors, neighbors);
    }

    /// Refuses a graph whose reader had to add up repeated entries.
    void requireNothingMerged() {
        if (!graph.dense()
                && graph.storedEntries().isPresent()
                && graph.storedEntries().getAsLong() != entries) {
            throw refused("%,d entries repeat a pair of cells"
                    .formatted(graph.storedEntries().getAsLong() - entries));
        }
    }

    @Override
    public EdgeSummary summary() {
        return new EdgeSummary(edges, maxNeighbors);
    }

    private int nextEntry(SparseColumn column, int from) {
        int at = from;
        while (graph.dense() && at < column.storedValues() && column.values().asDouble(at) == 0) {
            at++;
        }
        return at;
    }

    private void requireWeight(int cell, int other, double weight) {
        if (cell == other) {
            throw refused("cell %,d is its own neighbour".formatted(cell));
        }
        if (weight == 0) {
            throw refused("the pair %,d and %,d is stored with weight zero".formatted(cell, other));
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw refused("the weight between cells %,d and %,d is %s, not a finite number above zero"
                    .formatted(cell, other, weight));
        }
    }

    private void requireMirrored(int cell, int other, ValueBuffer weights, int at, SparseColumn column, int inColumn) {
        if (inColumn >= column.storedValues() || column.cells()[inColumn] > other) {
            throw asymmetric(cell, other);
        }
        if (column.cells()[inColumn] < other) {
            throw asymmetric(column.cells()[inColumn], cell);
        }
        boolean same = weights.type().bytes() == 4
                ? weights.four()[at] == column.values().four()[inColumn]
                : weights.eight()[at] == column.values().eight()[inColumn];
        if (!same) {
            throw refused("it is not symmetric: from cell %,d to %,d the weight is %s, back it is %s"
                    .formatted(
                            cell, other, weights.asDouble(at), column.values().asDouble(inColumn)));
        }
    }

    private InputRefused asymmetric(int source, int destination) {
        return refused("it is not symmetric: cell %,d has the neighbour %,d, but not the other way round"
                .formatted(source, destination));
    }

    private InputRefused refused(String found) {
        return new InputRefused(
                "%s: expected a symmetric graph with positive weights, but %s.".formatted(graph.where(), found),
                REMEDY);
    }
}
