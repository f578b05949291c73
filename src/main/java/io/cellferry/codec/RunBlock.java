package io.cellferry.codec;

import java.util.Arrays;

/// One deflate block of bytes many of which are the same *background* byte: runs of it become a literal and matches at
/// distance one, everything else a literal. Nothing is searched for, so the work is that of the other bytes.
///
/// Memory: 4 bytes for each byte of the longest piece, and some 24 KiB.
final class RunBlock {

    /// So that a run of three literals, another literal and seven waiting bits fit 64 bits.
    private static final int LONGEST_CODE = 14;

    /// A literal and one match: longer runs take several.
    private static final int LONGEST_RUN = MatchLength.LONGEST + 1;

    private static final int LEAST_MATCH_RUN = 4;
    private static final int TOKENS = 512;
    private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

    private final HuffmanCode code = new HuffmanCode(MatchLength.SYMBOLS, LONGEST_CODE);
    private final BlockHeader header = new BlockHeader();
    private final int[] frequencies = new int[MatchLength.SYMBOLS];
    private final int[] runs = new int[LONGEST_RUN + 1];
    /// Counts of every second byte and run: equal neighbours would otherwise wait for each other's sum.
    private final int[] otherFrequencies = new int[256];

    private final int[] otherRuns = new int[LONGEST_RUN + 1];
    private final long[] runTokens = new long[LONGEST_RUN + 1];
    private final long[] tokens = new long[TOKENS];
    private int[] places = new int[0];
    private int others;
    private int background;

    /// The most bytes that [#write] makes of `count`: a code of nine bits for each would do, and the best is no longer.
    static int mostBytes(int count) {
        return count + (count >>> 3) + 1024;
    }

    /// Looks for the bytes of `in[from, from + count)` that are not `background`; returns how many there are.
    int look(byte[] in, int from, int count, int background) {
        this.background = background;
        collect(in, from, count);
        return others;
    }

    /// Writes `in[from, from + count)`, which was looked at last.
    void write(byte[] in, int from, int count, BitSink out) {
        countSymbols(in, from, count);
        code.assign(frequencies);
        header.write(code, 0, out);
        precompute();
        int at = 0;
        int other = 0;
        while (other < others) {
            int place = places[other];
            if (place - at > LONGEST_RUN) {
                writeLongRun(place - at, out);
                at = place;
            }
            int end = join(in, from, other, at);
            out.addAll(tokens, end - other);
            other = end;
            at = places[other - 1] + 1;
        }
        int tail = count - at;
        if (tail > LONGEST_RUN) {
            writeLongRun(tail, out);
        } else {
            out.add(runTokens[tail]);
            out.flush();
        }
        out.add(code.token(MatchLength.END));
        out.flush();
    }

    /// Makes tokens of the other bytes from `first` on, each with the run before it, up to one after a long run;
    /// returns where it stops. `start` is where the first run begins.
    private int join(byte[] in, int from, int first, int start) {
        int end = Math.min(others, first + tokens.length);
        int at = start;
        int other = first;
        for (; other < end; other++) {
            int place = places[other];
            if (place - at > LONGEST_RUN) {
                break;
            }
            tokens[other - first] = BitSink.joined(runTokens[place - at], code.token(in[from + place] & 255));
            at = place + 1;
        }
        return other;
    }

    /// Eight bytes are looked at together, and two places are written whether they are there or not: a branch for each
    /// would be guessed wrong with every other value.
    private void collect(byte[] in, int from, int count) {
        if (places.length < count) {
            places = new int[count];
        }
        long same = LOWEST_BITS * background;
        int found = 0;
        int at = 0;
        for (; at <= count - Long.BYTES; at += Long.BYTES) {
            long different = LittleEndian.getLong(in, from + at) ^ same;
            long marks = ((different & ~HIGHEST_BITS) + ~HIGHEST_BITS | different) & HIGHEST_BITS;
            int end = found + Long.bitCount(marks);
            places[found] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            marks &= marks - 1;
            places[found + 1] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            for (int other = found + 2; other < end; other++) {
                marks &= marks - 1;
                places[other] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
            found = end;
        }
        for (; at < count; at++) {
            if (in[from + at] != (byte) background) {
                places[found++] = at;
            }
        }
        others = found;
    }

    private void countSymbols(byte[] in, int from, int count) {
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
                frequencies[MatchLength.symbol(run - 1)] += runs[run];
            }
        }
        frequencies[MatchLength.END] = 1;
    }

    private void countRun(int run, int[] of) {
        if (run <= LONGEST_RUN) {
            of[run]++;
            return;
        }
        int rest = (run - 1) % MatchLength.LONGEST;
        frequencies[background]++;
        frequencies[MatchLength.SYMBOLS - 1] += (run - 1) / MatchLength.LONGEST;
        if (rest < MatchLength.SHORTEST) {
            frequencies[background] += rest;
        } else {
            frequencies[MatchLength.symbol(rest)]++;
        }
    }

    /// The bits of whole runs.
    private void precompute() {
        long literal = code.token(background);
        for (int run = 1; run <= LONGEST_RUN; run++) {
            runTokens[run] = run < LEAST_MATCH_RUN
                    ? BitSink.joined(runTokens[run - 1], literal)
                    : BitSink.joined(literal, match(run - 1));
        }
    }

    /// A match ends with the one bit of the only distance.
    private long match(int length) {
        long extra = BitSink.token(MatchLength.extra(length), MatchLength.extraBits(length) + 1);
        return BitSink.joined(code.token(MatchLength.symbol(length)), extra);
    }

    private void writeLongRun(int run, BitSink out) {
        long literal = code.token(background);
        long whole = match(MatchLength.LONGEST);
        out.add(literal);
        for (int i = 0; i < (run - 1) / MatchLength.LONGEST; i++) {
            out.add(whole);
            out.flush();
        }
        int rest = (run - 1) % MatchLength.LONGEST;
        if (rest < MatchLength.SHORTEST) {
            for (int i = 0; i < rest; i++) {
                out.add(literal);
            }
        } else {
            out.add(match(rest));
        }
        out.flush();
    }
}
