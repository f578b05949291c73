package io.cellferry.dataset.hdf5;

/// The decoded bytes of chunks. Used by one thread.
interface ChunkBytes extends AutoCloseable {

    /// Chunks larger than this when decoded are not held whole but read as a stream.
    long GIANT_BYTES = 64L << 20;

    /// Says that about this many chunks with consecutive numbers will be taken, so that they can be read together.
    default void expect(long chunks) {}

    /// Hands elements `[from, from + count)` of chunk `number` to `sink`, the first as number `place` of the range.
    void take(long number, long from, int count, int place, ElementSource.Sink sink);

    @Override
    void close();
}
