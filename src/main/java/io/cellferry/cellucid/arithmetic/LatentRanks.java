package io.cellferry.cellucid.arithmetic;

/// How unusual each cell is within its group: the share of members that are at most as far from the group's mean.
///
/// Cells without a group, and cells of groups with fewer than `minPoints` members, have not-a-number. Two passes over
/// the points; 16 bytes x cells for the time of the call, 4 bytes x cells for the result, which is the caller's.
public final class LatentRanks {

    private LatentRanks() {}

    public static float[] of(Points points, CellGroups groups, int minPoints) {
        Distances distances = Distances.of(points, groups, GroupMeans.of(points, groups, cell -> true));
        double[] sorted = distances.sortedByGroup();
        float[] ranks = new float[groups.cells()];
        for (int cell = 0; cell < ranks.length; cell++) {
            int group = groups.of(cell);
            if (group < 0 || groups.members(group) < minPoints) {
                ranks[cell] = Float.NaN;
                continue;
            }
            int members = groups.members(group);
            int atMost = atMost(sorted, groups.start(group), members, distances.of(cell));
            ranks[cell] = (float) atMost / (float) members;
        }
        return ranks;
    }

    /// How many of the ascending values are not greater than `limit`.
    private static int atMost(double[] sorted, int from, int count, double limit) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[from + middle] <= limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
