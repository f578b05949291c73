package io.cellferry.codec;

import java.util.zip.CRC32;

/// What stands around the deflate blocks of a gzip member: a header that names neither time nor system, so that equal
/// contents give equal members, and the checksum behind them.
final class GzipFrame {

    private static final byte[] HEADER = {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, (byte) 255};
    private static final int TRAILER = 2 * Integer.BYTES;

    /// Of header and trailer, and what the bits in between need at their end.
    static final int BYTES = HEADER.length + TRAILER + BitSink.SLACK;

    private final CRC32 checksum = new CRC32();
    private long contentBytes;

    /// Begins a member at the start of `out`; returns the bytes written.
    int begin(byte[] out) {
        checksum.reset();
        contentBytes = 0;
        System.arraycopy(HEADER, 0, out, 0, HEADER.length);
        return HEADER.length;
    }

    /// Takes note of contents that the blocks hold.
    void contains(byte[] in, int from, int count) {
        checksum.update(in, from, count);
        contentBytes += count;
    }

    /// Ends blocks and member at the start of `out`; returns the bytes written.
    int end(BitSink bits, byte[] out) {
        bits.into(out, 0);
        bits.add(0b011, 10); // the last block, fixed codes, nothing in it
        bits.align();
        int at = bits.position();
        LittleEndian.putInt(out, at, (int) checksum.getValue());
        LittleEndian.putInt(out, at + Integer.BYTES, (int) contentBytes);
        return at + TRAILER;
    }
}
