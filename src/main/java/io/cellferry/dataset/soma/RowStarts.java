package io.cellferry.dataset.soma;

import io.cellferry.dataset.soma.SparseLayer.StoredEntries;
import io.cellferry.dataset.tiledb.ColumnReader;
import io.cellferry.dataset.tiledb.Fragment;
import io.cellferry.matrix.CellRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Where each row of a sparse layer would start if it were stored row by row, counting replaced values too.
///
/// The format keeps no such list: it is made by reading the places of all values once, which compress well. 8 bytes
/// a row.
final class RowStarts {

    private final long[] starts;
    private final boolean mayRepeat;

    private RowStarts(long[] starts, boolean mayRepeat) {
        this.starts = starts;
        this.mayRepeat = mayRepeat;
    }

    static RowStarts count(SparseLayer layer) {
        long[] starts = new long[layer.rows().count() + 1];
        try (ColumnReader reader = new ColumnReader(layer.array().folder())) {
            int[] cells = new int[0];
            for (StoredEntries entries : layer.stored()) {
                Places places = Places.ofRows(layer, entries);
                for (int tile = 0; tile < entries.fragment().tiles(); tile++) {
                    int count = entries.fragment().cells(tile);
                    cells = cells.length < count ? new int[count] : cells;
                    places.read(reader, tile, cells);
                    for (int i = 0; i < count; i++) {
                        starts[cells[i] + 1]++;
                    }
                }
            }
        }
        for (int row = 1; row < starts.length; row++) {
            starts[row] += starts[row - 1];
        }
        return new RowStarts(starts, overlap(layer.array().fragments()));
    }

    /// Whether two fragments have rows in common, or one holds the result of several writes.
    static boolean overlap(List<Fragment> fragments) {
        List<long[]> ranges = new ArrayList<>();
        for (Fragment fragment : fragments) {
            if (fragment.stamped()) {
                return true;
            }
            long first = Long.MAX_VALUE;
            long last = Long.MIN_VALUE;
            for (int tile = 0; tile < fragment.tiles(); tile++) {
                first = Math.min(first, fragment.first(tile, 0));
                last = Math.max(last, fragment.last(tile, 0));
            }
            ranges.add(new long[] {first, last});
        }
        ranges.sort(Comparator.comparingLong(range -> range[0]));
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.get(i)[0] <= ranges.get(i - 1)[1]) {
                return true;
            }
        }
        return false;
    }

    boolean mayRepeat() {
        return mayRepeat;
    }

    long start(int row) {
        return starts[row];
    }

    long values(CellRange range) {
        return starts[range.to()] - starts[range.from()];
    }

    /// Cuts all rows into ranges as [io.cellferry.matrix.RowSource#blocks] promises.
    List<CellRange> blocks(long maxStoredValues, int maxCells) {
        if (maxStoredValues < 1 || maxCells < 1) {
            throw new IllegalArgumentException(
                    "a block needs room: maxStoredValues %d, maxCells %d".formatted(maxStoredValues, maxCells));
        }
        List<CellRange> blocks = new ArrayList<>();
        int rows = starts.length - 1;
        int from = 0;
        while (from < rows) {
            int to = from + 1;
            while (to < rows && to - from < maxCells && starts[to + 1] - starts[from] <= maxStoredValues) {
                to++;
            }
            blocks.add(new CellRange(from, to));
            from = to;
        }
        return blocks;
    }
}
