package io.cellferry.hvg;

import io.cellferry.matrix.GeneRange;

/// Pearson residuals of one batch: what a count is expected to be and by how much it may differ.
///
/// A gene with sum g is expected to have g s / T counts in a cell with total s, T being the sum over all genes; the
/// residual of a count x is (x - mu) / sqrt(mu + mu² / theta), clipped. Zeros count too, but a zero's residual
/// depends on the cell's total only, so they are added once per distinct total; a pass over the stored values then
/// adds by how much theirs differ from that of a zero. 8 bytes x genes.
final class ResidualModel {

    private final double[] shares;
    private final double theta;
    private final double clip;
    private final int cells;
    private final int sumPlaces;
    private final int squarePlaces;

    /// `total` is the sum of all counts.
    private ResidualModel(double[] shares, double total, double theta, double clip, int cells) {
        this.shares = shares;
        this.theta = theta;
        this.clip = clip;
        this.cells = cells;
        // No residual is farther from 0 than the root of the total: a count x is expected to be x² / total or more. A
        // clip far above that would leave no binary places for the residuals there are.
        double most = Math.min(clip, 1 + Math.sqrt(total));
        // A difference is at most 2 x most, of squares most²: their sums stay below 2^62 and each square too.
        this.sumPlaces = 61 - Math.getExponent(2 * most * cells);
        this.squarePlaces = 61 - Math.getExponent(most * most);
    }

    static ResidualModel of(GeneSums sums, double theta, double clip) {
        double total = 0;
        for (int gene = 0; gene < sums.genes(); gene++) {
            total += sums.sum(gene);
        }
        double[] shares = new double[sums.genes()];
        for (int gene = 0; gene < shares.length; gene++) {
            shares[gene] = total > 0 ? sums.sum(gene) / total : 0;
        }
        return new ResidualModel(shares, total, theta, clip, sums.cells());
    }

    /// Adds to `sums` by how much the residual of `value` and its square differ from those of a zero.
    void add(GeneSums sums, int gene, double value, double cellTotal) {
        double expected = shares[gene] * cellTotal;
        double deviation = Math.sqrt(expected + expected * expected / theta);
        double residual = Math.clamp((value - expected) / deviation, -clip, clip);
        double ofZero = Math.max(-expected / deviation, -clip);
        sums.addFixed(
                gene,
                Math.round(Math.scalb(residual - ofZero, sumPlaces)),
                Math.round(Math.scalb(residual * residual - ofZero * ofZero, squarePlaces)));
    }

    /// The variance of the residuals of every gene over all cells. A gene without counts scores 0.
    double[] variances(GeneSums differences, CellTotals totals) {
        double[] distinct = totals.sorted();
        double[] weights = new double[distinct.length];
        for (int i = 0; i < distinct.length; i++) {
            weights[i] = totals.cells(distinct[i]);
        }
        double[] scores = new double[shares.length];
        addVariances(differences, distinct, weights, new GeneRange(0, shares.length), scores);
        return scores;
    }

    private void addVariances(
            GeneSums differences, double[] totals, double[] weights, GeneRange genes, double[] scores) {
        double[] ofZeros = new double[totals.length];
        for (int gene = genes.from(); gene < genes.to(); gene++) {
            double share = shares[gene];
            if (share == 0) {
                continue;
            }
            // Two loops: the first has no sum to carry along and is done several totals at a time.
            for (int i = 0; i < totals.length; i++) {
                double expected = share * totals[i];
                ofZeros[i] = Math.max(-Math.sqrt(expected / (1 + expected / theta)), -clip);
            }
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < totals.length; i++) {
                double weighted = weights[i] * ofZeros[i];
                sum += weighted;
                squares += weighted * ofZeros[i];
            }
            sum += Math.scalb(differences.sum(gene), -sumPlaces);
            squares += Math.scalb(differences.squares(gene), -squarePlaces);
            double mean = sum / cells;
            scores[gene] = squares / cells - mean * mean;
        }
    }
}
