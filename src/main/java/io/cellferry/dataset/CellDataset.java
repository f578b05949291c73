package io.cellferry.dataset;

import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.RowSource;

/// One single-cell data set, open for reading.
///
/// Matrices, tables and columns are named by their paths in AnnData's words: `X`, `raw/X`, `layers/NAME`,
/// `obsp/NAME`, `obsm/NAME`. Readers of other formats offer their content under the same names. All methods are safe
/// for use by several threads; what they return is closed by whoever asked for it. Whatever is wrong with the file is
/// an [io.cellferry.failure.InputRefused] that names file, path, expectation and remedy, never a bare exception.
public interface CellDataset extends AutoCloseable {

    /// What is in it, without reading bulk data. Made at opening; constant.
    Catalogue catalogue();

    /// A matrix (or graph) as rows of cells, whatever its layout on disk allows. Gene-major matrices have no rows: see
    /// [MatrixInfo#order()].
    RowSource rows(String matrix);

    /// A matrix stored gene by gene, as columns.
    ColumnSource columns(String matrix);

    /// One annotation of all cells. 12 bytes x cells at most while it is held.
    ObsColumn obsColumn(String name);

    /// Names of the genes of `matrix` (`raw/X` has its own): the index, or the text of column `column`.
    GeneNames geneNames(String matrix, java.util.Optional<String> column);

    /// A dense table with one row a cell, such as an embedding. Closing it lets go of what reading took; a later read
    /// takes it again.
    NumericTable table(String path);

    /// Everything in it, for those who carry it over whole: the root, a mapping of `X`, `obs`, `var`, `layers`, `raw`
    /// and so on as far as they are there. What cannot be carried is an [Element.Unknown] in its place.
    Element.Mapping contents();

    @Override
    void close();
}
