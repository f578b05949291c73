package io.cellferry.hvg;

import java.util.Arrays;
import java.util.Optional;

/// Sorts genes into right-closed bins by their mean, with the edges that pandas and numpy compute.
final class MeanBins {

    /// scanpy's usual number of bins of equal width; the bins by percentiles are always as many.
    static final int BINS = 20;

    /// By how much of the range pandas lowers the first edge so that the smallest value falls inside.
    private static final double MARGIN = 0.001;

    private MeanBins() {}

    /// The bin of every mean, -1 for those outside, when the range is cut into bins of equal width.
    static int[] equalWidth(double[] means, int count) {
        double min = Arrays.stream(means).min().orElseThrow();
        double max = Arrays.stream(means).max().orElseThrow();
        boolean single = min == max;
        if (single) {
            min -= min == 0 ? MARGIN : MARGIN * Math.abs(min);
            max += max == 0 ? MARGIN : MARGIN * Math.abs(max);
        }
        double[] edges = new double[count + 1];
        double step = (max - min) / count;
        for (int i = 0; i < count; i++) {
            edges[i] = i * step + min;
        }
        edges[count] = max;
        if (!single) {
            edges[0] -= (max - min) * MARGIN;
        }
        return bins(means, edges);
    }

    /// The bin of every mean between the 10th, 15th … 100th percentile; empty when two edges are equal because too
    /// many genes share a mean.
    static Optional<int[]> percentiles(double[] means) {
        double[] sorted = means.clone();
        Arrays.sort(sorted);
        double[] edges = new double[BINS + 1];
        edges[0] = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < BINS; i++) {
            edges[i] = percentile(sorted, 5 * (i + 1));
        }
        edges[BINS] = Double.POSITIVE_INFINITY;
        for (int i = 0; i < BINS; i++) {
            if (edges[i] >= edges[i + 1]) {
                return Optional.empty();
            }
        }
        return Optional.of(bins(means, edges));
    }

    /// numpy's linear interpolation, in its order of operations: an edge that is a value must hit it exactly.
    private static double percentile(double[] sorted, int percent) {
        double position = (sorted.length - 1) * (percent / 100.0);
        int left = (int) Math.floor(position);
        double share = position - left;
        double low = sorted[left];
        double high = sorted[Math.min(left + 1, sorted.length - 1)];
        double width = high - low;
        return share >= 0.5 ? high - width * (1 - share) : low + width * share;
    }

    private static int[] bins(double[] means, double[] edges) {
        int[] bins = new int[means.length];
        for (int i = 0; i < means.length; i++) {
            int right = 0;
            while (right < edges.length && edges[right] < means[i]) {
                right++;
            }
            bins[i] = right == edges.length ? -1 : right - 1;
        }
        return bins;
    }
}
