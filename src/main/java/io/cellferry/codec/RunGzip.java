package io.cellferry.codec;

import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes gzip members of data that are mostly one byte, such as a gene that most cells do not have: ten to a hundred
/// times faster than searching for matches, and smaller.
///
/// Comes in pieces. A piece of which more than half is one byte becomes a [RunBlock]; others go to the JDK's deflater
/// at `level`, each on its own. The header names neither time nor system, so equal pieces give equal bytes.
///
/// One thread, one member at a time; reused. Memory: [RunBlock] for the longest piece, and 256 KiB outside the heap.
public final class RunGzip implements AutoCloseable {

    private static final byte[] HEADER = {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, (byte) 255};
    private static final int TRAILER = 2 * Integer.BYTES;
    private static final int SAMPLE_STEP = 61;

    private final Deflater deflater;
    private final CRC32 checksum = new CRC32();
    private final BitSink bits = new BitSink();
    private final RunBlock block = new RunBlock();
    private final int[] sampled = new int[256];
    private long contentBytes;

    /// `level` 1 to 9 counts for pieces that are not mostly one byte.
    public RunGzip(int level) {
        this.deflater = new Deflater(level, true);
    }

    /// The most bytes that a member's beginning, its end, or a piece of `count` bytes becomes.
    public static int mostBytes(int count) {
        return HEADER.length + TRAILER + BitSink.SLACK + RunBlock.mostBytes(count);
    }

    /// Begins a member at the start of `out`; returns the bytes written.
    public int begin(byte[] out) {
        checksum.reset();
        contentBytes = 0;
        bits.reset();
        System.arraycopy(HEADER, 0, out, 0, HEADER.length);
        return HEADER.length;
    }

    /// Adds `in[from, from + count)`; returns the bytes written to the start of `out`. Some bits may wait for the next
    /// call.
    public int add(byte[] in, int from, int count, byte[] out) {
        checksum.update(in, from, count);
        contentBytes += count;
        bits.into(out, 0);
        if (count > 0 && !block.write(in, from, count, mostFrequent(in, from, count), bits)) {
            deflate(in, from, count, out);
        }
        return bits.position();
    }

    /// Ends the member.
    public int end(byte[] out) {
        bits.into(out, 0);
        bits.add(0b011, 10); // the last block, fixed codes, nothing in it
        bits.align();
        int at = bits.position();
        LittleEndian.putInt(out, at, (int) checksum.getValue());
        LittleEndian.putInt(out, at + Integer.BYTES, (int) contentBytes);
        return at + TRAILER;
    }

    private int mostFrequent(byte[] in, int from, int count) {
        java.util.Arrays.fill(sampled, 0);
        for (int i = 0; i < count; i += SAMPLE_STEP) {
            sampled[in[from + i] & 255]++;
        }
        int most = 0;
        for (int value = 1; value < sampled.length; value++) {
            most = sampled[value] > sampled[most] ? value : most;
        }
        return most;
    }

    /// The deflater begins and ends at whole bytes: an empty stored block before it, a flush behind it.
    private void deflate(byte[] in, int from, int count, byte[] out) {
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
