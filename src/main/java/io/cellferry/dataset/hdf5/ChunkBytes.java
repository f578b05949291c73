package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.chunks.Lines;

/// The decoded bytes of chunks. Used by one thread.
interface ChunkBytes extends AutoCloseable {

    /// Chunks larger than this when decoded are not held whole but read as a stream.
    long GIANT_BYTES = 64L << 20;

    /// Says that about this many chunks with consecutive numbers will be taken, so that they can be read together.
    default void expect(long chunks) {}

    /// Hands the elements of `lines` in chunk `number` to `sink`.
    void take(long number, Lines lines, ElementSource.Sink sink);

    @Override
    void close();
}
