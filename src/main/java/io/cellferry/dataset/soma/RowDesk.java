package io.cellferry.dataset.soma;

import io.cellferry.dataset.soma.SparseLayer.StoredEntries;
import io.cellferry.dataset.tiledb.Fragment;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// What one reading thread needs to collect rows from tiles.
///
/// Memory: the reader's buffers (2 MB), two decoded tiles (1.6 MB each for 100,000 values), 4 bytes a row of the
/// block, and at most [#MOST_KEPT_BYTES] of tiles that reach beyond the block and will be asked for next.
final class RowDesk implements AutoCloseable {

    /// 20 blocks of columns (40,000 genes in steps of 2,048) x 100,000 values x 16 bytes = 32 MB.
    static final long MOST_KEPT_BYTES = 32L << 20;

    /// Sorting a tile by row costs as much as looking through it so many times.
    private static final int LOOKS_BEFORE_SORTING = 6;

    private final SparseLayer layer;
    private final RowStarts starts;
    private final TileLoader loader;
    private final RowSettling settling;
    private final List<TileEntries> kept = new ArrayList<>();
    private final Deque<TileEntries> spare = new ArrayDeque<>();
    private int[] next = new int[0];
    private long[] times = new long[0];
    private int nextRow;

    RowDesk(SparseLayer layer, RowStarts starts) {
        this.layer = layer;
        this.starts = starts;
        this.loader = new TileLoader(layer);
        this.settling = new RowSettling(layer.type().delivered().orElseThrow());
    }

    /// The row behind the last one read.
    int next() {
        return nextRow;
    }

    /// Fills `into`, which has room for all values of `cells`.
    void read(CellRange cells, CsrBlock into) {
        prepare(cells);
        long firstId = layer.rows().id(cells.from());
        long lastId = layer.rows().id(cells.to() - 1);
        List<StoredEntries> stored = layer.stored();
        for (int fragment = 0; fragment < stored.size(); fragment++) {
            Fragment home = stored.get(fragment).fragment();
            for (int tile = 0; tile < home.tiles(); tile++) {
                if (home.first(tile, 0) <= lastId && home.last(tile, 0) >= firstId) {
                    take(fragment, tile, cells, into);
                }
            }
        }
        int at = 0;
        for (int row = 0; row < cells.count(); row++) {
            int from = start(cells, row);
            int to = start(cells, row + 1);
            if (next[row] != to) {
                throw changed();
            }
            int end = settling.settle(into.genes(), into.values(), times, loader.timed(), from, to, at);
            if (end - at < to - from && !starts.mayRepeat()) {
                throw layer.array()
                        .refusal("row %,d has several values in one place, all of one write"
                                .formatted(cells.from() + row));
            }
            at = end;
            into.rowStarts()[row + 1] = at;
        }
        nextRow = cells.to();
        keepOnly(lastId);
    }

    private int start(CellRange cells, int row) {
        return (int) (starts.start(cells.from() + row) - starts.start(cells.from()));
    }

    private void prepare(CellRange cells) {
        if (next.length < cells.count()) {
            next = new int[cells.count()];
        }
        for (int row = 0; row < cells.count(); row++) {
            next[row] = start(cells, row);
        }
        int values = start(cells, cells.count());
        if (loader.timed() && times.length < values) {
            times = new long[values];
        }
    }

    private void take(int fragment, int tile, CellRange cells, CsrBlock into) {
        for (TileEntries entries : kept) {
            if (entries.fragment == fragment && entries.tile == tile) {
                scatter(entries, cells, into);
                return;
            }
        }
        TileEntries entries = spare();
        spare.remove(entries);
        loader.load(fragment, tile, entries);
        scatter(entries, cells, into);
        long left = layer.stored().get(fragment).fragment().last(tile, 0)
                - layer.rows().id(cells.to() - 1);
        if (left > 0 && keptBytes() + entries.bytes() <= MOST_KEPT_BYTES) {
            if (left > (long) LOOKS_BEFORE_SORTING * cells.count()) {
                entries.sortByRow(spare());
            }
            kept.add(entries);
        } else {
            spare.push(entries);
        }
    }

    /// A buffer that is not in use; it stays among the spare ones.
    private TileEntries spare() {
        if (spare.isEmpty()) {
            spare.push(new TileEntries(layer.type().delivered().orElseThrow()));
        }
        return spare.getFirst();
    }

    private long keptBytes() {
        long bytes = 0;
        for (TileEntries entries : kept) {
            bytes += entries.bytes();
        }
        return bytes;
    }

    /// Puts every value of the rows wanted to the next place of its row. Writers sort by row, so values of one row lie
    /// together.
    private void scatter(TileEntries entries, CellRange cells, CsrBlock into) {
        int rows = cells.count();
        int limit = start(cells, rows);
        int end = entries.to(cells.to());
        for (int from = entries.from(cells.from()); from < end; ) {
            int found = entries.rows[from];
            int to = from + 1;
            while (to < end && entries.rows[to] == found) {
                to++;
            }
            int row = found - cells.from();
            if (Integer.compareUnsigned(row, rows) < 0) {
                int at = next[row];
                next[row] = at + to - from;
                if (at > limit - (to - from)) {
                    throw changed();
                }
                copy(entries, from, to - from, into, at);
            }
            from = to;
        }
    }

    private void copy(TileEntries entries, int from, int count, CsrBlock into, int at) {
        System.arraycopy(entries.columns, from, into.genes(), at, count);
        if (into.values().type().bytes() == Long.BYTES) {
            System.arraycopy(entries.values.eight(), from, into.values().eight(), at, count);
        } else {
            System.arraycopy(entries.values.four(), from, into.values().four(), at, count);
        }
        if (loader.timed()) {
            System.arraycopy(entries.times, from, times, at, count);
        }
    }

    private RuntimeException changed() {
        return layer.array().refusal("its rows hold other numbers of values than when they were counted");
    }

    private void keepOnly(long lastId) {
        Iterator<TileEntries> all = kept.iterator();
        while (all.hasNext()) {
            TileEntries entries = all.next();
            if (layer.stored().get(entries.fragment).fragment().last(entries.tile, 0) <= lastId) {
                all.remove();
                spare.push(entries);
            }
        }
        // What was kept is bounded; so are its buffers once they are spare.
        while (spare.size() > 1 + kept.size()) {
            spare.pollLast();
        }
    }

    @Override
    public void close() {
        loader.close();
        kept.clear();
        spare.clear();
    }
}
