package io.cellferry.cellucid.arithmetic;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// The mean point of every group, added up as numpy does for `points[members].mean(axis=0)`.
///
/// With two and more columns numpy adds row by row; with a single one it adds pairwise, which needs a group's values
/// side by side: then 16 bytes x cells are held for the time of the call. Otherwise 8 bytes x groups x columns.
public final class GroupMeans {

    private final int columns;
    private final double[] means;
    private final int[] used;

    private GroupMeans(int columns, double[] means, int[] used) {
        this.columns = columns;
        this.means = means;
        this.used = used;
    }

    /// The means over the members that `kept` accepts. A group without such members has no meaningful mean.
    public static GroupMeans of(Points points, CellGroups groups, IntPredicate kept) {
        return points.columns() == 1 ? pairwise(points, groups, kept) : sequential(points, groups, kept);
    }

    /// How many members the mean of `group` was taken over.
    public int used(int group) {
        return used[group];
    }

    /// Writes the squares of the steps from the mean of `group` to the point at `from` of `rows` to `squares`.
    void squares(int group, double[] rows, int from, Precision precision, double[] squares) {
        precision.squares(rows, from, means, group * columns, columns, squares);
    }

    public double[] mean(int group) {
        return Arrays.copyOfRange(means, group * columns, (group + 1) * columns);
    }

    private static GroupMeans sequential(Points points, CellGroups groups, IntPredicate kept) {
        int columns = points.columns();
        Precision precision = points.precision();
        double[] sums = new double[Math.multiplyExact(groups.groups(), columns)];
        int[] used = new int[groups.groups()];
        points.visit((firstCell, cells, rows) -> {
            for (int i = 0; i < cells; i++) {
                int group = groups.of(firstCell + i);
                if (group < 0 || !kept.test(firstCell + i)) {
                    continue;
                }
                used[group]++;
                precision.add(rows, i * columns, sums, group * columns, columns);
            }
        });
        return divided(columns, sums, used, precision);
    }

    private static GroupMeans pairwise(Points points, CellGroups groups, IntPredicate kept) {
        double[] column = new double[points.cells()];
        points.visit((firstCell, cells, rows) -> System.arraycopy(rows, 0, column, firstCell, cells));
        int[] used = new int[groups.groups()];
        double[] together = new double[points.cells()];
        int[] next = new int[groups.groups()];
        for (int cell = 0; cell < column.length; cell++) {
            int group = groups.of(cell);
            if (group >= 0 && kept.test(cell)) {
                together[groups.start(group) + next[group]++] = column[cell];
                used[group]++;
            }
        }
        double[] sums = new double[groups.groups()];
        for (int group = 0; group < sums.length; group++) {
            sums[group] = PairwiseSum.of(together, groups.start(group), used[group], points.precision());
        }
        return divided(1, sums, used, points.precision());
    }

    private static GroupMeans divided(int columns, double[] sums, int[] used, Precision precision) {
        for (int at = 0; at < sums.length; at++) {
            sums[at] = precision.round(sums[at] / precision.round(used[at / columns]));
        }
        return new GroupMeans(columns, sums, used);
    }
}
