package io.cellferry.cellucid.arithmetic;

/// The floating-point type a computation is carried out in.
///
/// Everything is computed in double and rounded after each operation. For one addition, subtraction, multiplication,
/// division or square root of floats that gives exactly the float result: double has more than twice the digits, so
/// rounding twice is the same as rounding once.
public enum Precision {
    SINGLE,
    DOUBLE;

    /// The result of one operation, rounded to this type.
    public double round(double result) {
        return this == SINGLE ? (float) result : result;
    }

    /// Adds `count` values from place `from` on to the sums from place `at` on.
    void add(double[] values, int from, double[] sums, int at, int count) {
        if (this == SINGLE) {
            for (int i = 0; i < count; i++) {
                sums[at + i] = (float) (sums[at + i] + values[from + i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                sums[at + i] += values[from + i];
            }
        }
    }

    /// Writes the squares of the steps from `means` to `values`, `count` of each, to the start of `squares`.
    void squares(double[] values, int from, double[] means, int at, int count, double[] squares) {
        if (this == SINGLE) {
            for (int i = 0; i < count; i++) {
                double step = (float) (values[from + i] - means[at + i]);
                squares[i] = (float) (step * step);
            }
        } else {
            for (int i = 0; i < count; i++) {
                double step = values[from + i] - means[at + i];
                squares[i] = step * step;
            }
        }
    }
}
