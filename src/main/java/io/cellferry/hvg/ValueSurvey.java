package io.cellferry.hvg;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.matrix.CsrBlock;
import java.util.Optional;

/// What kind of numbers were seen: enough to tell counts from log-normalised values.
///
/// `values` counts stored values, `fractions` those that are not whole, `negatives` those below zero. Cheap to make
/// from the first block of a matrix (8 bytes for each of its values while it looks), so that a wrong choice is
/// refused before hours of reading.
public record ValueSurvey(long values, long fractions, long negatives, double largest) {

    /// e to this power is far beyond any depth-normalised count, so larger values were never logged.
    private static final double LARGEST_LOG = 50;

    static final ValueSurvey NOTHING = new ValueSurvey(0, 0, 0, 0);

    /// Of the values of `block`, whose rows may be cells or genes; those that are not finite are refused. `matrix`
    /// names file and matrix in messages.
    public static ValueSurvey of(CsrBlock block, String matrix) {
        double[] stored = new double[block.storedValues()];
        StoredRow.decode(block.values(), 0, stored.length, stored);
        long missing = 0;
        long fractions = 0;
        long negatives = 0;
        double largest = 0;
        for (double value : stored) {
            missing += Double.isFinite(value) ? 0 : 1;
            fractions += value == Math.rint(value) ? 0 : 1;
            negatives += value < 0 ? 1 : 0;
            largest = Math.max(largest, value);
        }
        if (missing > 0) {
            throw new InputRefused(
                    "%s: expected finite values, found %,d of the first %,d missing or infinite."
                            .formatted(matrix, missing, stored.length),
                    StoredRow.NOT_FINITE);
        }
        return new ValueSurvey(stored.length, fractions, negatives, largest);
    }

    public ValueSurvey and(ValueSurvey other) {
        return new ValueSurvey(
                values + other.values,
                fractions + other.fractions,
                negatives + other.negatives,
                Math.max(largest, other.largest));
    }

    /// Why these values cannot be what `settings` needs, if so. `where` names the matrix.
    public Optional<Problem> problem(HvgSettings settings, String where) {
        if (!settings.checkValues() || values == 0) {
            return Optional.empty();
        }
        String flavor = settings.flavor().word();
        boolean scaling = !(settings.depth() instanceof Depth.AsStored);
        if (settings.flavor().wantsCounts() || scaling) {
            return fractions == 0 && negatives == 0
                    ? Optional.empty()
                    : Optional.of(Problem.refusal(
                            "hvg.values.fractional",
                            where,
                            "%s expects counts, found %,d of %,d values that are no whole numbers of 0 or more."
                                    .formatted(scaling ? "log-normalising" : flavor, fractions + negatives, values),
                            "Name the matrix that holds the counts, such as layers/counts or raw/X; for log-normalised"
                                    + (scaling
                                            ? " data leave --log-normalize out;"
                                            : " data choose seurat or cell_ranger;")
                                    + " for estimated counts say --any-values."));
        }
        if (negatives > 0) {
            return Optional.of(Problem.refusal(
                    "hvg.values.negative",
                    where,
                    "%s expects log-normalised values, found %,d of %,d values below zero."
                            .formatted(flavor, negatives, values),
                    "The matrix looks scaled or corrected. Name the one with log-normalised values."));
        }
        if (fractions == 0 || largest > LARGEST_LOG) {
            return Optional.of(Problem.refusal(
                    "hvg.values.unlogged",
                    where,
                    "%s expects log-normalised values, found %s."
                            .formatted(
                                    flavor,
                                    fractions == 0
                                            ? "whole numbers only (up to %s)".formatted(largest)
                                            : "values up to %s, too large for logarithms".formatted(largest)),
                    "Have counts log-normalised on the fly (--log-normalize), choose seurat_v3, which works on counts,"
                            + " or name the matrix with log-normalised values."));
        }
        return Optional.empty();
    }

    void refuse(HvgSettings settings, String where) {
        problem(settings, where).ifPresent(problem -> {
            throw new InputRefused(problem.where() + ": " + problem.found(), problem.remedy());
        });
    }
}
