package io.cellferry.dataset.soma;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.tiledb.Attribute;
import io.cellferry.dataset.tiledb.Dimension;
import io.cellferry.dataset.tiledb.Fragment;
import io.cellferry.dataset.tiledb.FragmentColumn;
import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.dataset.tiledb.filter.Datatype;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A `SOMASparseNDArray` of two dimensions whose places are join ids: a layer of X, a graph, a table of
/// coordinates.
///
/// Holds the tile tables, about 100 bytes for each tile of 100,000 values, and once rows were asked for where each
/// row starts, 8 bytes a row. Both as long as the data set is open.
final class SparseLayer {

    private static final String DATA = "soma_data";

    private final StoredArray array;
    private final JoinIds rows;
    private final JoinIds columns;
    private final Attribute values;
    private @Nullable RowStarts starts;
    private @Nullable List<StoredEntries> stored;

    private SparseLayer(StoredArray array, JoinIds rows, JoinIds columns, Attribute values) {
        this.array = array;
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /// What one fragment holds of the layer; `times` only where it merged several writes.
    record StoredEntries(
            Fragment fragment,
            FragmentColumn rows,
            FragmentColumn columns,
            FragmentColumn values,
            Optional<FragmentColumn> times) {}

    static SparseLayer of(StoredArray array, JoinIds rows, JoinIds columns) {
        if (array.schema().dimensions().size() != 2 || !array.schema().byNumber()) {
            throw array.refusal("expected two dimensions of int64, found %d: %s"
                    .formatted(
                            array.schema().dimensions().size(),
                            String.join(
                                    ", ",
                                    array.schema().dimensions().stream()
                                            .map(dimension ->
                                                    dimension.type().element().name())
                                            .toList())));
        }
        requireAxes(array);
        if (array.schema().allowsDuplicates()) {
            throw array.refusal("it allows several values in one place, which SOMA does not");
        }
        Attribute values =
                array.schema().attribute(DATA).orElseThrow(() -> array.refusal("it has no attribute " + DATA));
        if (values.ofAnyLength() || !values.isPlain()) {
            throw array.refusal("expected numbers in %s, found %s"
                    .formatted(DATA, values.type().element().name()));
        }
        if (values.nullable() && array.cells() > 0) {
            throw array.refusal("its values may be missing, which a sparse matrix cannot say");
        }
        return new SparseLayer(array, rows, columns, values);
    }

    /// Rows and columns are told apart by the order of the dimensions; their names have to say the same.
    static void requireAxes(StoredArray array) {
        List<Dimension> dimensions = array.schema().dimensions();
        for (int i = 0; i < dimensions.size(); i++) {
            if (!dimensions.get(i).name().equals("soma_dim_" + i)) {
                throw array.refusal("its dimension %d is called \"%s\", expected soma_dim_%d"
                        .formatted(i, dimensions.get(i).name(), i));
            }
        }
    }

    StoredArray array() {
        return array;
    }

    JoinIds rows() {
        return rows;
    }

    JoinIds columns() {
        return columns;
    }

    Datatype type() {
        return values.type();
    }

    /// Tile tables of all fragments, from the oldest to the newest.
    synchronized List<StoredEntries> stored() {
        if (stored == null) {
            stored = array.fragments().stream().map(this::entries).toList();
        }
        return stored;
    }

    private StoredEntries entries(Fragment fragment) {
        List<Dimension> dimensions = fragment.schema().dimensions();
        FragmentColumn data = fragment.column(DATA)
                .filter(column -> column.type() == values.type())
                .orElseThrow(() -> array.refusal("a fragment has no %s of type %s"
                        .formatted(DATA, values.type().element().name())));
        return new StoredEntries(
                fragment,
                fragment.column(dimensions.get(0).name()).orElseThrow(),
                fragment.column(dimensions.get(1).name()).orElseThrow(),
                data,
                fragment.stamped() ? fragment.column(Fragment.TIMES) : Optional.empty());
    }

    /// Where each row starts. Read once, by whoever asks first.
    synchronized RowStarts starts() {
        if (starts == null) {
            starts = RowStarts.count(this);
        }
        return starts;
    }

    /// The stored cells of `rows`, sorted; for tables and elements. Closed by the caller.
    SparseRows open() {
        return new SparseRows(this);
    }

    MatrixInfo info(String path) {
        long bytes = array.fragments().stream()
                .flatMap(fragment -> java.util.stream.Stream.of(DATA, "soma_dim_0", "soma_dim_1")
                        .flatMap(name -> fragment.column(name).stream()))
                .mapToLong(FragmentColumn::storedBytes)
                .sum();
        Dimension bands = array.schema().dimensions().getFirst();
        return new MatrixInfo(
                path,
                rows.count(),
                columns.count(),
                MatrixInfo.Order.CELL_MAJOR,
                values.type().element().name(),
                values.type().delivered().orElseThrow(),
                array.cells(),
                bytes,
                "tiles of %,d values in bands of %,d rows, %s; %,d fragment%s%s"
                        .formatted(
                                array.schema().capacity(),
                                bands.extent(),
                                values.filters().inWords(),
                                array.fragments().size(),
                                array.fragments().size() == 1 ? "" : "s",
                                RowStarts.overlap(array.fragments()) ? ", overlapping" : ""),
                RowDesk.MOST_KEPT_BYTES + 3L * SomaArray.READER_BYTES);
    }

    /// How many columns the array was made for; 0 when nothing says so.
    long declaredColumns(Optional<Long> recorded) {
        Optional<long[]> current = array.schema().currentDomain();
        if (current.isPresent()) {
            return current.get()[3] + 1;
        }
        return recorded.map(last -> last + 1).orElseGet(() -> array.fragments().stream()
                .flatMapToLong(
                        fragment -> IntStream.range(0, fragment.tiles()).mapToLong(tile -> fragment.last(tile, 1)))
                .map(last -> last + 1)
                .max()
                .orElse(0));
    }

    /// Exact starts of rows: replaced values are left out, which takes reading everything where there may be some.
    long[] exactStarts() {
        RowStarts counted = starts();
        long[] exact = new long[rows.count() + 1];
        if (!counted.mayRepeat()) {
            for (int row = 0; row <= rows.count(); row++) {
                exact[row] = counted.start(row);
            }
            return exact;
        }
        try (SparseRows reader = open()) {
            CsrBlock block = new CsrBlock(reader.valueType());
            for (CellRange range : reader.blocks(SparseEntries.BLOCK_VALUES, Integer.MAX_VALUE)) {
                reader.read(range, block);
                for (int row = 0; row < range.count(); row++) {
                    exact[range.from() + row + 1] = exact[range.from()] + block.rowStarts()[row + 1];
                }
            }
        }
        return exact;
    }
}
