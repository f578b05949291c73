package io.cellferry.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bits written to bytes, lowest first, as deflate packs them. Whole bytes go to the array, up to seven bits wait.
final class BitSink {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Bytes that may be written behind the last used one.
    static final int SLACK = Long.BYTES;

    private static final int TOKEN_BITS = 56;
    private static final long BITS_OF_TOKEN = (1L << TOKEN_BITS) - 1;

    private byte[] out = new byte[0];
    private int at;
    private long waiting;
    private int bits;

    /// `count` bits as one number, for [#add(long)]: tables of them are looked up once an entry. At most 56.
    static long token(long bits, int count) {
        return bits | (long) count << TOKEN_BITS;
    }

    /// The bits of `first`, then those of `second`.
    static long joined(long first, long second) {
        int count = (int) (first >>> TOKEN_BITS);
        return (first | (second & BITS_OF_TOKEN) << count) + (second & ~BITS_OF_TOKEN);
    }

    /// Goes on in `into` from `from` on, with the bits that wait.
    void into(byte[] into, int from) {
        out = into;
        at = from;
    }

    /// Forgets the bits that wait.
    void reset() {
        waiting = 0;
        bits = 0;
    }

    /// Adds `count` bits, at most 57 minus those that wait; [#flush] leaves seven at most.
    void add(long some, int count) {
        waiting |= some << bits;
        bits += count;
    }

    /// Adds the bits of a [#token(long, int)].
    void add(long token) {
        waiting |= (token & BITS_OF_TOKEN) << bits;
        bits += (int) (token >>> TOKEN_BITS);
    }

    /// Adds the bits of the first `count` tokens and flushes after each. What changes is kept in variables meanwhile:
    /// fields would be stored and loaded again for each token.
    void addAll(long[] tokens, int count) {
        byte[] to = out;
        int byteAt = at;
        long some = waiting;
        int someBits = bits;
        for (int i = 0; i < count; i++) {
            long token = tokens[i];
            some |= (token & BITS_OF_TOKEN) << someBits;
            someBits += (int) (token >>> TOKEN_BITS);
            LONG.set(to, byteAt, some);
            byteAt += someBits >>> 3;
            some >>>= someBits & ~7;
            someBits &= 7;
        }
        at = byteAt;
        waiting = some;
        bits = someBits;
    }

    void flush() {
        LONG.set(out, at, waiting);
        at += bits >>> 3;
        waiting >>>= bits & ~7;
        bits &= 7;
    }

    /// Fills the last byte up with zeros.
    void align() {
        flush();
        if (bits > 0) {
            at++;
            reset();
        }
    }

    /// Adds whole bytes; the sink must be aligned.
    void bytes(byte[] some, int from, int count) {
        System.arraycopy(some, from, out, at, count);
        at += count;
    }

    /// Where the next whole byte goes.
    int position() {
        return at;
    }
}
