package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.SparseColumn;
import io.cellferry.storage.UnitWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes `var/…`: one dense file per gene, a number or code per cell in cell order. One unit is one range of genes.
///
/// One per thread; holds 4 bytes x cells for the gene at hand.
public final class GeneFileWriter implements AutoCloseable {

    private final ExportSettings settings;
    private final GeneList genes;
    private final boolean dense;
    private final ExportPaths paths;
    private final PayloadEncoder encoder;
    private final ColumnEncoding encoding;
    private final float[] values;

    /// `dense` says that the matrix stores every value; only then a negative zero survives, as in Python.
    public GeneFileWriter(ExportSettings settings, GeneList genes, int cells, boolean dense) {
        this.settings = settings;
        this.genes = genes;
        this.dense = dense;
        this.paths = ExportPaths.of(settings.gzipLevel());
        this.encoder = new PayloadEncoder(settings.gzipLevel());
        this.encoding = new ColumnEncoding(settings.contract(), settings.genes());
        this.values = new float[cells];
    }

    /// Writes the genes at the output positions `range`. Column p of `columns` is the gene at position p of the list,
    /// whatever its place in the matrix.
    public GeneBounds write(ColumnSource columns, GeneRange range, UnitWriter unit) {
        if (columns.cells() != values.length || range.to() > genes.genes().size()) {
            throw new IllegalArgumentException(
                    "columns of %,d cells and genes up to %,d do not fit %,d cells x %,d genes"
                            .formatted(
                                    columns.cells(),
                                    range.to(),
                                    values.length,
                                    genes.genes().size()));
        }
        List<Bounds> bounds = new ArrayList<>(settings.genes().quantizes() ? range.count() : 0);
        columns.visit(range, (position, column) -> {
            GeneList.Gene gene = genes.genes().get(position);
            spread(gene, column);
            String path = paths.gene(gene.stem(), settings.genes());
            encoding.write(values, values.length, path, encoder, unit).ifPresent(bounds::add);
        });
        return new GeneBounds(range, bounds);
    }

    /// Puts the stored values where their cells are and zero everywhere else.
    private void spread(GeneList.Gene gene, SparseColumn column) {
        Arrays.fill(values, 0);
        NarrowingCount count = new NarrowingCount(settings.contract(), "gene " + gene.name());
        int[] cells = column.cells();
        for (int at = 0; at < column.storedValues(); at++) {
            float narrowed = column.values().asFloat(at);
            count.look(cells[at], column.values().asDouble(at), narrowed);
            // Adding to the zero of an empty column turns a stored -0.0 into 0.0.
            values[cells[at]] = dense ? narrowed : 0.0f + narrowed;
        }
        boolean noMark =
                settings.contract() == Contract.V0_9_1 && !settings.genes().quantizes();
        if (noMark) {
            count.requireFinite("Viewers have no mark for missing values in unquantized genes: use --quantize-genes 8"
                    + " with --on-missing mark, or leave the gene out with --genes.");
        } else {
            count.require(
                    settings.missing(),
                    "Use --on-missing mark to show missing values as such, or leave the gene out with --genes.");
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
