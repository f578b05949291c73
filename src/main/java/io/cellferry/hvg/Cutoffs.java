package io.cellferry.hvg;

import io.cellferry.failure.RequestRefused;

/// Strict bounds of mean and normalised dispersion within which `seurat` and `cell_ranger` take a gene.
public record Cutoffs(double minMean, double maxMean, double minDispersion, double maxDispersion) {

    /// The defaults of scanpy.
    public static final Cutoffs SCANPY = new Cutoffs(0.0125, 3, 0.5, Double.POSITIVE_INFINITY);

    public Cutoffs {
        refuseUnordered("mean", minMean, maxMean);
        refuseUnordered("dispersion", minDispersion, maxDispersion);
    }

    private static void refuseUnordered(String what, double min, double max) {
        if (!(min < max)) {
            throw new RequestRefused(
                    "cut-offs: expected the lower bound of the %s below the upper, found %s and %s."
                            .formatted(what, min, max),
                    "Exchange or correct the two bounds.");
        }
    }

    /// Whether a gene is taken. A missing score counts as 0 and an infinite one as the largest number, as in scanpy.
    boolean take(double mean, double score) {
        double finite = Double.isNaN(score) ? 0 : Math.clamp(score, -Double.MAX_VALUE, Double.MAX_VALUE);
        return mean > minMean && mean < maxMean && finite > minDispersion && finite < maxDispersion;
    }
}
