package io.cellferry.codec;

import java.util.Arrays;

/// One deflate block of numbers that all have the same width: bytes that are as in the number before become matches at
/// that one distance, all others literals. Nothing is searched for.
///
/// Numbers that ascend slowly repeat most of their bytes; of those that are spread, like cells that neighbour each
/// other, zlib finds hardly more than the frequencies of their bytes, and takes ten times longer to.
///
/// Memory: 8 bytes for every three bytes of the longest piece, and some 20 KiB.
final class NumberBlock {

    /// So that three literals, or a match, and seven waiting bits fit 57 bits.
    private static final int LONGEST_CODE = 14;

    private static final int SEVEN_AND_EIGHT = 5;

    private final HuffmanCode code = new HuffmanCode(MatchLength.SYMBOLS, LONGEST_CODE);
    private final BlockHeader header = new BlockHeader();
    private final int[] frequencies = new int[MatchLength.SYMBOLS];
    private int[] places = new int[0];
    private int[] lengths = new int[0];
    private int matches;
    private int width;

    /// The most bytes that [#write] makes of `count`: no code needs more than nine bits a literal.
    static int mostBytes(int count) {
        return RunBlock.mostBytes(count);
    }

    /// Writes `in[from, from + count)`, numbers of `width` 1, 2, 4 or 8 bytes.
    void write(byte[] in, int from, int count, int width, BitSink out) {
        this.width = width;
        find(in, from, count);
        countSymbols(in, from, count);
        code.assign(frequencies);
        // Distances 1 to 4 have classes of their own, 7 and 8 share one and differ by a bit.
        header.write(code, width == Long.BYTES ? SEVEN_AND_EIGHT : width - 1, out);
        int at = from;
        for (int match = 0; match < matches; match++) {
            literals(in, at, places[match], out);
            writeMatch(lengths[match], out);
            at = places[match] + lengths[match];
        }
        literals(in, at, from + count, out);
        out.add(code.token(MatchLength.END));
        out.flush();
    }

    private void find(byte[] in, int from, int count) {
        int most = count / MatchLength.SHORTEST + 1;
        if (places.length < most) {
            places = new int[most];
            lengths = new int[most];
        }
        matches = 0;
        int end = from + count;
        int at = from + width;
        while (at < end) {
            int same = at;
            while (same < end && in[same] == in[same - width]) {
                same++;
            }
            if (same - at >= MatchLength.SHORTEST) {
                cut(at, same - at);
            }
            at = same + 1;
        }
    }

    /// Notes matches of `length` bytes together, none longer or shorter than allowed.
    private void cut(int place, int length) {
        int at = place;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, MatchLength.LONGEST);
            if (left > taken && left - taken < MatchLength.SHORTEST) {
                taken -= MatchLength.SHORTEST;
            }
            places[matches] = at;
            lengths[matches++] = taken;
            at += taken;
            left -= taken;
        }
    }

    private void countSymbols(byte[] in, int from, int count) {
        Arrays.fill(frequencies, 0);
        int at = from;
        for (int match = 0; match < matches; match++) {
            countLiterals(in, at, places[match]);
            frequencies[MatchLength.symbol(lengths[match])]++;
            at = places[match] + lengths[match];
        }
        countLiterals(in, at, from + count);
        frequencies[MatchLength.END] = 1;
    }

    private void countLiterals(byte[] in, int from, int to) {
        for (int at = from; at < to; at++) {
            frequencies[in[at] & 255]++;
        }
    }

    private void literals(byte[] in, int from, int to, BitSink out) {
        int at = from;
        for (; at <= to - 3; at += 3) {
            literal(in[at], out);
            literal(in[at + 1], out);
            literal(in[at + 2], out);
            out.flush();
        }
        for (; at < to; at++) {
            literal(in[at], out);
        }
        out.flush();
    }

    private void literal(byte value, BitSink out) {
        out.add(code.token(value & 255));
    }

    private void writeMatch(int length, BitSink out) {
        out.add(code.token(MatchLength.symbol(length)));
        out.add(MatchLength.extra(length), MatchLength.extraBits(length));
        out.add(0, 1);
        if (width == Long.BYTES) {
            out.add(1, 1);
        }
        out.flush();
    }
}
