package io.cellferry.codec;

/// Undoes one encoding. Used by one thread; may keep working memory from call to call.
public interface Decoder extends AutoCloseable {

    /// Decodes `in[start, start + count)` into `out` from its start, at most `room` bytes, and returns how many came
    /// out. Input that is damaged or holds more than `room` bytes is [Malformed].
    int decode(byte[] in, int start, int count, byte[] out, int room);

    @Override
    default void close() {}
}
