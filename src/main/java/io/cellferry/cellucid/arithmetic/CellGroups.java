package io.cellferry.cellucid.arithmetic;

import java.util.function.IntToLongFunction;

/// Which cells belong together: one group per category, cells without a category in none.
///
/// `codes` is lent by the caller and holds a group or -1 per cell. Besides it two ints per group are held, and
/// [#gathered] makes one array of 8 bytes x cells that belongs to its caller.
public final class CellGroups {

    private final int[] codes;
    private final int[] starts;

    public CellGroups(int[] codes, int groups) {
        this.codes = codes;
        this.starts = new int[groups + 1];
        for (int code : codes) {
            if (code >= 0) {
                starts[code + 1]++;
            }
        }
        for (int group = 0; group < groups; group++) {
            starts[group + 1] += starts[group];
        }
    }

    public int groups() {
        return starts.length - 1;
    }

    public int cells() {
        return codes.length;
    }

    /// The group of `cell`, or -1.
    public int of(int cell) {
        return codes[cell];
    }

    /// Where the members of `group` start in an array made by [#gathered].
    public int start(int group) {
        return starts[group];
    }

    public int members(int group) {
        return starts[group + 1] - starts[group];
    }

    /// What `perCell` says of each cell, reordered so that the members of a group lie together in cell order; 8 bytes x
    /// cells, the caller's.
    long[] gathered(IntToLongFunction perCell) {
        long[] gathered = new long[starts[groups()]];
        int[] next = starts.clone();
        for (int cell = 0; cell < codes.length; cell++) {
            int group = codes[cell];
            if (group >= 0) {
                gathered[next[group]++] = perCell.applyAsLong(cell);
            }
        }
        return gathered;
    }

    /// One value per cell, reordered so that the members of a group lie together in cell order.
    public double[] gathered(double[] perCell) {
        double[] gathered = new double[starts[groups()]];
        int[] next = starts.clone();
        for (int cell = 0; cell < codes.length; cell++) {
            int group = codes[cell];
            if (group >= 0) {
                gathered[next[group]++] = perCell[cell];
            }
        }
        return gathered;
    }
}
