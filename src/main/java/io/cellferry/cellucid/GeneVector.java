package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.cellucid.arithmetic.Quantizer;
import io.cellferry.matrix.SparseColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// One gene as the bytes of its file: a number or code for every cell, made from the stored values alone. What is not
/// stored is zero, so its bytes are put everywhere first.
///
/// Holds 1, 2 or 4 bytes x cells for the file, and 4 bytes for each stored value.
final class GeneVector {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int POSITIVE_INFINITY_BITS = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private final ColumnEncoding encoding;
    private final int cells;
    private final boolean dense;
    private final byte[] bytes;
    private float[] values = new float[0];
    private float low;
    private float high;

    GeneVector(ColumnEncoding encoding, int cells, boolean dense) {
        this.encoding = encoding;
        this.cells = cells;
        this.dense = dense;
        this.bytes = new byte[Math.multiplyExact(cells, encoding.quantization().bytes())];
    }

    byte[] bytes() {
        return bytes;
    }

    /// Takes the values of `column` up as floats and tells `count` what floats cannot carry.
    void narrow(SparseColumn column, NarrowingCount count) {
        int stored = column.storedValues();
        if (values.length < stored) {
            values = new float[Math.min(cells, stored + (stored >>> 2))];
        }
        column.values().asFloats(stored, values);
        if (boundPositive(stored)) {
            if (stored < cells) {
                bound(0);
            }
        } else {
            boundEach(column, count);
        }
    }

    /// Finds the bounds of values all of which are finite and above zero, as those of counts are; says whether they
    /// are. Their bits have the same order as they have.
    private boolean boundPositive(int stored) {
        int least = POSITIVE_INFINITY_BITS;
        int greatest = 0;
        for (int at = 0; at < stored; at++) {
            int bits = Float.floatToRawIntBits(values[at]);
            least = Math.min(least, bits);
            greatest = Math.max(greatest, bits);
        }
        low = Float.intBitsToFloat(least);
        high = Float.intBitsToFloat(greatest);
        return least > 0 && greatest < POSITIVE_INFINITY_BITS;
    }

    private void boundEach(SparseColumn column, NarrowingCount count) {
        low = Float.POSITIVE_INFINITY;
        high = Float.NEGATIVE_INFINITY;
        boolean zeroSeen = false;
        int[] places = column.cells();
        int stored = column.storedValues();
        for (int at = 0; at < stored; at++) {
            float narrowed = values[at];
            count.look(places[at], column.values().asDouble(at), narrowed);
            // Adding to the zero of an empty column turns a stored -0.0 into 0.0.
            float value = dense ? narrowed : 0.0f + narrowed;
            values[at] = value;
            if (!zeroSeen && places[at] != at) {
                zeroSeen = true;
                bound(0); // in the order of cells: the first of 0.0 and -0.0 becomes the bound
            }
            if (Float.isFinite(value)) {
                bound(value);
            }
        }
        if (!zeroSeen && stored < cells) {
            bound(0);
        }
    }

    private void bound(float value) {
        low = value < low ? value : low;
        high = value > high ? value : high;
    }

    /// Makes the bytes of the column that was narrowed last; gives the bounds a reader needs, if it needs any.
    Optional<Bounds> encode(SparseColumn column) {
        int[] places = column.cells();
        int stored = column.storedValues();
        if (!encoding.quantization().quantizes()) {
            Arrays.fill(bytes, (byte) 0);
            for (int at = 0; at < stored; at++) {
                INTS.set(bytes, places[at] * Float.BYTES, Float.floatToRawIntBits(values[at]));
            }
            return Optional.empty();
        }
        Quantizer quantizer = encoding.quantizer(low, high);
        int zero = quantizer.code(0);
        if (encoding.quantization().bytes() == 1) {
            Arrays.fill(bytes, (byte) zero);
            for (int at = 0; at < stored; at++) {
                bytes[places[at]] = (byte) quantizer.code(values[at]);
            }
        } else {
            for (int cell = 0; cell < cells; cell++) {
                SHORTS.set(bytes, cell * Short.BYTES, (short) zero);
            }
            for (int at = 0; at < stored; at++) {
                SHORTS.set(bytes, places[at] * Short.BYTES, (short) quantizer.code(values[at]));
            }
        }
        return Optional.of(quantizer.bounds());
    }
}
