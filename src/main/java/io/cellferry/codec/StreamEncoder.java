package io.cellferry.codec;

/// Compresses one stream of a Blosc block, if that makes it smaller. Used by one thread.
interface StreamEncoder {

    /// How many bytes may be written for `count` that go in.
    int room(int count);

    /// Compresses `in[from, from + count)` into `out` from `at` on, where there is [#room]. Returns how many bytes came
    /// out; `count` or more means that nothing was gained and what lies there is of no use.
    int encode(byte[] in, int from, int count, byte[] out, int at);
}
