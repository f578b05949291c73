package io.cellferry.codec;

/// Checks of the sizes that compressed blocks declare.
public final class Sizes {

    private Sizes() {}

    public static void check(long size, int room, String what) {
        if (size < 0 || size > room) {
            throw new Malformed("%,d %s bytes where a chunk has %,d".formatted(size, what, room));
        }
    }

    /// A big-endian number at `at`, refused when it does not lie before `count`.
    public static int bigEndian(byte[] in, int at, int count) {
        checkInside(at, 4, count);
        return (in[at] & 255) << 24 | (in[at + 1] & 255) << 16 | (in[at + 2] & 255) << 8 | in[at + 3] & 255;
    }

    public static int littleEndian(byte[] in, int at, int count) {
        return Integer.reverseBytes(bigEndian(in, at, count));
    }

    public static void checkInside(int at, int bytes, int count) {
        if (at < 0 || bytes < 0 || at > count - bytes) {
            throw new Malformed("a compressed chunk of %,d bytes is cut off".formatted(count));
        }
    }
}
