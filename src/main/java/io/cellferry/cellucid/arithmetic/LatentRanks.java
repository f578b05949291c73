package io.cellferry.cellucid.arithmetic;

import java.util.Arrays;

/// How unusual each cell is within its group: the share of members that are at most as far from the group's mean.
///
/// Cells without a group, and cells of groups with fewer than `minPoints` members, have not-a-number. Two passes over
/// the points; 16 bytes x cells for the time of the call, 4 bytes x cells for the result, which is the caller's.
/// The members of a group are sorted together with their cells: looking each cell's distance up in the sorted ones
/// would miss the processor's caches every time.
public final class LatentRanks {

    private LatentRanks() {}

    /// `points` are floats; so are their distances, then.
    public static float[] of(Points points, CellGroups groups, int minPoints) {
        if (points.precision() != Precision.SINGLE) {
            throw new IllegalArgumentException("ranks are taken of floats, found " + points.precision());
        }
        long[] members = members(points, groups);
        long[] room = new long[most(groups)];
        float[] ranks = new float[groups.cells()];
        Arrays.fill(ranks, Float.NaN);
        for (int group = 0; group < groups.groups(); group++) {
            int count = groups.members(group);
            if (count >= minPoints) {
                NumberedSort.sort(members, groups.start(group), count, room);
                rank(members, groups.start(group), count, ranks);
            }
        }
        return ranks;
    }

    /// Distance and cell of every member, group by group. The distances of all cells are let go of before the members
    /// are sorted.
    private static long[] members(Points points, CellGroups groups) {
        Distances distances = Distances.of(points, groups, GroupMeans.of(points, groups, cell -> true));
        return groups.gathered(cell -> NumberedSort.numbered((float) distances.of(cell), cell));
    }

    private static int most(CellGroups groups) {
        int most = 0;
        for (int group = 0; group < groups.groups(); group++) {
            most = Math.max(most, groups.members(group));
        }
        return most;
    }

    /// Equal distances get the rank of the last of them. A distance that is no number is at least as great as none.
    private static void rank(long[] members, int from, int count, float[] ranks) {
        int end = from + count;
        for (int first = from; first < end; ) {
            float distance = NumberedSort.value(members[first]);
            int next = first + 1;
            while (next < end && NumberedSort.value(members[next]) == distance) {
                next++;
            }
            int atMost = Float.isNaN(distance) ? 0 : next - from;
            float rank = (float) atMost / (float) count;
            for (; first < next; first++) {
                ranks[NumberedSort.number(members[first])] = rank;
            }
        }
    }
}
