package io.cellferry.cellucid.arithmetic;

import java.util.ArrayList;
import java.util.List;

/// Where a viewer writes the label of each group: the mean of its members without the outermost.
///
/// One pass of trimming: members further from the mean than the given quantile of distances are left out, unless too
/// few would remain. Three passes over the points; 24 bytes x cells at most.
public final class Centroids {

    /// `used` is the number of members the position was taken over.
    public record Centroid(int group, double[] position, int used) {}

    private Centroids() {}

    /// The centroids of all groups with at least `minPoints` members, in order of group.
    public static List<Centroid> of(Points points, CellGroups groups, double quantile, int minPoints) {
        GroupMeans all = GroupMeans.of(points, groups, cell -> true);
        Distances distances = Distances.of(points, groups, all);
        double[] limits = limits(distances, groups, quantile, minPoints, points.precision());
        GroupMeans inner = GroupMeans.of(points, groups, cell -> distances.of(cell) <= limits[groups.of(cell)]);
        List<Centroid> centroids = new ArrayList<>();
        for (int group = 0; group < groups.groups(); group++) {
            int members = groups.members(group);
            if (members < minPoints) {
                continue;
            }
            boolean trimmed = members > minPoints && inner.used(group) >= minPoints;
            GroupMeans chosen = trimmed ? inner : all;
            centroids.add(new Centroid(group, chosen.mean(group), chosen.used(group)));
        }
        return centroids;
    }

    private static double[] limits(
            Distances distances, CellGroups groups, double quantile, int minPoints, Precision precision) {
        double[] together = distances.byGroup();
        double[] limits = new double[groups.groups()];
        for (int group = 0; group < limits.length; group++) {
            int members = groups.members(group);
            if (members > minPoints) {
                limits[group] = LinearQuantile.of(together, groups.start(group), members, quantile, precision);
            }
        }
        return limits;
    }
}
