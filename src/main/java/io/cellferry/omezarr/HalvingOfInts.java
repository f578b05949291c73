package io.cellferry.omezarr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Halves whole numbers of four bytes.
final class HalvingOfInts implements Halving {

    private static final VarHandle PIXEL = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final Downsampling downsampling;
    private final boolean unsigned;

    HalvingOfInts(Downsampling downsampling, boolean unsigned) {
        this.downsampling = downsampling;
        this.unsigned = unsigned;
    }

    @Override
    public void halve(byte[] from, int at, int rowBytes, int width, int height, byte[] into, int to, int intoRowBytes) {
        for (int row = 0; row < height; row += 2) {
            int upper = at + row * rowBytes;
            int lower = row + 1 < height ? upper + rowBytes : upper;
            int target = to + row / 2 * intoRowBytes;
            for (int left = 0; left < width; left += 2) {
                int right = Math.min(left + 1, width - 1);
                long one = one(
                        pixel(from, upper, left),
                        pixel(from, lower, left),
                        pixel(from, upper, right),
                        pixel(from, lower, right));
                PIXEL.set(into, target + 2 * left, (int) one);
            }
        }
    }

    private long pixel(byte[] from, int row, int column) {
        int pixel = (int) PIXEL.get(from, row + 4 * column);
        return unsigned ? Integer.toUnsignedLong(pixel) : pixel;
    }

    private long one(long upperLeft, long lowerLeft, long upperRight, long lowerRight) {
        return switch (downsampling) {
            case MEAN -> upperLeft + lowerLeft + upperRight + lowerRight + 2 >> 2;
            case NEAREST -> upperLeft;
            case MAX -> Math.max(Math.max(upperLeft, lowerLeft), Math.max(upperRight, lowerRight));
        };
    }
}
