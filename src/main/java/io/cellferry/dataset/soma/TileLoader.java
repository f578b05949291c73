package io.cellferry.dataset.soma;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.soma.SparseLayer.StoredEntries;
import io.cellferry.dataset.tiledb.CellBits;
import io.cellferry.dataset.tiledb.ColumnReader;
import io.cellferry.dataset.tiledb.Dimension;
import io.cellferry.dataset.tiledb.Fragment;
import io.cellferry.dataset.tiledb.filter.Datatype;
import java.util.Arrays;
import java.util.List;

/// Decodes tiles of one layer and checks their order. Used by one thread.
final class TileLoader implements AutoCloseable {

    private final SparseLayer layer;
    private final List<StoredEntries> stored;
    private final boolean timed;
    private final ColumnReader reader;

    TileLoader(SparseLayer layer) {
        this.layer = layer;
        this.stored = layer.stored();
        this.timed = stored.stream().anyMatch(entries -> entries.fragment().stamped());
        this.reader = new ColumnReader(layer.array().folder());
    }

    /// Whether times decide which of several values counts; otherwise the order of fragments does.
    boolean timed() {
        return timed;
    }

    void load(int fragment, int tile, TileEntries into) {
        StoredEntries entries = stored.get(fragment);
        int count = entries.fragment().cells(tile);
        into.reserve(count, timed);
        into.fragment = fragment;
        into.tile = tile;
        Places.ofRows(layer, entries).read(reader, tile, into.rows);
        Places.ofColumns(layer, entries).read(reader, tile, into.columns);
        if (entries.fragment().schema().rowMajor()) {
            requireOrder(entries.fragment(), tile, into);
        }
        CellBits.copy(layer.type(), reader.values(entries.values(), tile), 0, count, into.values, 0);
        if (timed) {
            times(entries, tile, count, into.times);
        }
    }

    private void times(StoredEntries entries, int tile, int count, long[] into) {
        if (entries.times().isEmpty()) {
            Arrays.fill(into, 0, count, entries.fragment().name().first());
            return;
        }
        byte[] decoded = reader.values(entries.times().get(), tile);
        for (int i = 0; i < count; i++) {
            into[i] = CellBits.at(Datatype.UINT64, decoded, i);
        }
    }

    /// Writers sort the values of a tile by row and column within blocks of one extent each, and the blocks
    /// likewise. A decoded place that breaks the order is damage that no sum shows.
    private void requireOrder(Fragment fragment, int tile, TileEntries entries) {
        long least = fragment.stamped() ? 0 : 1;
        if (ascends(entries, least)) {
            return; // as long as a tile does not reach into the next block
        }
        int[] rows = entries.rows;
        int[] columns = entries.columns;
        long previous = -1;
        for (int i = 0; i < entries.count; i++) {
            long place = (long) rows[i] << Integer.SIZE | columns[i];
            // Positions ascend with ids. Only where a block ends may the next place be a smaller one.
            if (place - previous < least && !inLaterBlock(fragment, entries, i)) {
                throw fragment.folder()
                        .refusal(
                                fragment.place(),
                                new Malformed(
                                        "tile %,d of %,d: the value of row %,d, column %,d comes after row %,d, column %,d"
                                                .formatted(
                                                        tile + 1,
                                                        fragment.tiles(),
                                                        rows[i],
                                                        columns[i],
                                                        rows[i - 1],
                                                        columns[i - 1])));
            }
            previous = place;
        }
    }

    private static boolean ascends(TileEntries entries, long least) {
        int[] rows = entries.rows;
        int[] columns = entries.columns;
        // Without an early end the loop stays short.
        long signs = 0;
        for (int i = 1; i < entries.count; i++) {
            signs |= ((long) rows[i] << Integer.SIZE | columns[i])
                    - ((long) rows[i - 1] << Integer.SIZE | columns[i - 1])
                    - least;
        }
        return signs >= 0;
    }

    private boolean inLaterBlock(Fragment fragment, TileEntries entries, int at) {
        List<Dimension> dimensions = fragment.schema().dimensions();
        long band = block(dimensions.get(0), layer.rows().id(entries.rows[at - 1]));
        long nextBand = block(dimensions.get(0), layer.rows().id(entries.rows[at]));
        return nextBand > band
                || nextBand == band
                        && block(dimensions.get(1), layer.columns().id(entries.columns[at]))
                                > block(dimensions.get(1), layer.columns().id(entries.columns[at - 1]));
    }

    private static long block(Dimension dimension, long place) {
        return dimension.extent() <= 0 ? 0 : Math.floorDiv(place - dimension.from(), dimension.extent());
    }

    @Override
    public void close() {
        reader.close();
    }
}
