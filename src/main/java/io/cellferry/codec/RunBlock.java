package io.cellferry.codec;

import java.util.Arrays;

/// One deflate block of bytes that are mostly the same *background* byte: runs of it become a literal and matches at
/// distance one, everything else a literal. Nothing is searched for, so the work is that of the other bytes.
///
/// Memory: 2 bytes for each byte of the longest piece, and some 20 KiB.
final class RunBlock {

    /// So that a run of three literals, another literal and seven waiting bits fit 64 bits.
    private static final int LONGEST_CODE = 14;

    private static final int END = 256;
    private static final int FIRST_LENGTH = 257;
    private static final int LONGEST_MATCH = 258;
    private static final int SYMBOLS = 286;
    /// A literal and one match: longer runs take several.
    private static final int LONGEST_RUN = LONGEST_MATCH + 1;

    private static final int LEAST_MATCH_RUN = 4;
    private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;
    private static final int[] BASES = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int[] EXTRA_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final byte[] SYMBOL_OF_LENGTH = symbolOfLength();

    private final HuffmanCode code = new HuffmanCode(SYMBOLS, LONGEST_CODE);
    private final BlockHeader header = new BlockHeader();
    private final int[] frequencies = new int[SYMBOLS];
    private final int[] runs = new int[LONGEST_RUN + 1];
    /// Counts of every second byte and run: equal neighbours would otherwise wait for each other's sum.
    private final int[] otherFrequencies = new int[256];

    private final int[] otherRuns = new int[LONGEST_RUN + 1];
    private final long[] runBits = new long[LONGEST_RUN + 1];
    private final byte[] runLengths = new byte[LONGEST_RUN + 1];
    private int[] places = new int[0];
    private int background;

    private static byte[] symbolOfLength() {
        byte[] symbols = new byte[LONGEST_MATCH + 1];
        int symbol = 0;
        for (int length = BASES[0]; length <= LONGEST_MATCH; length++) {
            while (symbol < BASES.length - 1 && length >= BASES[symbol + 1]) {
                symbol++;
            }
            symbols[length] = (byte) symbol;
        }
        return symbols;
    }

    /// The most bytes that [#write] makes of `count` bytes of which at most half are no background.
    static int mostBytes(int count) {
        return count + (count >>> 3) + 1024;
    }

    /// Writes `in[from, from + count)`, or nothing and says no when more than half of the bytes are no background.
    boolean write(byte[] in, int from, int count, int background, BitSink out) {
        this.background = background;
        int others = collect(in, from, count);
        if (others < 0) {
            return false;
        }
        countSymbols(in, from, count, others);
        code.assign(frequencies);
        header.write(code, out);
        precompute();
        int at = 0;
        for (int other = 0; other < others; other++) {
            int place = places[other];
            int run = place - at;
            int literal = in[from + place] & 255;
            if (run > LONGEST_RUN) {
                writeLongRun(run, out);
            } else {
                out.add(runBits[run], runLengths[run]);
            }
            out.add(code.code(literal), code.length(literal));
            out.flush();
            at = place + 1;
        }
        int tail = count - at;
        if (tail > LONGEST_RUN) {
            writeLongRun(tail, out);
        } else {
            out.add(runBits[tail], runLengths[tail]);
            out.flush();
        }
        out.add(code.code(END), code.length(END));
        out.flush();
        return true;
    }

    /// The places of all bytes that are no background; -1 when they are more than half. Eight bytes are looked at
    /// together: a branch for each would be guessed wrong with every other value.
    private int collect(byte[] in, int from, int count) {
        int most = count / 2;
        if (places.length < most + Long.BYTES) {
            places = new int[most + Long.BYTES];
        }
        long same = LOWEST_BITS * background;
        int others = 0;
        int at = 0;
        for (; at <= count - Long.BYTES; at += Long.BYTES) {
            long different = LittleEndian.getLong(in, from + at) ^ same;
            long marks = ((different & ~HIGHEST_BITS) + ~HIGHEST_BITS | different) & HIGHEST_BITS;
            while (marks != 0) {
                places[others++] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
                marks &= marks - 1;
            }
            if (others > most) {
                return -1;
            }
        }
        for (; at < count; at++) {
            if (in[from + at] != (byte) background) {
                places[others++] = at;
            }
        }
        return others > most ? -1 : others;
    }

