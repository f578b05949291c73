package io.cellferry.cellucid.arithmetic;

/// How far every cell is from the mean of its group.
///
/// Holds 8 bytes x cells; cells without a group have not-a-number.
public final class Distances {

    private final CellGroups groups;
    private final double[] perCell;

    private Distances(CellGroups groups, double[] perCell) {
        this.groups = groups;
        this.perCell = perCell;
    }

    public static Distances of(Points points, CellGroups groups, GroupMeans means) {
        double[] perCell = new double[points.cells()];
        int columns = points.columns();
        Precision precision = points.precision();
        double[] squares = new double[columns];
        points.visit((firstCell, cells, rows) -> {
            for (int i = 0; i < cells; i++) {
                int group = groups.of(firstCell + i);
                if (group < 0) {
                    perCell[firstCell + i] = Double.NaN;
                    continue;
                }
                means.squares(group, rows, i * columns, precision, squares);
                double sum = PairwiseSum.of(squares, 0, columns, precision);
                perCell[firstCell + i] = precision.round(Math.sqrt(sum));
            }
        });
        return new Distances(groups, perCell);
    }

    public double of(int cell) {
        return perCell[cell];
    }

    /// The distances group by group; 8 bytes x cells, the caller's.
    double[] byGroup() {
        return groups.gathered(perCell);
    }
}
