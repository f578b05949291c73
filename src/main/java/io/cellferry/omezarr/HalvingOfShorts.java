package io.cellferry.omezarr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Halves pixels of two bytes, which most microscopes deliver.
///
/// For means, eight bytes hold four pixels of a row at a time: two sums of pairs in each, in 32 bits that cannot
/// overflow. Signed pixels are moved to unsigned ones and back by flipping their highest bit, which moves their mean
/// just as far.
final class HalvingOfShorts extends HalvingOfRows {

    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle TWO = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle PIXEL = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EVEN = 0x0000_ffff_0000_ffffL;
    private static final long ROUNDING = 0x0000_0002_0000_0002L;

    /// The highest bit where pixels are signed.
    private final int flip;

    HalvingOfShorts(Downsampling downsampling, boolean unsigned) {
        super(downsampling);
        this.flip = unsigned ? 0 : 0x8000;
    }

    @Override
    void mean(byte[] from, int upper, int lower, int width, byte[] into, int target) {
        long flips = flip * 0x0001_0001_0001_0001L;
        int quads = width / 4;
        for (int quad = 0; quad < quads; quad++) {
            long above = (long) FOUR.get(from, upper + 8 * quad) ^ flips;
            long below = (long) FOUR.get(from, lower + 8 * quad) ^ flips;
            long sums = (above & EVEN) + (above >>> 16 & EVEN) + (below & EVEN) + (below >>> 16 & EVEN);
            long means = (sums + ROUNDING) >>> 2 & EVEN;
            TWO.set(into, target + 4 * quad, (int) (means | means >>> 16) ^ (int) flips);
        }
        for (int left = 4 * quads; left < width; left += 2) {
            int right = Math.min(left + 1, width - 1);
            int sum = pixel(from, upper, left)
                    + pixel(from, upper, right)
                    + pixel(from, lower, left)
                    + pixel(from, lower, right);
            PIXEL.set(into, target + left, (short) (sum + 2 >> 2 ^ flip));
        }
    }

    @Override
    void nearest(byte[] from, int upper, int width, byte[] into, int target) {
        for (int left = 0; left < width; left += 2) {
            PIXEL.set(into, target + left, (short) PIXEL.get(from, upper + 2 * left));
        }
    }

    @Override
    void max(byte[] from, int upper, int lower, int width, byte[] into, int target) {
        for (int left = 0; left < width; left += 2) {
            int right = Math.min(left + 1, width - 1);
            int above = Math.max(pixel(from, upper, left), pixel(from, upper, right));
            int below = Math.max(pixel(from, lower, left), pixel(from, lower, right));
            PIXEL.set(into, target + left, (short) (Math.max(above, below) ^ flip));
        }
    }

    /// As an unsigned number in the order of the type.
    private int pixel(byte[] from, int row, int column) {
        return ((short) PIXEL.get(from, row + 2 * column) ^ flip) & 0xffff;
    }
}
