package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.SparseColumn;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.util.ArrayList;
import java.util.List;

/// Writes `var/…`: one dense file per gene, a number or code per cell in cell order. One unit is one range of genes.
///
/// One per thread; holds up to 8 bytes x cells for the gene at hand ([GeneVector]).
public final class GeneFileWriter implements AutoCloseable {

    private static final String REPLACING =
            "Rescale the matrix or replace these values, or leave the gene out with --genes.";

    private final ExportSettings settings;
    private final GeneList genes;
    private final int cells;
    private final ExportPaths paths;
    private final GenePayload payload;
    private final GeneVector vector;

    /// `dense` says that the matrix stores every value; only then a negative zero survives, as in Python.
    public GeneFileWriter(ExportSettings settings, GeneList genes, int cells, boolean dense) {
        this.settings = settings;
        this.genes = genes;
        this.cells = cells;
        this.paths = ExportPaths.of(settings.gzipLevel());
        this.payload = new GenePayload(settings.gzipLevel());
        this.vector = new GeneVector(new ColumnEncoding(settings.contract(), settings.genes()), cells, dense);
    }

    /// Writes the genes at the output positions `range`. Column p of `columns` is the gene at position p of the list,
    /// whatever its place in the matrix.
    public GeneBounds write(ColumnSource columns, GeneRange range, UnitWriter unit) {
        if (columns.cells() != cells || range.to() > genes.genes().size()) {
            throw new IllegalArgumentException(
                    "columns of %,d cells and genes up to %,d do not fit %,d cells x %,d genes"
                            .formatted(
                                    columns.cells(),
                                    range.to(),
                                    cells,
                                    genes.genes().size()));
        }
        List<Bounds> bounds = new ArrayList<>(settings.genes().quantizes() ? range.count() : 0);
        columns.visit(range, (position, column) -> {
            GeneList.Gene gene = genes.genes().get(position);
            narrow(gene, column);
            vector.encode(column).ifPresent(bounds::add);
            try (StagedFile file = unit.output(paths.gene(gene.stem(), settings.genes()))) {
                payload.write(vector.bytes(), vector.bytes().length, file);
            }
        });
        return new GeneBounds(range, bounds);
    }

    private void narrow(GeneList.Gene gene, SparseColumn column) {
        NarrowingCount count = new NarrowingCount(settings.contract(), "gene " + gene.name());
        vector.narrow(column, count);
        boolean noMark =
                settings.contract() == Contract.V0_9_1 && !settings.genes().quantizes();
        if (noMark) {
            count.require(
                    MissingPolicy.REFUSE,
                    "Viewers have no mark for missing values in unquantized genes: use --quantize-genes 8 with"
                            + " --on-missing mark, or leave the gene out with --genes.",
                    REPLACING);
        } else {
            count.require(
                    settings.missing(),
                    "Use --on-missing mark to show missing values as such, or leave the gene out with --genes.",
                    REPLACING);
        }
    }

    @Override
    public void close() {
        payload.close();
    }
}
