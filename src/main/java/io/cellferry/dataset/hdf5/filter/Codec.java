package io.cellferry.dataset.hdf5.filter;

/// Undoes one filter. Used by one thread; may keep working memory from call to call.
interface Codec extends AutoCloseable {

    /// Decodes `in[start, start + count)` into `out` from its start, at most `room` bytes, and returns how many came
    // out. Input that
    /// is damaged or holds more than `room` bytes is [io.cellferry.dataset.hdf5.bytes.Malformed].
    int decode(byte[] in, int start, int count, byte[] out, int room);

    @Override
    default void close() {}
}
