package io.cellferry.dataset.soma;

import io.cellferry.dataset.tiledb.CellBits;
import io.cellferry.dataset.tiledb.ColumnReader;
import io.cellferry.dataset.tiledb.Dimension;
import io.cellferry.dataset.tiledb.FragmentColumn;
import io.cellferry.matrix.ValueBuffer;
import java.util.List;

/// Reads ranges of a dense array, row by row. Every fragment, the oldest first, writes its cells over what was
/// there.
///
/// Holds the tile decoded last, so that ranges that follow each other decode a tile once where a row lies in one
/// tile.
final class DenseCursor extends NumberCursor {

    private final DenseArray array;
    private final ColumnReader reader;
    private byte[] decoded = new byte[0];
    private int decodedFragment = -1;
    private int decodedTile = -1;

    DenseCursor(DenseArray array) {
        super(array);
        this.array = array;
        this.reader = new ColumnReader(array.array().folder());
    }

    @Override
    public void read(long from, int elements, ValueBuffer into, int at) {
        if (elements == 0) {
            return;
        }
        long fill = CellBits.at(array.values().type(), array.values().fill(), 0);
        for (int i = 0; i < elements; i++) {
            HeldValues.put(into, at + i, fill);
        }
        for (int fragment = 0; fragment < array.stored().size(); fragment++) {
            overlay(fragment, from, elements, into, at);
        }
    }

    /// Tile by tile, so that each is decoded once for all rows asked for.
    private void overlay(int fragment, long from, int elements, ValueBuffer into, int at) {
        FragmentColumn stored = array.stored().get(fragment);
        long[] written = stored.fragment().domain().orElseThrow();
        int firstRow = (int) (from / array.columns());
        int lastRow = (int) ((from + elements - 1) / array.columns());
        long firstBand = band(written[0], 0);
        long firstBlock = flat() ? 0 : band(written[2], 1);
        long lastBlock = flat() ? 0 : band(written[3], 1);
        long from0 = Math.max(firstBand, band(array.rows().id(firstRow), 0));
        long to0 = Math.min(band(written[1], 0), band(array.rows().id(lastRow), 0));
        for (long band = from0; band <= to0; band++) {
            for (long block = firstBlock; block <= lastBlock; block++) {
                int tile = Math.toIntExact((band - firstBand) * (lastBlock - firstBlock + 1) + block - firstBlock);
                for (int row = firstRow; row <= lastRow; row++) {
                    long id = array.rows().id(row);
                    if (id >= written[0] && id <= written[1] && band(id, 0) == band) {
                        long rowStart = (long) row * array.columns();
                        long first = Math.max(0, from - rowStart);
                        long end = Math.min(array.columns(), from + elements - rowStart);
                        long[] part = part(written, block, first, end);
                        copy(fragment, tile, id, part, into, (int) (at + rowStart - from));
                    }
                }
            }
        }
    }

    /// Which of the columns `[first, end)` a block of columns has, as the fragment wrote them.
    private long[] part(long[] written, long block, long first, long end) {
        if (flat()) {
            return new long[] {first, end};
        }
        long blockStart = start(1) + block * array.extent(1);
        return new long[] {
            Math.max(first, Math.max(written[2], blockStart)),
            Math.min(end, Math.min(written[3] + 1, blockStart + array.extent(1)))
        };
    }

    /// Copies a part of row `id`, whose column 0 would lie at `rowAt`.
    private void copy(int fragment, int tile, long id, long[] part, ValueBuffer into, int rowAt) {
        if (part[0] >= part[1]) {
            return;
        }
        long width = array.extent(1);
        long inTile = Math.floorMod(id - start(0), array.extent(0)) * width + Math.floorMod(part[0] - start(1), width);
        CellBits.copy(
                array.values().type(),
                tile(fragment, array.stored().get(fragment), tile),
                (int) inTile,
                (int) (part[1] - part[0]),
                into,
                (int) (rowAt + part[0]));
    }

    private boolean flat() {
        return array.array().schema().dimensions().size() == 1;
    }

    private byte[] tile(int fragment, FragmentColumn stored, int tile) {
        if (fragment != decodedFragment || tile != decodedTile) {
            decodedFragment = -1;
            decoded = reader.values(stored, tile);
            decodedFragment = fragment;
            decodedTile = tile;
        }
        return decoded;
    }

    private long band(long place, int dimension) {
        return Math.floorDiv(place - start(dimension), array.extent(dimension));
    }

    private long start(int dimension) {
        List<Dimension> dimensions = array.array().schema().dimensions();
        return dimension < dimensions.size() ? dimensions.get(dimension).from() : 0;
    }

    @Override
    public void close() {
        reader.close();
    }
}
