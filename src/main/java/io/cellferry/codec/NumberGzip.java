package io.cellferry.codec;

/// Writes gzip members of numbers that all have the same width, such as the cells of an edge list, some ten times
/// faster than zlib where zlib would find little.
///
/// Comes in pieces. The beginning of each is tried three ways: as a [NumberBlock], by zlib at a fast level, and by
/// zlib at the level that was asked for. The first in this order that is at most three percent larger than the last
/// has the whole piece. So pieces and level alone decide about the bytes.
///
/// One thread, one member at a time; reused. Memory: [NumberBlock] for the longest piece, 37 KiB for samples, and 512
/// KiB outside the heap.
public final class NumberGzip implements AutoCloseable {

    /// Finds nearly as much as level 6 in numbers, in a third of the time.
    private static final int FAST_LEVEL = 3;

    private static final int SAMPLE_BYTES = 1 << 15;
    private static final int TOLERATED_PERCENT = 103;

    private final GzipFrame frame = new GzipFrame();
    private final BitSink bits = new BitSink();
    private final BitSink tried = new BitSink();
    private final byte[] trial = new byte[mostBytes(SAMPLE_BYTES)];
    private final NumberBlock block = new NumberBlock();
    private final DeflatedPiece fast;
    private final DeflatedPiece asked;
    private int width = 1;

    /// `level` is 1 to 9.
    public NumberGzip(int level) {
        this.fast = new DeflatedPiece(Math.min(level, FAST_LEVEL));
        this.asked = new DeflatedPiece(level);
    }

    /// The most bytes that a member's beginning, its end, or a piece of `count` bytes becomes.
    public static int mostBytes(int count) {
        return GzipFrame.BYTES + NumberBlock.mostBytes(count);
    }

    /// Begins a member of numbers of `width` 1, 2, 4 or 8 bytes at the start of `out`; returns the bytes written.
    public int begin(int width, byte[] out) {
        if (Integer.bitCount(width) != 1 || width > Long.BYTES) {
            throw new IllegalArgumentException("numbers have 1, 2, 4 or 8 bytes, not %d".formatted(width));
        }
        this.width = width;
        bits.reset();
        return frame.begin(out);
    }

    /// Adds `in[from, from + count)`, whole numbers; returns the bytes written to the start of `out`. Some bits may
    /// wait for the next call.
    public int add(byte[] in, int from, int count, byte[] out) {
        frame.contains(in, from, count);
        bits.into(out, 0);
        if (count > 0) {
            write(in, from, count, out);
        }
        return bits.position();
    }

    /// Ends the member.
    public int end(byte[] out) {
        return frame.end(bits, out);
    }

    private void write(byte[] in, int from, int count, byte[] out) {
        int sample = Math.min(count, SAMPLE_BYTES);
        int tolerated = searched(asked, in, from, sample) * TOLERATED_PERCENT / 100;
        if (counted(in, from, sample) <= tolerated) {
            block.write(in, from, count, width, bits);
        } else if (searched(fast, in, from, sample) <= tolerated) {
            fast.write(in, from, count, bits, out);
        } else {
            asked.write(in, from, count, bits, out);
        }
    }

    private int counted(byte[] in, int from, int count) {
        tried.reset();
        tried.into(trial, 0);
        block.write(in, from, count, width, tried);
        return tried.position();
    }

    private int searched(DeflatedPiece way, byte[] in, int from, int count) {
        tried.reset();
        tried.into(trial, 0);
        way.write(in, from, count, tried, trial);
        return tried.position();
    }

    @Override
    public void close() {
        fast.close();
        asked.close();
    }
}
