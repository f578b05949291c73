package io.cellferry.jobs.variablegenes;

import io.cellferry.hvg.Flavor;
import java.time.Duration;

/// How long choosing genes takes, roughly. Measured on one machine; good to a factor of two where all ranges have cells
/// of all batches, and too long where batches lie one after another.
///
/// With few batches the time goes into decoding: once for every reading. With many it goes into sums: those of each
/// range are written, checked and read again to be merged, and every batch is scored by itself.
public final class HvgForecast {

    /// For one stored value of gzip'd HDF5, decoded and added up.
    private static final double READ_NANOS = 25;
    /// For one stored value of a matrix that lies gene by gene.
    private static final double TURN_NANOS = 45;
    /// For one byte of a range's sums: written through two checksums and forced to the disk.
    private static final double WRITE_NANOS = 10;
    /// For one byte of sums that is read, checked and added to others.
    private static final double MERGE_NANOS = 7;
    /// For one gene in one batch: a bin, or a fit at some points and a place in an order.
    private static final double BIN_NANOS = 300;

    private static final double FIT_NANOS = 2500;

    private HvgForecast() {}

    /// All steps that choose, by `threads` workers. What readings cannot be foretold are left out.
    public static Duration of(HvgPlan plan, HvgOptions options, int threads) {
        double nanos = shared(plan, options) / threads + alone(plan, options);
        return Duration.ofNanos(Math.round(nanos));
    }

    private static double shared(HvgPlan plan, HvgOptions options) {
        double turning = plan.turning().isPresent() ? plan.storedValues() * TURN_NANOS : 0;
        return turning
                + plan.storedValues() * READ_NANOS * plan.passes(options)
                + rangeBytes(plan) * WRITE_NANOS * passesOfEach(options);
    }

    /// Ranges are merged and genes are scored by one thread.
    private static double alone(HvgPlan plan, HvgOptions options) {
        double merged = (double) plan.batchBytes() * plan.batches();
        double merging = (rangeBytes(plan) + merged) * MERGE_NANOS + merged * WRITE_NANOS;
        // Sums are merged after each pass, and scoring reads all of them once more.
        return (merging + merged * MERGE_NANOS) * passesOfEach(options)
                + (double) plan.batches()
                        * plan.genes()
                        * scoring(options.settings().flavor());
    }

    /// The sums of all ranges together; a batch has sums only where it has a cell.
    private static double rangeBytes(HvgPlan plan) {
        return (double) plan.batchBytes() * plan.sums();
    }

    private static int passesOfEach(HvgOptions options) {
        return options.settings().flavor() == Flavor.PEARSON_RESIDUALS ? 2 : 1;
    }

    private static double scoring(Flavor flavor) {
        return switch (flavor) {
            case SEURAT, CELL_RANGER, PEARSON_RESIDUALS -> BIN_NANOS;
            case SEURAT_V3, SEURAT_V3_PAPER -> FIT_NANOS;
        };
    }
}
