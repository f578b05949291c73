package io.cellferry.codec;

import java.util.Arrays;

/// The head of a deflate block with codes of its own (RFC 1951, 3.2.7), for blocks that know one distance only.
/// Distances come in classes; that of the block has a code of one bit.
final class BlockHeader {

    private static final int LEAST_SYMBOLS = 257;
    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private final HuffmanCode code = new HuffmanCode(19, 7);
    private final int[] frequencies = new int[19];
    /// A symbol in the low byte, what it repeats above.
    private final int[] symbols = new int[320];

    private int count;

    /// Not the last block of its stream; `distance` is the class of its distances, 0 to 29.
    void write(HuffmanCode literals, int distance, BitSink out) {
        int used = literals.symbols();
        while (used > LEAST_SYMBOLS && literals.length(used - 1) == 0) {
            used--;
        }
        pack(literals, used, distance);
        code.assign(frequencies);
        int lengths = ORDER.length;
        while (lengths > 4 && code.length(ORDER[lengths - 1]) == 0) {
            lengths--;
        }
        out.flush();
        out.add(0b100, 3); // not the last; codes of its own
        out.add(used - LEAST_SYMBOLS, 5);
        out.add(distance, 5); // classes before that of the block
        out.add(lengths - 4, 4);
        out.flush();
        for (int i = 0; i < lengths; i++) {
            out.add(code.length(ORDER[i]), 3);
            out.flush();
        }
        for (int i = 0; i < count; i++) {
            int symbol = symbols[i] & 255;
            out.add(code.token(symbol));
            if (symbol >= REPEAT) {
                out.add(symbols[i] >>> 8, symbol == REPEAT ? 2 : symbol == ZEROS ? 3 : 7);
            }
            out.flush();
        }
    }

    /// Code lengths of the literals, then those of the distances, 1 for the last and only one; repeated ones shortened.
    private void pack(HuffmanCode literals, int used, int distance) {
        Arrays.fill(frequencies, 0);
        count = 0;
        int last = used + distance;
        for (int at = 0; at <= last; ) {
            int length = lengthAt(literals, used, last, at);
            int same = 1;
            while (at + same <= last && lengthAt(literals, used, last, at + same) == length) {
                same++;
            }
            if (length == 0 && same >= 3) {
                int taken = Math.min(same, 138);
                add(taken < 11 ? ZEROS : MANY_ZEROS, taken - (taken < 11 ? 3 : 11));
                at += taken;
            } else if (length > 0 && same >= 4) {
                int taken = Math.min(same - 1, 6);
                add(length, 0);
                add(REPEAT, taken - 3);
                at += 1 + taken;
            } else {
                add(length, 0);
                at++;
            }
        }
    }

    private static int lengthAt(HuffmanCode literals, int used, int last, int at) {
        return at < used ? literals.length(at) : at < last ? 0 : 1;
    }

    private void add(int symbol, int repeated) {
        symbols[count++] = symbol | repeated << 8;
        frequencies[symbol]++;
    }
}
