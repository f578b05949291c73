package io.cellferry.dataset.soma;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.soma.SparseLayer.StoredEntries;
import io.cellferry.dataset.tiledb.ColumnReader;
import io.cellferry.dataset.tiledb.FragmentColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/// Reads one side of the places of values, as positions of rows or columns instead of join ids.
///
/// Every id has to lie in the box of its tile and to be one that `obs` or `var` knows: readers elsewhere leave such
/// values out without a word.
final class Places {

    private final StoredEntries entries;
    private final FragmentColumn column;
    private final JoinIds ids;
    private final int dimension;
    private LongBuffer last = LongBuffer.allocate(0);

    private Places(StoredEntries entries, FragmentColumn column, JoinIds ids, int dimension) {
        this.entries = entries;
        this.column = column;
        this.ids = ids;
        this.dimension = dimension;
    }

    static Places ofRows(SparseLayer layer, StoredEntries entries) {
        return new Places(entries, entries.rows(), layer.rows(), 0);
    }

    static Places ofColumns(SparseLayer layer, StoredEntries entries) {
        return new Places(entries, entries.columns(), layer.columns(), 1);
    }

    /// Writes the positions of all values of a tile to the start of `into`.
    void read(ColumnReader reader, int tile, int[] into) {
        int count = entries.fragment().cells(tile);
        long first = entries.fragment().first(tile, dimension);
        long end = entries.fragment().last(tile, dimension);
        last = ByteBuffer.wrap(reader.values(column, tile))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        if (ids.areRowNumbers()) {
            if (first < 0 || end >= ids.count()) {
                throw unknown(tile, first < 0 ? first : end);
            }
            numbers(tile, count, first, end, into);
        } else {
            looked(tile, count, first, end, into);
        }
    }

    private void numbers(int tile, int count, long first, long end, int[] into) {
        LongBuffer stored = last;
        long outside = 0;
        for (int i = 0; i < count; i++) {
            long id = stored.get(i);
            // The sign is set by an id before the box and by one behind it; without an early end the loop stays short.
            outside |= id - first | end - id;
            into[i] = (int) id;
        }
        if (outside < 0) {
            throw outside(tile, count, first, end);
        }
    }

    private void looked(int tile, int count, long first, long end, int[] into) {
        long previous = Long.MIN_VALUE;
        int position = -1;
        for (int i = 0; i < count; i++) {
            long id = last.get(i);
            if (id != previous) {
                if (id < first || id > end) {
                    throw outside(tile, count, first, end);
                }
                position = ids.row(id);
                if (position < 0) {
                    throw unknown(tile, id);
                }
                previous = id;
            }
            into[i] = position;
        }
    }

    private RuntimeException outside(int tile, int count, long first, long end) {
        int i = 0;
        while (i < count - 1 && last.get(i) >= first && last.get(i) <= end) {
            i++;
        }
        return refusal(
                tile,
                "a value lies at %,d, outside of the range [%,d, %,d] its tile is listed with"
                        .formatted(last.get(i), first, end));
    }

    private RuntimeException unknown(int tile, long id) {
        return refusal(
                tile,
                "a value lies at join id %,d of %s, which no row of %s has (%,d rows)"
                        .formatted(
                                id,
                                dimensionName(),
                                dimension == 0 ? "its first axis" : "its second axis",
                                ids.count()));
    }

    private String dimensionName() {
        return entries.fragment().schema().dimensions().get(dimension).name();
    }

    private RuntimeException refusal(int tile, String found) {
        return entries.fragment()
                .folder()
                .refusal(
                        entries.fragment().place(),
                        new Malformed("tile %,d of %,d: %s"
                                .formatted(tile + 1, entries.fragment().tiles(), found)));
    }
}
