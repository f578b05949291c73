package io.cellferry.cellucid;

import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.GeneRange;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.util.OptionalInt;

/// Writes `connectivity/edges.*.bin`: the pairs source < destination, ascending, as one file of sources and one of
/// destinations (uint16 or uint32), and in contract 0.9.1 their weights (float64).
///
/// One pass over the rows and the columns of the graph in step; memory is one block of rows. All edges are one unit:
/// a viewer takes no more than some twelve million of them.
public final class EdgeWriter {

    // 2 million entries x (4 + 8) bytes = 24 MiB per block.
    private static final long MOST_BLOCK_ENTRIES = 2_000_000;
    private static final int MOST_BLOCK_CELLS = 65_536;

    private final ExportSettings settings;

    public EdgeWriter(ExportSettings settings) {
        this.settings = settings;
    }

    public EdgeSummary write(NeighbourGraph graph, UnitWriter unit) {
        return switch (settings.contract()) {
            case V0_9_1 -> writeWeighted(graph, unit);
            case V0_9_0 -> writePairs(graph, unit);
        };
    }

    private EdgeSummary writeWeighted(NeighbourGraph graph, UnitWriter unit) {
        ExportPaths paths = ExportPaths.of(settings.gzipLevel());
        try (StagedFile sources = unit.output(paths.edgeSources());
                StagedFile destinations = unit.output(paths.edgeDestinations());
                StagedFile weights = unit.output(paths.edgeWeights());
                PairFiles pairs = pairFiles(graph, sources, destinations);
                PayloadEncoder weightEncoder = new PayloadEncoder(settings.gzipLevel())) {
            weightEncoder.begin(weights, Double.BYTES);
            SymmetricRows rows = new SymmetricRows(graph, (source, destination, weight) -> {
                pairs.put(source, destination);
                weightEncoder.putDouble(weight);
            });
            EdgeSummary summary = merge(graph, rows);
            rows.requireNothingMerged();
            pairs.end();
            weightEncoder.end();
            return summary;
        }
    }

    private EdgeSummary writePairs(NeighbourGraph graph, UnitWriter unit) {
        ExportPaths paths = ExportPaths.of(settings.gzipLevel());
        try (StagedFile sources = unit.output(paths.edgeSources());
                StagedFile destinations = unit.output(paths.edgeDestinations());
                PairFiles pairs = pairFiles(graph, sources, destinations)) {
            EdgeSummary summary = merge(graph, new SymmetrisedRows(pairs::put));
            pairs.end();
            return summary;
        }
    }

    private PairFiles pairFiles(NeighbourGraph graph, StagedFile sources, StagedFile destinations) {
        return new PairFiles(
                EdgeIndex.of(settings.contract(), graph.cells()).bytes(), settings.gzipLevel(), sources, destinations);
    }

    /// Leads `merge` over every row and the column of the same cell.
    private static EdgeSummary merge(NeighbourGraph graph, RowMerge merge) {
        CsrBlock block = new CsrBlock(graph.rows().valueType(), MOST_BLOCK_ENTRIES);
        for (CellRange cells : graph.rows().blocks(MOST_BLOCK_ENTRIES, MOST_BLOCK_CELLS)) {
            graph.rows().read(cells, block);
            graph.columns().visit(new GeneRange(cells.from(), cells.to()), (cell, column) -> {
                int row = cell - cells.from();
                merge.row(cell, block, block.rowStarts()[row], block.rowStarts()[row + 1], column);
            });
        }
        if (graph.cells() == 0) {
            throw new InputRefused(
                    "%s: the graph has no cells.".formatted(graph.where()), "Use --connectivities none.");
        }
        return merge.summary();
    }

    /// The two index files, written in step.
    private static final class PairFiles implements AutoCloseable {
        private final int indexBytes;
        private final PayloadEncoder sources;
        private final PayloadEncoder destinations;

        PairFiles(int indexBytes, OptionalInt gzipLevel, StagedFile sourceFile, StagedFile destinationFile) {
            this.indexBytes = indexBytes;
            this.sources = new PayloadEncoder(gzipLevel);
            this.destinations = new PayloadEncoder(gzipLevel);
            sources.begin(sourceFile, indexBytes);
            destinations.begin(destinationFile, indexBytes);
        }

        void put(int source, int destination) {
            sources.putCode(source, indexBytes);
            destinations.putCode(destination, indexBytes);
        }

        void end() {
            sources.end();
            destinations.end();
        }

        @Override
        public void close() {
            sources.close();
            destinations.close();
        }
    }
}
