package io.cellferry.cellucid.arithmetic;

/// numpy's quantile with linear interpolation between the two neighbours.
public final class LinearQuantile {

    private LinearQuantile() {}

    /// The quantile `q` of the ascending values `sorted[from]` up to but without `sorted[from + count]`.
    ///
    /// The step between the neighbours is taken in `precision`, the interpolation in double, and the result is
    /// rounded to `precision`, because it is then compared with values of that type.
    public static double of(double[] sorted, int from, int count, double q, Precision precision) {
        double position = (count - 1) * q;
        int below = (int) Math.floor(position);
        if (below >= count - 1) {
            return sorted[from + count - 1];
        }
        double weight = position - below;
        double a = sorted[from + below];
        double b = sorted[from + below + 1];
        double step = precision.round(b - a);
        return precision.round(weight >= 0.5 ? b - step * (1 - weight) : a + step * weight);
    }
}
