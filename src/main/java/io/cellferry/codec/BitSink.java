package io.cellferry.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bits written to bytes, lowest first, as deflate packs them. Whole bytes go to the array, up to seven bits wait.
final class BitSink {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Bytes that may be written behind the last used one.
    static final int SLACK = Long.BYTES;

    private byte[] out = new byte[0];
    private int at;
    private long waiting;
    private int bits;

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
