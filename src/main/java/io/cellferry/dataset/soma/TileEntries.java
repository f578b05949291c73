package io.cellferry.dataset.soma;

import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;

/// The values of one tile with their positions. A reusable buffer of 12 or 16 bytes a value, 8 more where times
/// count.
///
/// A tile runs through several blocks of columns, so its rows come again and again. One that is asked for more than
/// once is sorted by row, and then every range of rows is one piece of it.
final class TileEntries {

    /// Sorting counts the values of each row between the first and the last; rows much emptier than this stay as
    /// they are.
    private static final int MOST_ROWS_PER_VALUE = 4;

    int fragment;
    int tile;
    int count;
    int[] rows = new int[0];
    int[] columns = new int[0];
    long[] times = new long[0];
    ValueBuffer values;
    private boolean byRow;

    TileEntries(ValueType type) {
        this.values = new ValueBuffer(type);
    }

    void reserve(int wanted, boolean timed) {
        if (rows.length < wanted) {
            rows = new int[wanted];
            columns = new int[wanted];
        }
        if (timed && times.length < wanted) {
            times = new long[wanted];
        }
        values.ensureCapacity(wanted);
        count = wanted;
        byRow = false;
    }

    long bytes() {
        return (long) rows.length * (2L * Integer.BYTES + values.type().bytes()) + (long) times.length * Long.BYTES;
    }

    /// The first entry that may belong to `row` or a later one.
    int from(int row) {
        if (!byRow) {
            return 0;
        }
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows[middle] < row) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The entry behind the last one that may belong to a row before `row`.
    int to(int row) {
        return byRow ? from(row) : count;
    }

    /// Sorts by row and keeps the order within each row, with the arrays of `other` as room; those go the other way.
    void sortByRow(TileEntries other) {
        int first = Integer.MAX_VALUE;
        int last = 0;
        for (int i = 0; i < count; i++) {
            first = Math.min(first, rows[i]);
            last = Math.max(last, rows[i]);
        }
        if (byRow || last - first > MOST_ROWS_PER_VALUE * (long) count) {
            return;
        }
        int[] next = new int[last - first + 2];
        for (int i = 0; i < count; i++) {
            next[rows[i] - first + 1]++;
        }
        for (int row = 1; row < next.length; row++) {
            next[row] += next[row - 1];
        }
        other.reserve(count, times.length > 0);
        for (int i = 0; i < count; i++) {
            int at = next[rows[i] - first]++;
            other.rows[at] = rows[i];
            other.columns[at] = columns[i];
            if (times.length > 0) {
                other.times[at] = times[i];
            }
            if (values.type().bytes() == Integer.BYTES) {
                other.values.four()[at] = values.four()[i];
            } else {
                other.values.eight()[at] = values.eight()[i];
            }
        }
        exchange(other);
        byRow = true;
    }

    private void exchange(TileEntries other) {
        int[] ownRows = rows;
        int[] ownColumns = columns;
        long[] ownTimes = times;
        ValueBuffer ownValues = values;
        rows = other.rows;
        columns = other.columns;
        times = other.times;
        values = other.values;
        other.rows = ownRows;
        other.columns = ownColumns;
        other.times = ownTimes;
        other.values = ownValues;
    }
}
