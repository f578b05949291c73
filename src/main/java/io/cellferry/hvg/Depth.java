package io.cellferry.hvg;

/// What is done about the different totals of cells before `seurat` and `cell_ranger` look at the values.
public sealed interface Depth {

    /// Nothing: the stored values are log-normalised already.
    record AsStored() implements Depth {}

    /// Counts are scaled to `total` per cell and logged on the fly.
    record Total(double total) implements Depth {
        public Total {
            if (!(total > 0) || Double.isInfinite(total)) {
                throw new IllegalArgumentException("a cell total of %s is no positive number".formatted(total));
            }
        }
    }

    /// Counts are scaled to the median total of the cells that have any, which takes a pass over the data to find:
    /// see [HvgSelection#totalsPass] and [HvgSettings#withTotal].
    record MedianTotal() implements Depth {}
}
