package io.cellferry.codec;

/// Makes bytes smaller. Used by one thread; may keep working memory from call to call. The same bytes give the same
/// encoding on every machine.
public interface Encoder extends AutoCloseable {

    /// The most that `count` bytes can become.
    int mostBytes(int count);

    /// Encodes `in[from, from + count)` into `out` from `at` on, where there is room for [#mostBytes], and returns how
    /// many bytes came out.
    int encode(byte[] in, int from, int count, byte[] out, int at);

    @Override
    default void close() {}
}
