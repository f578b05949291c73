package io.cellferry.hvg.loess;

/// Tricube-weighted least squares of a quadratic around one place.
///
/// Reusable; the work arrays hold one neighbourhood, 32 bytes a point.
final class LocalQuadratic {

    private static final int TERMS = 3;

    private final double[] x;
    private final double[] y;
    private final int neighbours;
    private final double[][] columns;
    private final double[] target;
    private final double[] result = new double[TERMS];

    LocalQuadratic(double[] sortedX, double[] sortedY, int neighbours) {
        this.x = sortedX;
        this.y = sortedY;
        this.neighbours = neighbours;
        this.columns = new double[TERMS][neighbours];
        this.target = new double[neighbours];
    }

    /// Fits around `place`; false when the nearest points all share one x or none has any weight.
    boolean fit(double place) {
        int from = nearest(place);
        double reach = 0;
        for (int i = 0; i < neighbours; i++) {
            double distance = x[from + i] - place;
            reach = Math.max(reach, distance * distance);
        }
        if (!(reach > 0)) {
            return false;
        }
        boolean weighted = false;
        for (int i = 0; i < neighbours; i++) {
            double distance = x[from + i] - place;
            double share = Math.sqrt(distance * distance / reach);
            double bell = 1 - share * share * share;
            double weight = Math.sqrt(bell * bell * bell);
            weighted |= weight > 0;
            columns[0][i] = weight;
            columns[1][i] = weight * distance;
            columns[2][i] = weight * (distance * distance);
            target[i] = weight * y[from + i];
        }
        if (!weighted) {
            return false;
        }
        double[] norms = new double[TERMS];
        for (int term = 0; term < TERMS; term++) {
            double norm = Math.sqrt(dot(columns[term], columns[term], 0));
            norms[term] = norm == 0 ? 1 : norm;
            for (int i = 0; i < neighbours; i++) {
                columns[term][i] /= norms[term];
            }
        }
        double[] projected = triangle();
        double[] solution = PseudoInverse.solve(upper(), projected);
        for (int term = 0; term < TERMS; term++) {
            result[term] = solution[term] / norms[term];
        }
        return true;
    }

    double value() {
        return result[0];
    }

    double slope() {
        return result[1];
    }

    /// Where the window of nearest points starts: they lie side by side because x ascends.
    private int nearest(double place) {
        int low = 0;
        int high = x.length - neighbours;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (place - x[middle] > x[middle + neighbours] - place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Householder reflections turn the columns into an upper triangle, in place; returns the target seen from there.
    private double[] triangle() {
        for (int term = 0; term < TERMS; term++) {
            double[] column = columns[term];
            double norm = Math.sqrt(dot(column, column, term));
            if (norm == 0) {
                continue;
            }
            double diagonal = column[term] > 0 ? -norm : norm;
            double head = column[term] - diagonal;
            double scale = -diagonal * head;
            column[term] = head;
            for (int other = term + 1; other < TERMS; other++) {
                reflect(column, scale, columns[other], term);
            }
            reflect(column, scale, target, term);
            column[term] = diagonal;
        }
        return new double[] {target[0], target[1], target[2]};
    }

    private void reflect(double[] column, double scale, double[] other, int from) {
        double share = dot(column, other, from) / scale;
        for (int i = from; i < neighbours; i++) {
            other[i] -= share * column[i];
        }
    }

    private double[][] upper() {
        return new double[][] {
            {columns[0][0], columns[1][0], columns[2][0]},
            {0, columns[1][1], columns[2][1]},
            {0, 0, columns[2][2]}
        };
    }

    private double dot(double[] left, double[] right, int from) {
        double sum = 0;
        for (int i = from; i < neighbours; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
