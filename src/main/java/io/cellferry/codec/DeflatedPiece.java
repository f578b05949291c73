package io.cellferry.codec;

import java.util.zip.Deflater;

/// Deflate blocks that zlib makes of one piece alone, among blocks that others made. Holds 256 KiB outside the heap.
final class DeflatedPiece implements AutoCloseable {

    private final Deflater deflater;

    DeflatedPiece(int level) {
        this.deflater = new Deflater(level, true);
    }

    /// Adds `in[from, from + count)` to `out`, to which `bits` writes. zlib begins and ends at whole bytes: an empty
    /// stored block before it, a flush behind it.
    void write(byte[] in, int from, int count, BitSink bits, byte[] out) {
        bits.flush();
        bits.add(0, 3); // a stored block, not the last
        bits.align();
        bits.add(0xffff_0000L, 32); // of no bytes
        bits.flush();
        int at = bits.position();
        deflater.reset();
        deflater.setInput(in, from, count);
        int made;
        do {
            made = deflater.deflate(out, at, out.length - at, Deflater.SYNC_FLUSH);
            at += made;
        } while (made > 0 && at < out.length);
        if (at >= out.length) {
            throw new IllegalArgumentException("no room to encode %,d bytes in %,d".formatted(count, out.length));
        }
        bits.into(out, at);
    }

    @Override
    public void close() {
        deflater.end();
    }
}
