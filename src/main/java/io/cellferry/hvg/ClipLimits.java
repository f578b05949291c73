package io.cellferry.hvg;

import java.util.Map;

/// Above which value counts are cut off, for the genes of each batch that need a second pass.
///
/// 12 bytes for each such gene of a batch; with whole counts and kept largest values hardly any.
record ClipLimits(Map<Integer, OfBatch> batches) {

    ClipLimits {
        batches = Map.copyOf(batches);
    }

    /// `genes` ascend; `limits` has one entry for each.
    record OfBatch(int[] genes, double[] limits) {}
}
