package io.cellferry.omezarr;

import io.cellferry.image.PixelType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// How often each brightness occurs among the pixels of a channel: what the window that viewers open with is made of.
///
/// Counts stand in 65,536 bins. Pixels of one and two bytes have one for each value, so that all answers are exact. Of
/// floating-point numbers the upper 16 bits count, which keeps seven bits of a fraction. Whole numbers of four bytes
/// are mostly those of a camera in a type that is too wide: small ones have a bin each, larger ones share it with
/// neighbours, ever more of them. Counts of parts of a channel add up to those of the whole in whatever order.
/// Not-a-number is left out.
///
/// Memory: two tables of 512 KiB.
public final class PixelStatistics {

    static final int BINS = 1 << 16;
    /// What it takes as an object.
    public static final long HEAP_BYTES = 2L * BINS * Long.BYTES + 128;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Leading bits that tell numbers of four bytes apart: as many as give no more than [#BINS] bins, or half of them
    /// where there are as many below zero.
    private static final int UNSIGNED_BITS = 11;

    private static final int SIGNED_BITS = 10;

    private final PixelType type;
    private final long[] counts = new long[BINS];
    /// Counts of every second pixel, until they are asked for. Neighbours are often alike, and adding one to a count
    /// has to wait until the one before is stored.
    private final long[] seconds = new long[BINS];

    public PixelStatistics(PixelType type) {
        this.type = type;
    }

    void clear() {
        Arrays.fill(counts, 0);
        Arrays.fill(seconds, 0);
    }

    private void addSeconds() {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] += seconds[bin];
        }
        Arrays.fill(seconds, 0);
    }

    /// Adds `count` pixels from `at` on.
    void add(byte[] pixels, int at, int count) {
        switch (type) {
            case UINT8 -> bytes(pixels, at, count, 0);
            case INT8 -> bytes(pixels, at, count, 0x80);
            case UINT16 -> shorts(pixels, at, count, 0);
            case INT16 -> shorts(pixels, at, count, 0x8000);
            case UINT32 -> unsignedInts(pixels, at, count);
            case INT32 -> signedInts(pixels, at, count);
            case FLOAT32 -> floats(pixels, at, count);
            case FLOAT64 -> doubles(pixels, at, count);
        }
    }

    /// Adds `count` pixels that are all zero.
    void addZeros(long count) {
        counts[zeroBin()] += count;
    }

    private int zeroBin() {
        return switch (type) {
            case UINT8, UINT16, UINT32 -> 0;
            case INT8 -> 0x80;
            case INT16, INT32, FLOAT32, FLOAT64 -> 0x8000;
        };
    }

    private void bytes(byte[] pixels, int at, int count, int flip) {
        for (int i = at; i < at + count; i++) {
            counts[pixels[i] & 0xff ^ flip]++;
        }
    }

    private void shorts(byte[] pixels, int at, int count, int flip) {
        long[] firsts = counts;
        long[] others = seconds;
        int end = at + 2 * count;
        int i = at;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long four = (long) LONGS.get(pixels, i);
            firsts[(int) four & 0xffff ^ flip]++;
            others[(int) (four >>> 16) & 0xffff ^ flip]++;
            firsts[(int) (four >>> 32) & 0xffff ^ flip]++;
            others[(int) (four >>> 48) ^ flip]++;
        }
        for (; i < end; i += 2) {
            counts[(short) SHORTS.get(pixels, i) & 0xffff ^ flip]++;
        }
    }

    private void unsignedInts(byte[] pixels, int at, int count) {
        for (int i = 0; i < count; i++) {
            counts[shared((int) INTS.get(pixels, at + 4 * i), UNSIGNED_BITS)]++;
        }
    }

    private void signedInts(byte[] pixels, int at, int count) {
        for (int i = 0; i < count; i++) {
            int value = (int) INTS.get(pixels, at + 4 * i);
            // The least number has no counterpart; as one without sign it is right.
            counts[value < 0 ? zeroBin() - shared(-value, SIGNED_BITS) : zeroBin() + shared(value, SIGNED_BITS)]++;
        }
    }

    /// The bin of a number without sign: its own below 2^(bits + 1), then one for all that begin with the same bits.
    private static int shared(int value, int bits) {
        int dropped = Math.max(0, Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value) - bits);
        return (dropped << bits) + (value >>> dropped);
    }

    /// The least number of such a bin.
    private static long least(int bin, int bits) {
        int dropped = Math.max(0, (bin >> bits) - 1);
        return (long) (bin - (dropped << bits)) << dropped;
    }

    private void floats(byte[] pixels, int at, int count) {
        for (int i = 0; i < count; i++) {
            int bits = (int) INTS.get(pixels, at + 4 * i);
            if ((bits & 0x7fff_ffff) <= 0x7f80_0000) {
                counts[ascending(bits == Integer.MIN_VALUE ? 0 : bits) >>> 16]++;
            }
        }
    }

    private void doubles(byte[] pixels, int at, int count) {
        for (int i = 0; i < count; i++) {
            long bits = (long) LONGS.get(pixels, at + 8 * i);
            if ((bits & Long.MAX_VALUE) <= 0x7ff0_0000_0000_0000L) {
                counts[(int) (ascending(bits == Long.MIN_VALUE ? 0 : bits) >>> 48)]++;
            }
        }
    }

    /// Numbers of which unsigned comparison is the order of floating-point numbers.
    private static int ascending(int bits) {
        return bits ^ (bits >> 31 | Integer.MIN_VALUE);
    }

    private static long ascending(long bits) {
        return bits ^ (bits >> 63 | Long.MIN_VALUE);
    }

    /// The least value of a bin.
    private double value(int bin) {
        return switch (type) {
            case UINT8, UINT16 -> bin;
            case INT8 -> bin - 0x80;
            case INT16 -> bin - 0x8000;
            case UINT32 -> least(bin, UNSIGNED_BITS);
            case INT32 ->
                bin < zeroBin() ? 1.0 - least(zeroBin() - bin + 1, SIGNED_BITS) : least(bin - zeroBin(), SIGNED_BITS);
            case FLOAT32 -> {
                int up = bin << 16;
                yield Float.intBitsToFloat(up < 0 ? up ^ Integer.MIN_VALUE : ~up);
            }
            case FLOAT64 -> {
                long up = (long) bin << 48;
                yield Double.longBitsToDouble(up < 0 ? up ^ Long.MIN_VALUE : ~up);
            }
        };
    }

    /// Pixels that were counted.
    long pixels() {
        addSeconds();
        long pixels = 0;
        for (long count : counts) {
            pixels += count;
        }
        return pixels;
    }

    /// The window for viewers: from the darkest to the brightest value that occurs, opened from the 1st to the 99.9th
    /// percentile of the pixels that are not zero, because zero is what was not scanned or was subtracted away.
    public DisplayWindow window() {
        addSeconds();
        int zero = zeroBin();
        long pixels = 0;
        int darkest = -1;
        int brightest = -1;
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0 && Double.isFinite(value(bin))) {
                darkest = darkest < 0 ? bin : darkest;
                brightest = bin;
                pixels += bin == zero ? 0 : counts[bin];
            }
        }
        if (pixels == 0) {
            return DisplayWindow.EMPTY;
        }
        double start = percentile(10, pixels, zero);
        double end = percentile(999, pixels, zero);
        if (start == end) {
            // One brightness only: show it bright against zero.
            start = Math.min(0, start);
            end = Math.max(0, end);
        }
        return new DisplayWindow(Math.min(value(darkest), start), Math.max(value(brightest), end), start, end);
    }

    /// The value that so many thousandths of the pixels other than zero do not exceed.
    private double percentile(int thousandths, long pixels, int zero) {
        long wanted = Math.max(1, Math.ceilDiv(pixels * thousandths, 1000L));
        long seen = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (bin != zero && counts[bin] > 0 && Double.isFinite(value(bin))) {
                seen += counts[bin];
                if (seen >= wanted) {
                    return value(bin);
                }
            }
        }
        throw new IllegalStateException("%,d of %,d pixels were counted".formatted(seen, pixels));
    }

    /// The most that counts of `type` take on scratch: one entry for each value, or for each bin.
    static long mostStoredBytes(PixelType type) {
        return storedBytes(type.bytes() == 1 ? 1 << Byte.SIZE : BINS);
    }

    /// How many bins are used, then the number and the count of each.
    private static int storedBytes(int used) {
        return Integer.BYTES + used * (Integer.BYTES + Long.BYTES);
    }

    /// The bins that are not empty, for [#addStored].
    byte[] toBytes() {
        addSeconds();
        int used = 0;
        for (long count : counts) {
            used += count > 0 ? 1 : 0;
        }
        ByteBuffer bytes = ByteBuffer.allocate(storedBytes(used)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(used);
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                bytes.putInt(bin).putLong(counts[bin]);
            }
        }
        return bytes.array();
    }

    /// Adds what [#toBytes] of another one gave, read from a file that the run itself wrote.
    public void addStored(ByteBuffer stored) {
        ByteBuffer bytes = stored.order(ByteOrder.LITTLE_ENDIAN);
        int used = bytes.getInt();
        for (int i = 0; i < used; i++) {
            counts[bytes.getInt()] += bytes.getLong();
        }
    }
}
