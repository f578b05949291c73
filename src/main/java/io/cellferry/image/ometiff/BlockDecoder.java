package io.cellferry.image.ometiff;

/// Decodes tiles and strips of one compression. Used by one thread; may keep working memory from call to call.
interface BlockDecoder extends AutoCloseable {

    /// Decodes `in[from, from + count)` into `out` from its start, at most `room` bytes, and returns how many came out.
    /// Input that is damaged or holds more than `room` bytes is [Damaged].
    int decode(byte[] in, int from, int count, byte[] out, int room);

    @Override
    default void close() {}
}
