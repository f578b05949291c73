package io.cellferry.hvg.loess;

import java.util.Arrays;
import java.util.Optional;

/// Local quadratic regression of y on x as R's and scikit-misc's `loess` do it with `degree = 2` and their defaults.
///
/// Written from the method of Cleveland, Devlin and Grosse because no library for the JVM has it: the lowess of
/// commons-math and Hipparchus is of degree 1 and robust, others expect evenly spaced x, and fitting at every point
/// instead of interpolating moves fitted variances by up to 3 %, which changes the genes chosen.
///
/// The range of x is cut into cells ([Vertices]); at every border between cells a weighted quadratic is fitted to the
/// nearest points ([LocalQuadratic]); between two borders the curve is the cubic with their values and slopes. Where
/// a local fit is nearly singular the pseudo-inverse is used, as R does; scikit-misc gives up there.
///
/// Holds a sorted copy of x and y: 36 bytes a point while it fits.
public final class Loess {

    /// Cells hold at most this share of the points of a neighbourhood.
    private static final double CELL = 0.2;

    private static final int DEGREE = 2;

    private Loess() {}

    /// The fitted value at every x, in the order given; empty where there is no fit: fewer points in a neighbourhood
    /// than a quadratic needs, or a neighbourhood whose points all share one x. `span` is the share of points in a
    /// neighbourhood.
    public static Optional<double[]> fit(double[] x, double[] y, double span) {
        int points = x.length;
        int neighbours = Math.min(points, (int) Math.floor(points * span + 1e-5));
        if (DEGREE + 1 > neighbours - 1) {
            return Optional.empty();
        }
        int[] order = ascending(x);
        double[] sortedX = new double[points];
        double[] sortedY = new double[points];
        for (int i = 0; i < points; i++) {
            sortedX[i] = x[order[i]];
            sortedY[i] = y[order[i]];
        }
        double[] vertices = Vertices.of(sortedX, (int) Math.floor(points * (span * CELL)));
        double[] values = new double[vertices.length];
        double[] slopes = new double[vertices.length];
        var quadratic = new LocalQuadratic(sortedX, sortedY, neighbours);
        for (int i = 0; i < vertices.length; i++) {
            if (!quadratic.fit(vertices[i])) {
                return Optional.empty();
            }
            values[i] = quadratic.value();
            slopes[i] = quadratic.slope();
        }
        double[] fitted = new double[points];
        int right = 1;
        for (int i = 0; i < points; i++) {
            while (right < vertices.length - 1 && vertices[right] < sortedX[i]) {
                right++;
            }
            fitted[order[i]] = between(sortedX[i], right - 1, vertices, values, slopes);
        }
        return Optional.of(fitted);
    }

    private static double between(double x, int left, double[] vertices, double[] values, double[] slopes) {
        double width = vertices[left + 1] - vertices[left];
        double h = (x - vertices[left]) / width;
        double rest = 1 - h;
        double leftValue = rest * rest * (1 + 2 * h);
        double rightValue = h * h * (3 - 2 * h);
        double leftSlope = h * rest * rest;
        double rightSlope = h * h * (h - 1);
        return leftValue * values[left]
                + rightValue * values[left + 1]
                + (leftSlope * slopes[left] + rightSlope * slopes[left + 1]) * width;
    }

    /// Positions of x from small to large, equal ones in the order given.
    private static int[] ascending(double[] x) {
        Integer[] positions = new Integer[x.length];
        Arrays.setAll(positions, i -> i);
        Arrays.sort(positions, (left, right) -> Double.compare(x[left], x[right]));
        int[] order = new int[x.length];
        Arrays.setAll(order, i -> positions[i]);
        return order;
    }
}
