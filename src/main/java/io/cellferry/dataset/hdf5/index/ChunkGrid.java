package io.cellferry.dataset.hdf5.index;

import io.cellferry.codec.Malformed;

/// How a data set is cut into chunks.
///
/// `shape` and `chunk` have one entry a dimension; `maxShape` too, with [#UNLIMITED] where it may grow. `chunkBytes` is
/// the size of one decoded chunk; chunks at the border are stored whole.
public record ChunkGrid(long[] shape, long[] maxShape, long[] chunk, long chunkBytes) {

    public static final long UNLIMITED = -1;

    /// More chunks than any real file has; their page table alone would be 32 MiB.
    private static final long MOST_CHUNKS = 1L << 34;

    public ChunkGrid {
        if (shape.length == 0 || shape.length != chunk.length || shape.length != maxShape.length) {
            throw new Malformed("chunks of %d dimensions in a data set of %d".formatted(chunk.length, shape.length));
        }
        long chunks = 1;
        for (int dimension = 0; dimension < shape.length; dimension++) {
            if (chunk[dimension] <= 0) {
                throw new Malformed("a chunk extent of %d".formatted(chunk[dimension]));
            }
            if (maxShape[dimension] != UNLIMITED && maxShape[dimension] < shape[dimension]) {
                throw new Malformed("an extent of %,d beyond its greatest extent %,d"
                        .formatted(shape[dimension], maxShape[dimension]));
            }
            long across = Math.ceilDiv(shape[dimension], chunk[dimension]);
            if (across != 0 && chunks > MOST_CHUNKS / across) {
                throw new Malformed("more than %,d chunks".formatted(MOST_CHUNKS));
            }
            chunks *= across;
        }
    }

    public int rank() {
        return shape.length;
    }

    /// Chunks side by side in one dimension.
    public long across(int dimension) {
        return Math.ceilDiv(shape[dimension], chunk[dimension]);
    }

    public long chunks() {
        long chunks = 1;
        for (int dimension = 0; dimension < rank(); dimension++) {
            chunks *= across(dimension);
        }
        return chunks;
    }

    /// Chunks that share the same rows: all beside each other in every dimension but the first.
    public long chunksInBand() {
        long chunks = 1;
        for (int dimension = 1; dimension < rank(); dimension++) {
            chunks *= across(dimension);
        }
        return chunks;
    }

    /// Number of the chunk at grid position `at`, counted row by row over the present extent; -1 outside of it.
    public long number(long[] at) {
        long number = 0;
        for (int dimension = 0; dimension < rank(); dimension++) {
            long across = across(dimension);
            if (at[dimension] < 0 || at[dimension] >= across) {
                return -1;
            }
            number = number * across + at[dimension];
        }
        return number;
    }

    /// The dimension that may grow without limit when there is exactly one, else -1.
    int onlyUnlimitedDimension() {
        int found = -1;
        for (int dimension = 0; dimension < rank(); dimension++) {
            if (maxShape[dimension] == UNLIMITED) {
                if (found >= 0) {
                    return -1;
                }
                found = dimension;
            }
        }
        return found;
    }

    /// Turns the numbers that array-like indexes use into numbers of [#number].
    ///
    /// Those count over the *greatest* extent, row by row, with the dimension that is not limited moved to the
    /// front.
    Numbering overGreatestExtent() {
        int[] order = new int[rank()];
        int unlimited = onlyUnlimitedDimension();
        int next = 0;
        if (unlimited >= 0) {
            order[next++] = unlimited;
        }
        for (int dimension = 0; dimension < rank(); dimension++) {
            if (dimension != unlimited) {
                order[next++] = dimension;
            }
        }
        long[] across = new long[rank()];
        for (int place = 0; place < rank(); place++) {
            long extent = maxShape[order[place]];
            if (extent == UNLIMITED && place > 0) {
                throw new Malformed("an array index over several unlimited dimensions");
            }
            across[place] = extent == UNLIMITED ? Long.MAX_VALUE : Math.ceilDiv(extent, chunk[order[place]]);
        }
        return new Numbering(this, order, across);
    }

    /// `order` lists the dimensions from slowest to fastest, `across` the chunks along each of them.
    record Numbering(ChunkGrid grid, int[] order, long[] across) {

        /// The number over the present extent of chunk `arrayNumber` of the array; -1 when it lies outside.
        long toPresent(long arrayNumber) {
            long[] at = new long[order.length];
            long rest = arrayNumber;
            for (int place = order.length - 1; place > 0; place--) {
                at[order[place]] = rest % across[place];
                rest /= across[place];
            }
            at[order[0]] = rest;
            return grid.number(at);
        }
    }
}
