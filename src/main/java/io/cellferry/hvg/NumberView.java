package io.cellferry.hvg;

import io.cellferry.matrix.ValueType;
import java.util.Optional;
import java.util.OptionalDouble;

/// Turns the stored values of a row into the values and squares a flavour sums, reproducing the roundings of scanpy.
///
/// scanpy squares in the type of storage and adds in double: a float32 matrix has squares rounded to float32, which
/// moves variances by 1e-7. Reusable; 16 bytes for every value of the longest row seen, and 16 KiB of remembered
/// steps: most values of a cell stand for the same few counts, and a logarithm or exponential costs more than all the
/// rest.
final class NumberView {

    private static final int REMEMBERED_BITS = 10;

    /// What happens to one value before it is summed.
    @FunctionalInterface
    interface Step {
        double apply(double value);
    }

    private final Optional<Step> step;
    private final boolean squaresInFloat;
    private final OptionalDouble scaledTotal;
    // Every step takes 0 to 0, so an empty entry is a right one.
    private final long[] remembered = new long[1 << REMEMBERED_BITS];
    private final double[] results = new double[1 << REMEMBERED_BITS];
    private double[] values = new double[0];
    private double[] squares = new double[0];

    private NumberView(Optional<Step> step, boolean squaresInFloat, OptionalDouble scaledTotal) {
        this.step = step;
        this.squaresInFloat = squaresInFloat;
        this.scaledTotal = scaledTotal;
    }

    /// The view that `settings` demand of a matrix with values of `type`.
    static NumberView of(HvgSettings settings, ValueType type) {
        boolean inFloat = type == ValueType.FLOAT32;
        return switch (settings.depth()) {
            case Depth.AsStored stored ->
                settings.flavor() == Flavor.SEURAT
                        ? new NumberView(
                                Optional.of(unlogged(settings.logBase(), inFloat)), inFloat, OptionalDouble.empty())
                        : new NumberView(Optional.empty(), inFloat, OptionalDouble.empty());
            case Depth.Total scaled ->
                new NumberView(
                        settings.flavor() == Flavor.SEURAT ? Optional.empty() : Optional.of(StrictMath::log1p),
                        false,
                        OptionalDouble.of(scaled.total()));
            case Depth.MedianTotal median ->
                throw new IllegalStateException("the median total is not known yet: settings.withTotal() is due");
        };
    }

    /// A view with another way to take back logarithms of float32 values.
    static NumberView ofFloats(Step unlogged) {
        return new NumberView(Optional.of(unlogged), true, OptionalDouble.empty());
    }

    /// expm1 in the type of storage, rounded correctly. numpy's own differs by one rounding in 0.5 % (AVX-512) to 10
    /// % (elsewhere) of float32 values, so scanpy's `seurat` scores differ between machines by up to 1e-7; these do
    /// not.
    static Step unlogged(OptionalDouble base, boolean inFloat) {
        double factor = base.isPresent() ? StrictMath.log(base.getAsDouble()) : 1;
        return inFloat
                ? value -> (float) StrictMath.expm1((float) (value * factor))
                : value -> StrictMath.expm1(value * factor);
    }

    /// Prepares [#values] and [#squares] for the first `stored` of `numbers`, which are a whole row.
    void show(double[] numbers, int stored) {
        if (values.length < stored) {
            values = new double[stored];
            squares = new double[stored];
        }
        double factor = 1;
        if (scaledTotal.isPresent()) {
            double total = StoredRow.total(numbers, stored);
            factor = total > 0 ? scaledTotal.getAsDouble() / total : 1;
        }
        for (int i = 0; i < stored; i++) {
            values[i] = numbers[i] * factor;
        }
        if (step.isPresent()) {
            apply(step.get(), stored);
        }
        for (int i = 0; i < stored; i++) {
            float narrow = (float) values[i];
            squares[i] = squaresInFloat ? narrow * narrow : values[i] * values[i];
        }
    }

    private void apply(Step costly, int stored) {
        for (int i = 0; i < stored; i++) {
            long bits = Double.doubleToRawLongBits(values[i]);
            int place = (int) (bits * 0x9E3779B97F4A7C15L >>> Long.SIZE - REMEMBERED_BITS);
            if (remembered[place] != bits) {
                remembered[place] = bits;
                results[place] = costly.apply(values[i]);
            }
            values[i] = results[place];
        }
    }

    /// Lent until the next row.
    double[] values() {
        return values;
    }

    /// Lent until the next row.
    double[] squares() {
        return squares;
    }
}
