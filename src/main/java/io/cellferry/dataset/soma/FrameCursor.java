package io.cellferry.dataset.soma;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.tiledb.Attribute;
import io.cellferry.dataset.tiledb.CellBits;
import io.cellferry.dataset.tiledb.ColumnReader;
import io.cellferry.dataset.tiledb.Fragment;
import io.cellferry.dataset.tiledb.FragmentColumn;
import io.cellferry.dataset.tiledb.filter.ByteReader;
import io.cellferry.dataset.tiledb.filter.Datatype;
import io.cellferry.dataset.tiledb.filter.TextTile;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.matrix.ValueBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads rows of one column, holding the tile they lie in. Rows that follow each other in the file decode every tile
/// once.
final class FrameCursor implements ArrayCursor {

    private final FrameColumn column;
    private final ColumnReader reader;
    private int fragment = -1;
    private int tile = -1;
    private @Nullable FragmentColumn stored;
    private byte @Nullable [] values;
    private byte @Nullable [] validity;
    private @Nullable TextTile texts;

    FrameCursor(FrameColumn column) {
        this.column = column;
        this.reader = new ColumnReader(column.array().folder());
    }

    @Override
    public long count() {
        return column.order().rows();
    }

    @Override
    public int valuesPerElement() {
        return 1;
    }

    @Override
    public void read(long from, int elements, ValueBuffer into, int at) {
        for (int i = 0; i < elements; i++) {
            HeldValues.put(into, at + i, bits((int) from + i));
        }
    }

    @Override
    public long[] readWholes(long from, int elements) {
        long[] wholes = new long[elements];
        for (int i = 0; i < elements; i++) {
            wholes[i] = bits((int) from + i);
        }
        return wholes;
    }

    private long bits(int row) {
        int cell = load(row);
        boolean missing = missing(cell);
        return switch (column.side()) {
            case MASK -> missing ? 1 : 0;
            case CODES -> missing ? -1 : code(row, number(cell));
            case VALUES -> number(cell);
        };
    }

    /// Checked here because whoever carries codes on does not look at them. Some writers say -1 for no value.
    private long code(int row, long code) {
        Datatype type = column.attribute().type();
        boolean none = code == -1 && type != Datatype.UINT64;
        if (!none && (code < 0 || code >= column.labels())) {
            throw column.array()
                    .refusal("column %s: row %,d has category %s, but there are %,d, numbered from 0"
                            .formatted(
                                    column.attribute().name(),
                                    row,
                                    type == Datatype.UINT64 ? Long.toUnsignedString(code) : Long.toString(code),
                                    column.labels()));
        }
        return code;
    }

    private long number(int cell) {
        Datatype type = column.attribute().type();
        return values == null ? CellBits.at(type, column.attribute().fill(), 0) : CellBits.at(type, values, cell);
    }

    private boolean missing(int cell) {
        Attribute attribute = column.attribute();
        if (stored == null) {
            return attribute.nullable() && !attribute.filledWithValue();
        }
        return validity != null && validity[cell] == 0;
    }

    @Override
    public List<String> readTexts(long from, int elements) {
        try {
            return texts(from, elements);
        } catch (Malformed damaged) {
            throw column.array()
                    .refusal("column %s: %s".formatted(column.attribute().name(), damaged.getMessage()));
        }
    }

    private List<String> texts(long from, int elements) {
        List<String> read = new ArrayList<>(elements);
        for (int i = 0; i < elements; i++) {
            int cell = load((int) from + i);
            if (missing(cell)) {
                read.add("");
            } else if (texts == null) {
                byte[] fill = column.attribute().fill();
                read.add(fill.length == 1 && fill[0] == 0 ? "" : ByteReader.utf8(fill, 0, fill.length));
            } else {
                read.add(texts.text(cell));
            }
        }
        return read;
    }

    /// Loads the tile of `row` and returns its cell in that tile.
    private int load(int row) {
        long place = column.order().place(row);
        int wantedFragment = RowOrder.fragment(place);
        Fragment home = column.order().fragments().get(wantedFragment);
        int wantedTile = RowOrder.cell(place) / home.tileCells();
        if (wantedFragment != fragment || wantedTile != tile) {
            fragment = wantedFragment;
            tile = wantedTile;
            decode(column.stored(wantedFragment));
        }
        return RowOrder.cell(place) % home.tileCells();
    }

    private void decode(Optional<FragmentColumn> found) {
        values = null;
        validity = null;
        texts = null;
        stored = found.orElse(null);
        if (stored == null) {
            return;
        }
        if (stored.validity().isPresent()) {
            validity = reader.validity(stored, tile);
        }
        if (column.side() == FrameColumn.Side.MASK) {
            return;
        }
        if (stored.ofAnyLength()) {
            texts = reader.texts(stored, tile);
        } else {
            values = reader.values(stored, tile);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
