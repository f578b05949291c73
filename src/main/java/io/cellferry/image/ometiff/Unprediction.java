package io.cellferry.image.ometiff;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Undoes predictors, in place, row by row.
///
/// Rows are little-endian. One sample a pixel is by far the most frequent and goes eight bytes at a time: a running sum
/// within a long by shifted additions whose carries stay in their lane, then the sum so far on top.
final class Unprediction {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long TOP_OF_BYTES = 0x8080_8080_8080_8080L;
    private static final long TOP_OF_SHORTS = 0x8000_8000_8000_8000L;
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long EACH_SHORT = 0x0001_0001_0001_0001L;

    private final int samples;
    private final int sampleBytes;
    /// One row, to put the bytes of floating-point numbers together.
    private final byte[] row;

    /// `samples` of `sampleBytes` each lie side by side in a pixel.
    Unprediction(int samples, int sampleBytes, int rowBytes, Predictor predictor) {
        this.samples = samples;
        this.sampleBytes = sampleBytes;
        this.row = new byte[predictor == Predictor.FLOATING_POINT ? rowBytes : 0];
    }

    /// Undoes [Predictor#DIFFERENCES] in `pixels[from, from + rowBytes)`.
    void sum(byte[] pixels, int from, int rowBytes) {
        int end = from + rowBytes;
        switch (sampleBytes) {
            case 1 -> sumBytes(pixels, from, end, samples);
            case 2 -> sumShorts(pixels, from, end);
            case 4 -> {
                for (int at = from + 4 * samples; at < end; at += 4) {
                    INTS.set(pixels, at, (int) INTS.get(pixels, at) + (int) INTS.get(pixels, at - 4 * samples));
                }
            }
            default -> {
                for (int at = from + 8 * samples; at < end; at += 8) {
                    LONGS.set(pixels, at, (long) LONGS.get(pixels, at) + (long) LONGS.get(pixels, at - 8 * samples));
                }
            }
        }
    }

    /// Undoes [Predictor#FLOATING_POINT] in `pixels[from, from + rowBytes)` and leaves little-endian numbers.
    void assemble(byte[] pixels, int from, int rowBytes) {
        sumBytes(pixels, from, from + rowBytes, samples);
        int numbers = rowBytes / sampleBytes;
        for (int place = 0; place < sampleBytes; place++) {
            int plane = from + (sampleBytes - 1 - place) * numbers;
            for (int number = 0; number < numbers; number++) {
                row[number * sampleBytes + place] = pixels[plane + number];
            }
        }
        System.arraycopy(row, 0, pixels, from, rowBytes);
    }

    private static void sumBytes(byte[] pixels, int from, int end, int samples) {
        int at = from + samples;
        if (samples == 1) {
            at = from;
            long before = 0;
            for (; at <= end - 8; at += 8) {
                long lanes = (long) LONGS.get(pixels, at);
                lanes = addBytes(lanes, lanes << 8);
                lanes = addBytes(lanes, lanes << 16);
                lanes = addBytes(lanes, lanes << 32);
                lanes = addBytes(lanes, before * EACH_BYTE);
                LONGS.set(pixels, at, lanes);
                before = lanes >>> 56;
            }
            at = Math.max(at, from + 1);
        }
        for (; at < end; at++) {
            pixels[at] += pixels[at - samples];
        }
    }

    private void sumShorts(byte[] pixels, int from, int end) {
        int at = from + 2 * samples;
        if (samples == 1) {
            at = from;
            long before = 0;
            for (; at <= end - 8; at += 8) {
                long lanes = (long) LONGS.get(pixels, at);
                lanes = addShorts(lanes, lanes << 16);
                lanes = addShorts(lanes, lanes << 32);
                lanes = addShorts(lanes, before * EACH_SHORT);
                LONGS.set(pixels, at, lanes);
                before = lanes >>> 48;
            }
            at = Math.max(at, from + 2);
        }
        for (; at < end; at += 2) {
            SHORTS.set(pixels, at, (short)
                    ((short) SHORTS.get(pixels, at) + (short) SHORTS.get(pixels, at - 2 * samples)));
        }
    }

    private static long addBytes(long one, long other) {
        return ((one & ~TOP_OF_BYTES) + (other & ~TOP_OF_BYTES)) ^ ((one ^ other) & TOP_OF_BYTES);
    }

    private static long addShorts(long one, long other) {
        return ((one & ~TOP_OF_SHORTS) + (other & ~TOP_OF_SHORTS)) ^ ((one ^ other) & TOP_OF_SHORTS);
    }
}
