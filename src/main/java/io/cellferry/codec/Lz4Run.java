package io.cellferry.codec;

/// The LZ4 block that stands for one byte many times over: a literal, a match at distance one, and the five literals
/// that end every block. Written directly, because most planes of small numbers are such runs.
final class Lz4Run {

    private static final int LAST_LITERALS = 5;
    private static final int LEAST_MATCH = 4;
    /// A match must begin twelve bytes before the end, so a shorter run has none.
    static final int LEAST_LENGTH = 16;

    private Lz4Run() {}

    /// Writes `value` repeated `count` times, at least [#LEAST_LENGTH], to `out` from `at` on. Returns the bytes
    /// written, which are fewer than `count`.
    static int encode(byte value, int count, byte[] out, int at) {
        int length = count - 1 - LAST_LITERALS - LEAST_MATCH;
        int to = at;
        out[to++] = (byte) (1 << 4 | Math.min(15, length));
        out[to++] = value;
        out[to++] = 1;
        out[to++] = 0;
        if (length >= 15) {
            int rest = length - 15;
            for (; rest >= 255; rest -= 255) {
                out[to++] = (byte) 255;
            }
            out[to++] = (byte) rest;
        }
        out[to++] = (byte) (LAST_LITERALS << 4);
        for (int literal = 0; literal < LAST_LITERALS; literal++) {
            out[to++] = value;
        }
        return to - at;
    }
}
