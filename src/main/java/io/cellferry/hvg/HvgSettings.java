package io.cellferry.hvg;

import io.cellferry.failure.RequestRefused;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Everything that decides which genes are chosen, apart from the data.
///
/// `top` is the number of genes wanted; where it is absent `seurat` and `cell_ranger` go by `cutoffs` and the
/// `seurat_v3` flavours take 2,000. `bins` belongs to `seurat`. `logBase` is the base of the stored logarithms when
/// it is not e. `span` belongs to the `seurat_v3` flavours, `theta` and `clip` (absent: the root of the number of
/// cells) to `pearson_residuals`. `checkValues` refuses fractions where counts are needed; without it they are summed
/// as they are.
public record HvgSettings(
        Flavor flavor,
        OptionalInt top,
        Cutoffs cutoffs,
        Depth depth,
        OptionalDouble logBase,
        int bins,
        double span,
        double theta,
        OptionalDouble clip,
        boolean checkValues) {

    /// What scanpy takes for the `seurat_v3` flavours when nobody says how many.
    private static final int SEURAT_V3_TOP = 2000;

    /// Far more bins than genes is a slip of the keyboard, and every bin takes a walk over the genes.
    private static final int MOST_BINS = 10_000;

    public HvgSettings {
        refuseUnless(top.isEmpty() || top.getAsInt() > 0, "--top", "a positive number of genes", top.orElse(0));
        refuseUnless(
                top.isPresent() || flavor != Flavor.PEARSON_RESIDUALS,
                "--top",
                "a number of genes, which pearson_residuals cannot do without",
                "none");
        refuseUnless(bins > 0 && bins <= MOST_BINS, "--bins", "1 to %,d bins".formatted(MOST_BINS), bins);
        refuseUnless(
                bins == MeanBins.BINS || flavor == Flavor.SEURAT,
                "--bins",
                "seurat, the only flavour whose bins can be chosen",
                flavor.word());
        refuseUnless(span > 0 && span <= 1, "--span", "a share of the genes above 0 and up to 1", span);
        refuseUnless(theta > 0, "--theta", "a positive number", theta);
        refuseUnless(
                clip.isEmpty() || clip.getAsDouble() > 0 && Double.isFinite(clip.getAsDouble()),
                "--clip",
                "a positive finite number",
                clip.orElse(0));
        refuseUnless(
                logBase.isEmpty() || logBase.getAsDouble() > 1 && Double.isFinite(logBase.getAsDouble()),
                "the base of the logarithm",
                "a finite number above 1",
                logBase.orElse(0));
        refuseUnless(
                depth instanceof Depth.AsStored || !flavor.wantsCounts(),
                "--log-normalize",
                "seurat or cell_ranger, as %s works on counts".formatted(flavor.word()),
                flavor.word());
        if (flavor.fits()) {
            top = OptionalInt.of(top.orElse(SEURAT_V3_TOP));
        }
    }

    /// The defaults of scanpy for `flavor`, with 1,000 genes where a number is needed and there is no default.
    public static HvgSettings of(Flavor flavor) {
        return new HvgSettings(
                flavor,
                flavor == Flavor.PEARSON_RESIDUALS ? OptionalInt.of(1000) : OptionalInt.empty(),
                Cutoffs.SCANPY,
                new Depth.AsStored(),
                OptionalDouble.empty(),
                MeanBins.BINS,
                0.3,
                100,
                OptionalDouble.empty(),
                true);
    }

    public HvgSettings withTop(int genes) {
        return new HvgSettings(
                flavor, OptionalInt.of(genes), cutoffs, depth, logBase, bins, span, theta, clip, checkValues);
    }

    public HvgSettings withCutoffs(Cutoffs bounds) {
        return new HvgSettings(flavor, top, bounds, depth, logBase, bins, span, theta, clip, checkValues);
    }

    public HvgSettings withBins(int count) {
        return new HvgSettings(flavor, top, cutoffs, depth, logBase, count, span, theta, clip, checkValues);
    }

    /// Says that the stored logarithms have another base than e.
    public HvgSettings withLogBase(double base) {
        return new HvgSettings(
                flavor, top, cutoffs, depth, OptionalDouble.of(base), bins, span, theta, clip, checkValues);
    }

    /// Scales counts to `total` per cell and logs them on the fly.
    public HvgSettings withTotal(double total) {
        return new HvgSettings(
                flavor, top, cutoffs, new Depth.Total(total), logBase, bins, span, theta, clip, checkValues);
    }

    public HvgSettings withoutValueCheck() {
        return new HvgSettings(flavor, top, cutoffs, depth, logBase, bins, span, theta, clip, false);
    }

    /// Whether the stored values have to be whole numbers, which also makes every sum exact.
    boolean countsOnly() {
        return flavor.wantsCounts() && checkValues;
    }

    private static void refuseUnless(boolean holds, String option, String expected, Object found) {
        if (!holds) {
            throw new RequestRefused(
                    "%s: expected %s, found %s.".formatted(option, expected, found), "Correct the option.");
        }
    }
}
