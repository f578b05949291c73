package io.cellferry.omezarr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Halves `float32`. Means are taken in the type itself, column by column, which is what numpy gives too.
final class HalvingOfFloats implements Halving {

    private static final int BYTES = Float.BYTES;
    private static final VarHandle PIXEL = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private final Downsampling downsampling;

    HalvingOfFloats(Downsampling downsampling) {
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
                float above = pixel(from, upper + left);
                float below = pixel(from, lower + left);
                PIXEL.set(into, target + pairs * BYTES, one(above, below, above, below));
            }
        }
    }

    private static float pixel(byte[] from, int at) {
        return (float) PIXEL.get(from, at);
    }

    private float one(float upperLeft, float lowerLeft, float upperRight, float lowerRight) {
        return switch (downsampling) {
            case MEAN -> (((upperLeft + lowerLeft) + upperRight) + lowerRight) / 4;
            case NEAREST -> upperLeft;
            case MAX -> Math.max(Math.max(upperLeft, lowerLeft), Math.max(upperRight, lowerRight));
        };
    }
}
