package io.cellferry.omezarr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Halves `float32` and `float64`. Means are taken in the type itself, column by column, which is what numpy gives too.
///
/// `float32` is computed as `float64` and rounded after every operation, which gives what `float32` arithmetic gives:
/// a sum or a quotient of two numbers of 24 bits is the same whether it is rounded to 53 bits first or not.
///
/// What is no number is always written as the same one. Which of many the processor makes depends on its kind, on the
/// order of the operands, and so on the compiler.
final class HalvingOfReals extends HalvingOfRows {

    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final boolean single;
    private final int bytes;

    /// `single` for pixels of four bytes, else they have eight.
    HalvingOfReals(Downsampling downsampling, boolean single) {
        super(downsampling);
        this.single = single;
        this.bytes = single ? Float.BYTES : Double.BYTES;
    }

    @Override
    void mean(byte[] from, int upper, int lower, int width, byte[] into, int target) {
        for (int left = 0; left < width; left += 2) {
            int here = left * bytes;
            int right = Math.min(left + 1, width - 1) * bytes;
            double sum = rounded(pixel(from, upper + here) + pixel(from, lower + here));
            sum = rounded(sum + pixel(from, upper + right));
            sum = rounded(sum + pixel(from, lower + right));
            put(into, target + here / 2, sum / 4);
        }
    }

    /// Bits as they are: also of what is no number.
    @Override
    void nearest(byte[] from, int upper, int width, byte[] into, int target) {
        for (int left = 0; left < width; left += 2) {
            System.arraycopy(from, upper + left * bytes, into, target + left / 2 * bytes, bytes);
        }
    }

    @Override
    void max(byte[] from, int upper, int lower, int width, byte[] into, int target) {
        for (int left = 0; left < width; left += 2) {
            int here = left * bytes;
            int right = Math.min(left + 1, width - 1) * bytes;
            double above = Math.max(pixel(from, upper + here), pixel(from, upper + right));
            double below = Math.max(pixel(from, lower + here), pixel(from, lower + right));
            put(into, target + here / 2, Math.max(above, below));
        }
    }

    private double pixel(byte[] from, int at) {
        return single ? (float) FLOATS.get(from, at) : (double) DOUBLES.get(from, at);
    }

    private double rounded(double number) {
        return single ? (float) number : number;
    }

    private void put(byte[] into, int at, double number) {
        if (single) {
            INTS.set(into, at, Float.floatToIntBits((float) number));
        } else {
            LONGS.set(into, at, Double.doubleToLongBits(number));
        }
    }
}
