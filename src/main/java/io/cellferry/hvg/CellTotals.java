package io.cellferry.hvg;

import java.util.Arrays;

/// How many cells have which total, over all stored values of a cell.
///
/// An open-addressing table from the bits of a total to a number of cells, 12 bytes a place, at most half of them
/// taken: [#bytes]. Bounded by the distinct totals, for counts some ten thousand, which
/// [HvgSelection#refuseTooManyTotals] limits.
final class CellTotals {

    private static final int FIRST_PLACES = 1024;

    /// What a table of so many distinct totals takes at most, with the smaller one it grows out of.
    static long bytes(long distinct) {
        return Math.max(FIRST_PLACES, 6 * distinct) * (Long.BYTES + Integer.BYTES);
    }

    private long[] keys = new long[FIRST_PLACES];
    private int[] cells = new int[FIRST_PLACES];
    private int distinct;

    void add(double total) {
        add(total, 1);
    }

    void add(double total, int count) {
        if (2 * (distinct + 1) > keys.length) {
            grow();
        }
        put(Double.doubleToRawLongBits(total + 0.0), count);
    }

    void merge(CellTotals other) {
        for (int i = 0; i < other.keys.length; i++) {
            if (other.cells[i] > 0) {
                add(Double.longBitsToDouble(other.keys[i]), other.cells[i]);
            }
        }
    }

    int distinct() {
        return distinct;
    }

    /// The distinct totals from small to large.
    double[] sorted() {
        double[] totals = new double[distinct];
        int at = 0;
        for (int i = 0; i < keys.length; i++) {
            if (cells[i] > 0) {
                totals[at++] = Double.longBitsToDouble(keys[i]);
            }
        }
        Arrays.sort(totals);
        return totals;
    }

    /// Cells with this total.
    int cells(double total) {
        return cells[place(Double.doubleToRawLongBits(total + 0.0))];
    }

    /// The median total of cells whose total is above 0, the mean of the two middle ones where there are two; 0 when
    /// no cell has any.
    double medianAboveZero() {
        double[] totals = sorted();
        long counted = 0;
        for (double total : totals) {
            counted += total > 0 ? cells(total) : 0;
        }
        if (counted == 0) {
            return 0;
        }
        return (atRank(totals, (counted - 1) / 2) + atRank(totals, counted / 2)) / 2;
    }

    private double atRank(double[] totals, long rank) {
        long before = 0;
        for (double total : totals) {
            before += total > 0 ? cells(total) : 0;
            if (before > rank) {
                return total;
            }
        }
        throw new IllegalStateException("fewer than %,d cells have a total".formatted(rank));
    }

    private void put(long key, int count) {
        int place = place(key);
        if (cells[place] == 0) {
            keys[place] = key;
            distinct++;
        }
        cells[place] = Math.addExact(cells[place], count);
    }

    private int place(long key) {
        long mixed = (key ^ (key >>> 32)) * 0x9E3779B97F4A7C15L;
        int place = (int) (mixed >>> 33) & (keys.length - 1);
        while (cells[place] != 0 && keys[place] != key) {
            place = (place + 1) & (keys.length - 1);
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCells = cells;
        keys = new long[Math.multiplyExact(oldKeys.length, 2)];
        cells = new int[keys.length];
        distinct = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCells[i] > 0) {
                put(oldKeys[i], oldCells[i]);
            }
        }
    }
}
