package io.cellferry.cellucid.arithmetic;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/// numpy's quantile with linear interpolation between the two neighbours.
public final class LinearQuantile {

    private LinearQuantile() {}

    /// Fewer values are sorted instead: that costs less than counting their digits.
    private static final int FEW = 4096;

    /// The quantile `q` of `values[from]` up to but without `values[from + count]`, which are in any order and may be
    /// put in another.
    ///
    /// The step between the neighbours is taken in `precision`, the interpolation in double, and the result is
    /// rounded to `precision`, because it is then compared with values of that type.
    public static double of(double[] values, int from, int count, double q, Precision precision) {
        IntToDoubleFunction ascending = ascending(values, from, count);
        double position = (count - 1) * q;
        int below = (int) Math.floor(position);
        if (below >= count - 1) {
            return ascending.applyAsDouble(count - 1);
        }
        double weight = position - below;
        double a = ascending.applyAsDouble(below);
        double b = ascending.applyAsDouble(below + 1);
        double step = precision.round(b - a);
        return precision.round(weight >= 0.5 ? b - step * (1 - weight) : a + step * weight);
    }

    private static IntToDoubleFunction ascending(double[] values, int from, int count) {
        if (count < FEW) {
            Arrays.sort(values, from, from + count);
            return rank -> values[from + rank];
        }
        RankedValue ranked = new RankedValue();
        return rank -> ranked.of(values, from, count, rank);
    }
}