    private void countSymbols(byte[] in, int from, int count, int others) {
        Arrays.fill(frequencies, 0);
        Arrays.fill(otherFrequencies, 0);
        Arrays.fill(runs, 0);
        Arrays.fill(otherRuns, 0);
        int at = 0;
        int pairs = others & ~1;
        for (int other = 0; other < pairs; other += 2) {
            int place = places[other];
            int next = places[other + 1];
            countRun(place - at, runs);
            countRun(next - place - 1, otherRuns);
            frequencies[in[from + place] & 255]++;
            otherFrequencies[in[from + next] & 255]++;
            at = next + 1;
        }
        if (pairs < others) {
            int place = places[pairs];
            countRun(place - at, runs);
            frequencies[in[from + place] & 255]++;
            at = place + 1;
        }
        countRun(count - at, runs);
        for (int value = 0; value < otherFrequencies.length; value++) {
            frequencies[value] += otherFrequencies[value];
        }
        for (int run = 0; run <= LONGEST_RUN; run++) {
            runs[run] += otherRuns[run];
        }
        for (int run = 1; run <= LONGEST_RUN; run++) {
            if (run < LEAST_MATCH_RUN) {
                frequencies[background] += run * runs[run];
            } else {
                frequencies[background] += runs[run];
                frequencies[FIRST_LENGTH + SYMBOL_OF_LENGTH[run - 1]] += runs[run];
            }
        }
        frequencies[END] = 1;
    }

    private void countRun(int run, int[] of) {
        if (run <= LONGEST_RUN) {
            of[run]++;
            return;
        }
        int rest = (run - 1) % LONGEST_MATCH;
        frequencies[background]++;
        frequencies[SYMBOLS - 1] += (run - 1) / LONGEST_MATCH;
        if (rest < BASES[0]) {
            frequencies[background] += rest;
        } else {
            frequencies[FIRST_LENGTH + SYMBOL_OF_LENGTH[rest]]++;
        }
    }

    /// The bits of whole runs. A match ends with the one bit of the only distance.
    private void precompute() {
        long literal = code.code(background);
        int literalBits = code.length(background);
        for (int run = 1; run <= LONGEST_RUN; run++) {
            long bits = 0;
            int length = 0;
            for (int i = 0; i < (run < LEAST_MATCH_RUN ? run : 1); i++) {
                bits |= literal << length;
                length += literalBits;
            }
            if (run >= LEAST_MATCH_RUN) {
                bits |= match(run - 1) << length;
                length += matchBits(run - 1);
            }
            runBits[run] = bits;
            runLengths[run] = (byte) length;
        }
    }

    private long match(int length) {
        int symbol = SYMBOL_OF_LENGTH[length];
        long extra = length - BASES[symbol];
        return code.code(FIRST_LENGTH + symbol) | extra << code.length(FIRST_LENGTH + symbol);
    }

    private int matchBits(int length) {
        int symbol = SYMBOL_OF_LENGTH[length];
        return code.length(FIRST_LENGTH + symbol) + EXTRA_BITS[symbol] + 1;
    }

    private void writeLongRun(int run, BitSink out) {
        out.add(code.code(background), code.length(background));
        long whole = match(LONGEST_MATCH);
        int wholeBits = matchBits(LONGEST_MATCH);
        for (int i = 0; i < (run - 1) / LONGEST_MATCH; i++) {
            out.add(whole, wholeBits);
            out.flush();
        }
        int rest = (run - 1) % LONGEST_MATCH;
        if (rest < BASES[0]) {
            for (int i = 0; i < rest; i++) {
                out.add(code.code(background), code.length(background));
            }
        } else {
            out.add(match(rest), matchBits(rest));
        }
        out.flush();
    }
}
