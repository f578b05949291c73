package io.cellferry.codec;

/// The symbols of a deflate block: 256 literals, the end of the block, and classes of match lengths, each with extra
/// bits behind it (RFC 1951, 3.2.5).
final class MatchLength {

    static final int SHORTEST = 3;
    static final int LONGEST = 258;
    static final int END = 256;
    static final int SYMBOLS = 286;

    private static final int FIRST = END + 1;
    private static final int[] BASES = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int[] EXTRA_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final byte[] CLASSES = classes();

    private MatchLength() {}

    private static byte[] classes() {
        byte[] classes = new byte[LONGEST + 1];
        int at = 0;
        for (int length = SHORTEST; length <= LONGEST; length++) {
            while (at < BASES.length - 1 && length >= BASES[at + 1]) {
                at++;
            }
            classes[length] = (byte) at;
        }
        return classes;
    }

    /// The symbol of matches of `length` bytes.
    static int symbol(int length) {
        return FIRST + CLASSES[length];
    }

    /// What follows the symbol.
    static int extra(int length) {
        return length - BASES[CLASSES[length]];
    }

    static int extraBits(int length) {
        return EXTRA_BITS[CLASSES[length]];
    }
}
