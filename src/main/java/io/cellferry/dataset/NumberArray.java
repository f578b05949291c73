package io.cellferry.dataset;

import io.cellferry.matrix.ValueBuffer;

/// Numbers in any number of dimensions, read as one sequence in which the last dimension runs fastest.
///
/// Safe for several threads, each with its own [Reader].
public interface NumberArray {

    /// Extent in each dimension; empty for a single value.
    long[] shape();

    NumberType type();

    /// Values over all dimensions.
    default long count() {
        long count = 1;
        for (long extent : shape()) {
            count = Math.multiplyExact(count, extent);
        }
        return count;
    }

    /// Ranges that begin at a multiple of this cost least to read; 1 when any do.
    long readingStep();

    /// The most memory a reader holds, in bytes.
    long readerBytes();

    Reader open();

    /// Reads ranges, cheapest front to back. Used by one thread.
    interface Reader extends AutoCloseable {

        /// Writes values `[from, from + count)` to the start of `into`, which is of the delivered type and has room.
        void read(long from, int count, ValueBuffer into);

        @Override
        void close();
    }
}
