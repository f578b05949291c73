package io.cellferry.dataset;

import java.util.List;

/// Texts in any number of dimensions, read as one sequence in which the last dimension runs fastest.
public interface TextArray {

    /// Extent in each dimension; empty for a single text.
    long[] shape();

    /// Texts over all dimensions.
    default long count() {
        long count = 1;
        for (long extent : shape()) {
            count = Math.multiplyExact(count, extent);
        }
        return count;
    }

    /// Texts `[from, from + count)`. The caller keeps the number small: each is a string of its own.
    List<String> read(long from, int count);
}
