package io.cellferry.dataset.soma;

import io.cellferry.dataset.TableInfo;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.dataset.parts.StoredTable;
import io.cellferry.dataset.parts.TableRows;
import io.cellferry.dataset.tiledb.Metadata;
import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.dataset.tiledb.StoredFolder;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.util.Optional;

/// Finds tables with one row a cell or a gene: dense arrays, and sparse ones that hold every value, as conversions
/// to SOMA write embeddings.
record CellTable(StoredFolder folder, JoinIds rows) {

    /// An array of two dimensions, with what it turned out to be.
    sealed interface Shape {
        record Full(TreeArray values) implements Shape {}

        record Sparse(SparseLayer layer) implements Shape {}
    }

    Shape open(String path, String place) {
        StoredArray array = StoredArray.open(folder, place);
        if (!array.schema().sparse()) {
            return new Shape.Full(DenseArray.of(array, path, Optional.of(rows)));
        }
        // The axis of columns is just numbered; how many there are, the array says itself.
        Optional<Long> recorded = Metadata.read(folder, place).whole("soma_dim_1_domain_upper");
        long columns = SparseLayer.of(array, rows, JoinIds.numbers(0)).declaredColumns(recorded);
        if (columns < 0 || columns >= Integer.MAX_VALUE) {
            throw array.refusal("it ends at column %,d, expected fewer than 2,147,483,647".formatted(columns - 1));
        }
        SparseLayer layer = SparseLayer.of(array, rows, JoinIds.numbers((int) columns));
        boolean full = columns > 0 && values(layer, rows.count() * columns) == rows.count() * columns;
        return full ? new Shape.Full(new FullTable(path, layer)) : new Shape.Sparse(layer);
    }

    /// Stored values; without those that a later write replaced where there are more than the table has places.
    private static long values(SparseLayer layer, long places) {
        return layer.array().cells() > places
                ? layer.exactStarts()[layer.rows().count()]
                : layer.array().cells();
    }

    StoredTable find(String name, String place) {
        String path = "obsm/" + name;
        try {
            return switch (open(path, place)) {
                case Shape.Full full -> readable(path, full.values());
                case Shape.Sparse sparse -> sparse(path, sparse.layer());
            };
        } catch (InputRefused refusal) {
            return new StoredTable.Unusable(
                    new TableInfo(path, 0, 0, "unreadable", false),
                    Obstacle.listed(folder.path(), "input.member.unreadable", path, refusal));
        }
    }

    private StoredTable readable(String path, TreeArray values) {
        int columns = values.shape().length == 1 ? 1 : (int) values.shape()[1];
        return new StoredTable.Readable(
                new TableInfo(path, rows.count(), columns, values.typeName(), true),
                new TableRows(values.valueType(), columns, values.cursorBytes(), values::cursor),
                Optional.empty());
    }

    private StoredTable sparse(String path, SparseLayer layer) {
        return new StoredTable.Unusable(
                new TableInfo(
                        path,
                        rows.count(),
                        layer.columns().count(),
                        "sparse " + layer.type().element().name(),
                        false),
                Problem.note(
                        "input.table.type",
                        path,
                        "is no dense table of numbers: it holds %,d values for %,d cells x %,d columns"
                                .formatted(
                                        layer.array().cells(),
                                        rows.count(),
                                        layer.columns().count()),
                        "Nothing to do, unless it is wanted as an embedding: store every value then."));
    }
}
