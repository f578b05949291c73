package io.cellferry.dataset.soma;

import io.cellferry.dataset.tiledb.Attribute;
import io.cellferry.dataset.tiledb.ColumnReader;
import io.cellferry.dataset.tiledb.Fragment;
import io.cellferry.dataset.tiledb.FragmentColumn;
import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.dataset.tiledb.filter.Datatype;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.ElementType;
import java.util.List;
import java.util.Optional;

/// One column of a data frame, row by row: its values, its codes (-1 where there is no value), or its mask (true
/// where there is no value).
///
/// Holds the tile tables of the column, some 50 bytes for each tile of 100,000 cells.
final class FrameColumn extends SomaArray {

    enum Side {
        VALUES,
        CODES,
        MASK
    }

    private final StoredArray array;
    private final String path;
    private final RowOrder order;
    private final Attribute attribute;
    private final Side side;
    private final int labels;
    private final List<Optional<FragmentColumn>> stored;

    private FrameColumn(
            StoredArray array,
            String path,
            RowOrder order,
            Attribute attribute,
            Side side,
            int labels,
            List<Optional<FragmentColumn>> stored) {
        this.array = array;
        this.path = path;
        this.order = order;
        this.attribute = attribute;
        this.side = side;
        this.labels = labels;
        this.stored = stored;
    }

    /// The values of `attribute`, called `path` outside. Reads the tile tables of all fragments.
    static FrameColumn values(StoredArray array, String path, RowOrder order, Attribute attribute) {
        List<Optional<FragmentColumn>> stored = order.fragments().stream()
                .map(fragment -> column(array, fragment, attribute))
                .toList();
        return new FrameColumn(array, path, order, attribute, Side.VALUES, 0, stored);
    }

    /// A fragment from before the column was added has none of it.
    private static Optional<FragmentColumn> column(StoredArray array, Fragment fragment, Attribute attribute) {
        Optional<FragmentColumn> found = fragment.column(attribute.name());
        if (found.isPresent()
                && (found.get().type() != attribute.type()
                        || found.get().ofAnyLength() != attribute.ofAnyLength()
                        || found.get().validity().isPresent() != attribute.nullable())) {
            throw array.refusal("column %s holds %s in one fragment and %s in the newest schema"
                    .formatted(
                            attribute.name(),
                            inWords(
                                    found.get().type(),
                                    found.get().ofAnyLength(),
                                    found.get().validity().isPresent()),
                            inWords(attribute.type(), attribute.ofAnyLength(), attribute.nullable())));
        }
        return found;
    }

    private static String inWords(Datatype type, boolean ofAnyLength, boolean nullable) {
        String one = type.element().name();
        return (nullable ? "nullable " : "") + (ofAnyLength && !type.isText() ? "lists of " + one : one);
    }

    /// The places of its values among so many labels.
    FrameColumn codes(int among) {
        return new FrameColumn(array, path, order, attribute, Side.CODES, among, stored);
    }

    FrameColumn mask() {
        return new FrameColumn(array, path, order, attribute, Side.MASK, 0, stored);
    }

    /// How many labels codes may stand for.
    int labels() {
        return labels;
    }

    Side side() {
        return side;
    }

    RowOrder order() {
        return order;
    }

    Attribute attribute() {
        return attribute;
    }

    StoredArray array() {
        return array;
    }

    Optional<FragmentColumn> stored(int fragment) {
        return stored.get(fragment);
    }

    /// Whether a cell of any fragment holds no value, replaced ones included.
    boolean mayMiss() {
        if (!attribute.nullable()) {
            return false;
        }
        try (ColumnReader reader = new ColumnReader(array.folder())) {
            for (Optional<FragmentColumn> column : stored) {
                boolean misses =
                        column.isPresent() ? reader.missingCells(column.get()) > 0 : !attribute.filledWithValue();
                if (misses) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long[] shape() {
        return new long[] {order.rows()};
    }

    @Override
    public ElementType type() {
        return switch (side) {
            case MASK -> new ElementType.Flag();
            case VALUES -> attribute.type().element();
            case CODES -> signed(attribute.type());
        };
    }

    /// -1 has to fit.
    private static ElementType signed(Datatype codes) {
        return codes.element() instanceof ElementType.Whole whole && !whole.signed()
                ? new ElementType.Whole(Math.max(Integer.BYTES, whole.bytes()), true)
                : codes.element();
    }

    @Override
    public String storage() {
        return "tiles of %,d cells, %s"
                .formatted(array.schema().capacity(), attribute.filters().inWords());
    }

    @Override
    public long storedBytes() {
        return stored.stream()
                .flatMap(Optional::stream)
                .mapToLong(FragmentColumn::storedBytes)
                .sum();
    }

    @Override
    public ArrayCursor cursor() {
        return new FrameCursor(this);
    }
}
