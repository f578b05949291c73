package io.cellferry.hvg;

import io.cellferry.hvg.loess.Loess;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// The `seurat_v3` scores of one batch.
///
/// A loess of log10 variance on log10 mean says which deviation a gene of that mean is expected to have; counts more
/// than sqrt(cells) expected deviations above the mean are cut off there; the score is the mean squared distance from
/// the mean in expected deviations. 16 bytes x genes besides the sums.
final class BatchVariance {

    private final GeneSums sums;
    private final double[] means;
    private final double[] deviations;

    private BatchVariance(GeneSums sums, double[] means, double[] deviations) {
        this.sums = sums;
        this.means = means;
        this.deviations = deviations;
    }

    /// Empty when too few genes vary, or too many share one mean, for any fit.
    static Optional<BatchVariance> of(GeneSums sums, double span) {
        int genes = sums.genes();
        double[] means = new double[genes];
        double[] variances = new double[genes];
        Arrays.setAll(means, sums::mean);
        Arrays.setAll(variances, sums::variance);
        int[] varying =
                IntStream.range(0, genes).filter(gene -> variances[gene] > 0).toArray();
        double[] x = Arrays.stream(varying)
                .mapToDouble(gene -> StrictMath.log10(means[gene]))
                .toArray();
        double[] y = Arrays.stream(varying)
                .mapToDouble(gene -> StrictMath.log10(variances[gene]))
                .toArray();
        return Loess.fit(x, y, span).map(fitted -> {
            double[] deviations = variances;
            Arrays.fill(deviations, 1);
            for (int i = 0; i < varying.length; i++) {
                deviations[varying[i]] = StrictMath.sqrt(StrictMath.pow(10, fitted[i]));
            }
            return new BatchVariance(sums, means, deviations);
        });
    }

    /// The largest value that counts in full.
    double limit(int gene) {
        return deviations[gene] * Math.sqrt(sums.cells()) + means[gene];
    }

    /// The genes whose clipped sums do not follow from what the first pass kept, ascending. With whole counts those
    /// of which more counts than were kept may lie above the limit; else all that have any value.
    ClipLimits.OfBatch unknown(Optional<Tails> tails) {
        int[] genes = IntStream.range(0, means.length)
                .filter(gene -> sums.counted(gene) > 0 && !(sums.whole() && known(gene, tails)))
                .toArray();
        return new ClipLimits.OfBatch(
                genes, Arrays.stream(genes).mapToDouble(this::limit).toArray());
    }

    /// A limit below 1 leaves no whole count, whatever was kept, and a gene that does not vary is never cut off.
    private boolean known(int gene, Optional<Tails> tails) {
        double limit = limit(gene);
        return limit < 1 || (tails.isPresent() ? !tails.get().mayMiss(gene, limit) : !(sums.variance(gene) > 0));
    }

    /// The score of every gene. `clipped` are the sums of the second pass for the genes of `limits`, in their order.
    double[] scores(Optional<Tails> tails, ClipLimits.OfBatch limits, Optional<GeneSums> clipped) {
        double[] scores = new double[means.length];
        int[] above = new int[tails.map(Tails::kept).orElse(0)];
        int place = 0;
        for (int gene = 0; gene < scores.length; gene++) {
            if (place < limits.genes().length && limits.genes()[place] == gene) {
                GeneSums passed = clipped.orElseThrow(() -> new IllegalStateException("a second pass is due"));
                scores[gene] = score(gene, passed, place, passed.counted(place));
                place++;
                continue;
            }
            scores[gene] = scoreOfKept(gene, tails, above);
        }
        return scores;
    }

    /// The score of a gene whose largest counts are known. `above` is room for them.
    private double scoreOfKept(int gene, Optional<Tails> tails, int[] above) {
        double limit = limit(gene);
        if (sums.whole() && limit < 1) {
            return score(gene, new GeneSums(SumKind.WHOLE, 1), 0, sums.counted(gene));
        }
        int cut = tails.isPresent() ? tails.get().above(gene, limit, above) : 0;
        if (cut == 0) {
            return score(gene, sums, gene, 0);
        }
        GeneSums rest = sums.only(gene);
        rest.takeOut(0, above, 0, cut);
        return score(gene, rest, 0, cut);
    }

    private double score(int gene, GeneSums upToLimit, int place, int cut) {
        double cells = sums.cells();
        double mean = means[gene];
        double limit = limit(gene);
        double sum = upToLimit.sum(place) + cut * limit;
        double squares = upToLimit.squares(place) + cut * (limit * limit);
        double deviation = deviations[gene];
        return (cells * (mean * mean) + squares - 2 * mean * sum) / ((cells - 1) * (deviation * deviation));
    }
}
