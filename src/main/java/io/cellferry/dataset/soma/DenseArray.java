package io.cellferry.dataset.soma;

import io.cellferry.dataset.tiledb.ArraySchema;
import io.cellferry.dataset.tiledb.Attribute;
import io.cellferry.dataset.tiledb.Dimension;
import io.cellferry.dataset.tiledb.Fragment;
import io.cellferry.dataset.tiledb.FragmentColumn;
import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.ElementType;
import java.util.List;
import java.util.Optional;

/// A `SOMADenseNDArray` of one or two dimensions. Rows may be join ids; columns are numbered from 0.
///
/// Holds the tile tables. Where several writes overlap, the newest counts; what was never written is the fill value.
final class DenseArray extends SomaArray {

    private static final String DATA = "soma_data";

    private final StoredArray array;
    private final String path;
    private final JoinIds rows;
    private final int columns;
    private final Attribute values;
    private final List<FragmentColumn> stored;

    private DenseArray(
            StoredArray array, String path, JoinIds rows, int columns, Attribute values, List<FragmentColumn> stored) {
        this.array = array;
        this.path = path;
        this.rows = rows;
        this.columns = columns;
        this.values = values;
        this.stored = stored;
    }

    /// `rows` empty means that rows are just numbered, as in `uns`.
    static DenseArray of(StoredArray array, String path, Optional<JoinIds> rows) {
        ArraySchema schema = array.schema();
        List<Dimension> dimensions = schema.dimensions();
        if (schema.sparse()
                || dimensions.isEmpty()
                || dimensions.size() > 2
                || !schema.byNumber()
                || !schema.rowMajor()) {
            throw array.refusal("expected a dense array of one or two dimensions of int64, row by row");
        }
        SparseLayer.requireAxes(array);
        Attribute values = schema.attribute(DATA)
                .filter(found -> found.isPlain() && !found.ofAnyLength() && !found.nullable())
                .orElseThrow(() -> array.refusal("expected numbers in " + DATA));
        long height = extent(schema, 0);
        long width = dimensions.size() == 1 ? 1 : extent(schema, 1);
        if (dimensions.stream().anyMatch(dimension -> dimension.extent() < 1)) {
            throw array.refusal("expected tiles of at least one cell in each dimension");
        }
        if (height < 0 || width < 0 || height >= Integer.MAX_VALUE || width >= Integer.MAX_VALUE) {
            throw array.refusal("it ends at row %,d and column %,d, expected fewer than 2,147,483,647 of each"
                    .formatted(height - 1, width - 1));
        }
        JoinIds used = rows.orElseGet(() -> JoinIds.numbers((int) height));
        if (used.count() > 0 && used.id(used.count() - 1) >= height) {
            throw array.refusal(
                    "it has %,d rows, but join ids go up to %,d".formatted(height, used.id(used.count() - 1)));
        }
        List<FragmentColumn> stored = array.fragments().stream()
                .map(fragment -> fragment.column(DATA)
                        .filter(column -> column.type() == values.type())
                        .orElseThrow(() -> array.refusal("a fragment has no %s of the newest type".formatted(DATA))))
                .toList();
        return new DenseArray(array, path, used, (int) width, values, stored);
    }

    /// A matrix: its columns are those that `columns` says.
    static DenseArray matrix(StoredArray array, String path, JoinIds rows, JoinIds columns) {
        if (!columns.areRowNumbers()) {
            throw array.refusal("its %,d columns are numbered from 0, but join ids go up to %,d"
                    .formatted(columns.count(), columns.id(columns.count() - 1)));
        }
        return of(array, path, Optional.of(rows));
    }

    /// From 0 to the end of the current domain, or of the whole one; writers of SOMA start at 0.
    private static long extent(ArraySchema schema, int dimension) {
        long last = schema.currentDomain()
                .map(places -> places[2 * dimension + 1])
                .orElseGet(() -> schema.dimensions().get(dimension).to());
        return last == Long.MAX_VALUE ? -1 : last + 1;
    }

    JoinIds rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    Attribute values() {
        return values;
    }

    StoredArray array() {
        return array;
    }

    /// Oldest first.
    List<FragmentColumn> stored() {
        return stored;
    }

    /// Extent of a tile; 1 for the dimension that an array of one dimension does not have.
    long extent(int dimension) {
        List<Dimension> dimensions = array.schema().dimensions();
        return dimension < dimensions.size() ? dimensions.get(dimension).extent() : 1;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long[] shape() {
        return array.schema().dimensions().size() == 1 ? new long[] {rows.count()} : new long[] {rows.count(), columns};
    }

    @Override
    public ElementType type() {
        return values.type().element();
    }

    @Override
    public String storage() {
        return "tiles of %,d x %,d, %s"
                .formatted(extent(0), extent(1), values.filters().inWords());
    }

    @Override
    public long storedBytes() {
        return stored.stream().mapToLong(FragmentColumn::storedBytes).sum();
    }

    @Override
    public Optional<long[]> chunkShape() {
        return Optional.of(
                array.schema().dimensions().size() == 1 ? new long[] {extent(0)} : new long[] {extent(0), extent(1)});
    }

    @Override
    public long cursorBytes() {
        long cells =
                array.fragments().stream().mapToLong(Fragment::tileCells).max().orElse(0);
        return 2 * cells * values.type().bytes();
    }

    @Override
    public ArrayCursor cursor() {
        return new DenseCursor(this);
    }
}
