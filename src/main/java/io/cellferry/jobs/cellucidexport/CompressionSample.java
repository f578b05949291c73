package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.ExportSettings;
import io.cellferry.cellucid.GeneFileWriter;
import io.cellferry.cellucid.GeneList;
import io.cellferry.dataset.CellDataset;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.GatheredColumns;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.PickedColumns;
import io.cellferry.matrix.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Foretells how far genes shrink when compressed, by writing some of them for some of the cells with the very writer
/// of the run.
///
/// Genes differ far more from each other than stretches of cells do, so the sample is wide: up to 1,024 genes spread
/// over the list, 8 blocks of 4,096 cells spread over the matrix. 12 bytes for each sampled value: 400 MB if every one
/// of them were stored, 40 MB at a tenth.
final class CompressionSample {

    private static final int MOST_GENES = 1024;
    private static final int MOST_BLOCKS = 8;
    private static final int BLOCK_CELLS = 4096;
    /// Reading a block costs no more than this, whatever the density.
    private static final long BLOCK_VALUES = 2 << 20;

    private final ExportSettings settings;
    private final CellDataset dataset;

    CompressionSample(ExportSettings settings, CellDataset dataset) {
        this.settings = settings;
        this.dataset = dataset;
    }

    /// Compressed bytes over plain bytes of the sampled genes; 1 without compression.
    double geneRatio(ExportPlan.Genes genes) {
        if (settings.gzipLevel().isEmpty()) {
            return 1;
        }
        List<GeneList.Gene> some = spread(genes.list().genes(), MOST_GENES);
        GeneList list = new GeneList(some, genes.list().column(), genes.list().matrixGenes());
        try (ColumnSource columns = columns(genes, list)) {
            long compressed = bytes(settings, list, columns, genes.dense());
            long plain = bytes(settings.withGzipLevel(OptionalInt.empty()), list, columns, genes.dense());
            return plain == 0 ? 1 : (double) compressed / plain;
        }
    }

    private ColumnSource columns(ExportPlan.Genes genes, GeneList list) {
        if (!genes.turned()) {
            return new PickedColumns(dataset.columns(genes.matrix()), list.placesInMatrix());
        }
        try (RowSource rows = dataset.rows(genes.matrix())) {
            List<CellRange> blocks = rows.blocks(BLOCK_VALUES, BLOCK_CELLS);
            // Far blocks of one giant chunk cost decoding everything before them.
            List<CellRange> sampled = rows.randomAccess()
                    ? spread(blocks, MOST_BLOCKS)
                    : blocks.subList(0, Math.min(MOST_BLOCKS, blocks.size()));
            return new GatheredColumns(rows, sampled, list.placesInMatrix());
        }
    }

    private static long bytes(ExportSettings settings, GeneList list, ColumnSource columns, boolean dense) {
        CountingUnit unit = new CountingUnit();
        try (GeneFileWriter writer = new GeneFileWriter(settings, list, columns.cells(), dense)) {
            writer.write(columns, new GeneRange(0, columns.genes()), unit);
        }
        return unit.bytes();
    }

    /// At most `most` of `all`, evenly spread, in order.
    private static <T> List<T> spread(List<T> all, int most) {
        int count = Math.min(most, all.size());
        List<T> some = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            some.add(all.get((int) ((long) i * all.size() / count)));
        }
        return some;
    }
}
