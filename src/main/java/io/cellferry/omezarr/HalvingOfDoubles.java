package io.cellferry.omezarr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Halves `float64`.
final class HalvingOfDoubles implements Halving {

    private static final int BYTES = Double.BYTES;
    private static final VarHandle PIXEL =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private final Downsampling downsampling;

    HalvingOfDoubles(Downsampling downsampling) {
        this.downsampling = downsampling;
    }

    @Override
    public void halve(byte[] from, int at, int rowBytes, int width, int height, byte[] into, int to, int intoRowBytes) {
        for (int row = 0; row < height; row += 2) {
            int upper = at + row * rowBytes;
            int lower = row + 1 < height ? upper + rowBytes : upper;
            int target = to + row / 2 * intoRowBytes;
            int pairs = width / 2;
            for (int pair = 0; pair < pairs; pair++) {
                int left = 2 * pair * BYTES;
                PIXEL.set(
                        into,
                        target + pair * BYTES,
                        one(
                                pixel(from, upper + left),
                                pixel(from, lower + left),
                                pixel(from, upper + left + BYTES),
                                pixel(from, lower + left + BYTES)));
            }
            if (width % 2 == 1) {
                int left = 2 * pairs * BYTES;
                double above = pixel(from, upper + left);
                double below = pixel(from, lower + left);
                PIXEL.set(into, target + pairs * BYTES, one(above, below, above, below));
            }
        }
    }

    private static double pixel(byte[] from, int at) {
        return (double) PIXEL.get(from, at);
    }

    private double one(double upperLeft, double lowerLeft, double upperRight, double lowerRight) {
        return switch (downsampling) {
            case MEAN -> (((upperLeft + lowerLeft) + upperRight) + lowerRight) / 4;
            case NEAREST -> upperLeft;
            case MAX -> Math.max(Math.max(upperLeft, lowerLeft), Math.max(upperRight, lowerRight));
        };
    }
}
