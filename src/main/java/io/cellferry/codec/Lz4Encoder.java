package io.cellferry.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Writes LZ4 blocks, made for planes of bytes: the same ones on every machine.
///
/// A block is a row of sequences. Each is a token (upper half: literals, lower half: match length less four; 15 means
/// that bytes follow and add up until one is not 255), the literals, and how far back the match lies (two bytes, lowest
/// first). The last sequence has literals only, at least five of them.
///
/// A table remembers where bytes of the same hash last occurred; where the same seven bytes come again is a
/// match, made as long as it gets in both directions. Others ask for four bytes. In planes that costs more than it
/// gains: most matches of four bytes are accidents of a plane with few different values, save a byte or two each and
/// hide longer ones. The longer nothing is found, the wider the steps, so that noise is passed quickly.
///
/// Memory: 16 KiB, kept from call to call but never remembered: places are counted on from one call to the next, which
/// saves clearing the table.
final class Lz4Encoder implements StreamEncoder {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /// With eight a store of counts becomes smaller by a fifteenth, and pixels larger by a fortieth.
    private static final int MATCH_BYTES = 7;
    /// Bits of a long that are not part of what is looked for.
    private static final int UNASKED = Long.SIZE - Byte.SIZE * MATCH_BYTES;

    private static final int FARTHEST = 65_535;
    private static final int LEAST_MATCH = 4;
    private static final int LAST_LITERALS = 5;
    /// Beginnings of matches stay this far away from the end, the format asks for twelve: two longs can be read there.
    private static final int LAST_BYTES = 16;
    /// Shorter ones are not worth it.
    private static final int LEAST_COUNT = 32;
    /// What is written beyond the end of a sequence, and more than a token and a distance take.
    private static final int SPARE = 24;
    /// All that fits into half a token without bytes to follow is less.
    private static final int FULL = 15;

    private static final int HASH_BITS = 12;
    private static final long MIXER = 0x9e37_79b1_85eb_ca87L;
    /// After a match the next byte is tried, then every third, and with every 64 tries one byte more is skipped.
    private static final int PATIENCE_LOG = 6;

    private static final int FIRST_TRY = 3 << PATIENCE_LOG;

    private final int[] places = new int[1 << HASH_BITS];
    /// Places of this call begin here; what is smaller was left by an earlier one.
    private int base = 1;

    /// No more than what goes in: what does not become smaller is given up.
    @Override
    public int room(int count) {
        return count;
    }

    @Override
    public int encode(byte[] in, int from, int count, byte[] out, int at) {
        if (count < LEAST_COUNT) {
            return count;
        }
        if (base > Integer.MAX_VALUE - count) {
            Arrays.fill(places, 0);
            base = 1;
        }
        int[] places = this.places;
        int toPlace = base - from;
        base += count;
        int end = from + count;
        int lastStart = end - LAST_BYTES;
        int lastEnd = end - LAST_LITERALS;
        int limit = at + count - SPARE;
        int anchor = from;
        int to = at;
        int tries = FIRST_TRY;
        int step = 1;
        places[hash((long) LONG.get(in, from) << UNASKED)] = from + toPlace;
        int here = from + 1;
        while (here <= lastStart) {
            long asked = (long) LONG.get(in, here) << UNASKED;
            int hash = hash(asked);
            int match = places[hash] - toPlace;
            places[hash] = here + toPlace;
            if (match < from || here - match > FARTHEST || (long) LONG.get(in, match) << UNASKED != asked) {
                here += step;
                step = tries++ >>> PATIENCE_LOG;
            } else {
                int ends = matchEnd(in, here + MATCH_BYTES, match + MATCH_BYTES, lastEnd);
                int distance = here - match;
                while (here > anchor && match > from && in[here - 1] == in[match - 1]) {
                    here--;
                    match--;
                }
                int literals = here - anchor;
                int length = ends - here - LEAST_MATCH;
                if (to + literals + (literals + length >>> 7) > limit) {
                    return count;
                }
                // One question instead of two that are hard to foretell; some that would fit take the longer way.
                if ((literals | length) < FULL) {
                    // Two longs are as quick as a few bytes; what is too much is written over.
                    out[to] = (byte) (literals << 4 | length);
                    LONG.set(out, to + 1, (long) LONG.get(in, anchor));
                    LONG.set(out, to + 1 + Long.BYTES, (long) LONG.get(in, anchor + Long.BYTES));
                    to += 1 + literals;
                    SHORT.set(out, to, (short) distance);
                    to += Short.BYTES;
                } else {
                    to = longSequence(in, anchor, literals, distance, length, out, to);
                }
                anchor = ends;
                here = ends;
                tries = FIRST_TRY;
                step = 1;
                if (here <= lastStart) {
                    places[hash((long) LONG.get(in, here - 2) << UNASKED)] = here - 2 + toPlace;
                }
            }
        }
        int literals = end - anchor;
        if (to - at + literals + literals / 255 + 2 >= count) {
            return count;
        }
        return lastLiterals(in, anchor, literals, out, to) - at;
    }

    private static int hash(long asked) {
        return (int) (asked * MIXER >>> Long.SIZE - HASH_BITS);
    }

    /// Where bytes from `here` on stop being those from `match` on, at most `lastEnd`.
    private static int matchEnd(byte[] in, int here, int match, int lastEnd) {
        int ends = here;
        int before = match;
        while (ends <= lastEnd - Long.BYTES) {
            long different = (long) LONG.get(in, ends) ^ (long) LONG.get(in, before);
            if (different != 0) {
                return ends + (Long.numberOfTrailingZeros(different) >>> 3);
            }
            ends += Long.BYTES;
            before += Long.BYTES;
        }
        while (ends < lastEnd && in[ends] == in[before]) {
            ends++;
            before++;
        }
        return ends;
    }

    /// Any sequence, also one of which a count does not fit into its half of the token.
    private static int longSequence(
            byte[] in, int anchor, int literals, int distance, int length, byte[] out, int token) {
        out[token] = (byte) (Math.min(literals, FULL) << 4 | Math.min(length, FULL));
        int to = literals >= FULL ? rest(literals, out, token + 1) : token + 1;
        System.arraycopy(in, anchor, out, to, literals);
        to += literals;
        SHORT.set(out, to, (short) distance);
        to += Short.BYTES;
        return length >= FULL ? rest(length, out, to) : to;
    }

    private static int lastLiterals(byte[] in, int anchor, int literals, byte[] out, int token) {
        out[token] = (byte) (Math.min(literals, FULL) << 4);
        int to = literals >= FULL ? rest(literals, out, token + 1) : token + 1;
        System.arraycopy(in, anchor, out, to, literals);
        return to + literals;
    }

    /// What a count has beyond [#FULL], in bytes that add up.
    private static int rest(int count, byte[] out, int at) {
        int to = at;
        int rest = count - FULL;
        for (; rest >= 255; rest -= 255) {
            out[to++] = (byte) 255;
        }
        out[to++] = (byte) rest;
        return to;
    }
}
