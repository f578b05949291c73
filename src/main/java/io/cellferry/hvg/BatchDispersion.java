package io.cellferry.hvg;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// The `seurat` and `cell_ranger` scores of one batch: dispersions compared with those of genes of similar mean.
///
/// Arrays have one entry per gene that was looked at: 24 bytes x genes.
record BatchDispersion(double[] means, double[] dispersions, double[] scores) {

    /// scanpy's stand-in for a mean of 0, which nothing can be divided by.
    private static final double TINY_MEAN = 1e-12;

    /// The third quartile of the standard normal: the median absolute deviation of a normal in deviations.
    private static final double MEDIAN_DEVIATION = 0.6744897501960817;

    /// Empty when there is no gene, or `cell_ranger` finds no distinct edges for its bins.
    static Optional<BatchDispersion> of(HvgSettings settings, double[] means, double[] variances) {
        if (means.length == 0) {
            return Optional.empty();
        }
        double[] shown = new double[means.length];
        double[] dispersions = new double[means.length];
        boolean logged = settings.flavor() == Flavor.SEURAT;
        for (int gene = 0; gene < means.length; gene++) {
            double mean = means[gene] == 0 ? TINY_MEAN : means[gene];
            double dispersion = variances[gene] / mean;
            shown[gene] = logged ? StrictMath.log1p(mean) : mean;
            if (logged) {
                dispersion = dispersion == 0 ? Double.NaN : StrictMath.log(dispersion);
            }
            dispersions[gene] = dispersion;
        }
        Optional<int[]> bins =
                logged ? Optional.of(MeanBins.equalWidth(shown, settings.bins())) : MeanBins.percentiles(shown);
        return bins.map(
                found -> new BatchDispersion(shown, dispersions, scores(logged, settings.bins(), dispersions, found)));
    }

    /// Whether each gene is taken; empty when a number is wanted and no gene has a score. With a number all genes as
    /// good as the last one are taken, so ties exceed it.
    Optional<boolean[]> taken(OptionalInt top, Cutoffs cutoffs) {
        boolean[] taken = new boolean[scores.length];
        if (top.isEmpty()) {
            for (int gene = 0; gene < taken.length; gene++) {
                taken[gene] = cutoffs.take(means[gene], scores[gene]);
            }
            return Optional.of(taken);
        }
        double[] known = Arrays.stream(scores)
                .filter(score -> !Double.isNaN(score))
                .sorted()
                .toArray();
        if (known.length == 0) {
            return Optional.empty();
        }
        double threshold = known[known.length - Math.min(top.getAsInt(), known.length)];
        for (int gene = 0; gene < taken.length; gene++) {
            taken[gene] = scores[gene] >= threshold;
        }
        return Optional.of(taken);
    }

    private static double[] scores(boolean averages, int count, double[] dispersions, int[] bins) {
        double[] scores = new double[dispersions.length];
        Arrays.fill(scores, Double.NaN);
        for (int bin = 0; bin < count; bin++) {
            int wanted = bin;
            int[] members = IntStream.range(0, bins.length)
                    .filter(gene -> bins[gene] == wanted)
                    .toArray();
            double[] known = Arrays.stream(members)
                    .mapToDouble(gene -> dispersions[gene])
                    .filter(dispersion -> !Double.isNaN(dispersion))
                    .toArray();
            if (known.length > 0) {
                Spread spread = averages ? Spread.average(known) : Spread.median(known);
                for (int gene : members) {
                    scores[gene] = (dispersions[gene] - spread.centre) / spread.width;
                }
            }
        }
        return scores;
    }

    private record Spread(double centre, double width) {

        /// Average and sample deviation; of a lone value 0 and the value itself, so that it scores 1. Taken relative
        /// to the first value: equal values then have a deviation of exactly 0.
        static Spread average(double[] values) {
            if (values.length == 1) {
                return new Spread(0, values[0]);
            }
            double first = values[0];
            double sum = 0;
            for (double value : values) {
                sum += value - first;
            }
            double centre = first + sum / values.length;
            double squares = 0;
            for (double value : values) {
                squares += (value - centre) * (value - centre);
            }
            return new Spread(centre, Math.sqrt(squares / (values.length - 1)));
        }

        static Spread median(double[] values) {
            double centre = middle(values);
            double[] distances =
                    Arrays.stream(values).map(value -> Math.abs(value - centre)).toArray();
            return new Spread(centre, middle(distances) / MEDIAN_DEVIATION);
        }

        private static double middle(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
    }
}
