package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.tree.ElementType;
import io.cellferry.matrix.ValueBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Stored numbers to the bits that [ValueBuffer] holds: widened without loss, in the machine's order.
final class Widening {

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private Widening() {}

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /// Writes `count` numbers, found every `stride` bytes from `at`, to every `step`th place of `into` from `to`.
    static void copy(StoredType type, byte[] data, int at, int stride, int count, ValueBuffer into, int to, int step) {
        switch (type.bytes()) {
            case 1 -> bytes(type, data, at, stride, count, into.four(), to, step);
            case 2 -> shorts(type, data, at, stride, count, into.four(), to, step);
            case 4 -> ints(type.bigEndian(), data, at, stride, count, into.four(), to, step);
            case 8 -> longs(type.bigEndian(), data, at, stride, count, into.eight(), to, step);
            default -> throw new IllegalArgumentException("numbers of %d bytes".formatted(type.bytes()));
        }
    }

    private static boolean isSigned(StoredType type) {
        return type.type() instanceof ElementType.Whole whole && whole.signed();
    }

    private static void bytes(
            StoredType type, byte[] data, int at, int stride, int count, int[] into, int to, int step) {
        int mask = isSigned(type) ? -1 : 0xff;
        for (int index = 0; index < count; index++) {
            into[to + index * step] = data[at + index * stride] & mask;
        }
    }

    private static void shorts(
            StoredType type, byte[] data, int at, int stride, int count, int[] into, int to, int step) {
        boolean real = type.type() instanceof ElementType.Real;
        int mask = isSigned(type) ? -1 : 0xffff;
        for (int index = 0; index < count; index++) {
            short bits = (short) SHORT.get(data, at + index * stride);
            if (type.bigEndian()) {
                bits = Short.reverseBytes(bits);
            }
            into[to + index * step] = real ? halfToSingle(bits) : bits & mask;
        }
    }

    /// The same number in single precision, and the same NaN: `Float.float16ToFloat` would make a signalling one quiet.
    static int halfToSingle(short half) {
        int sign = (half & 0x8000) << 16;
        boolean special = (half & 0x7c00) == 0x7c00;
        return special
                ? sign | 0x7f80_0000 | (half & 0x3ff) << 13
                : Float.floatToRawIntBits(Float.float16ToFloat(half));
    }

    private static void ints(boolean swap, byte[] data, int at, int stride, int count, int[] into, int to, int step) {
        if (!swap && stride == Integer.BYTES && step == 1) {
            // As nearly all matrices are stored; copied in one piece.
            littleEnd(data, at, stride * count).asIntBuffer().get(into, to, count);
            return;
        }
        for (int index = 0; index < count; index++) {
            int bits = (int) INT.get(data, at + index * stride);
            into[to + index * step] = swap ? Integer.reverseBytes(bits) : bits;
        }
    }

    private static ByteBuffer littleEnd(byte[] data, int at, int bytes) {
        return ByteBuffer.wrap(data, at, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void longs(boolean swap, byte[] data, int at, int stride, int count, long[] into, int to, int step) {
        if (!swap && stride == Long.BYTES && step == 1) {
            littleEnd(data, at, stride * count).asLongBuffer().get(into, to, count);
            return;
        }
        for (int index = 0; index < count; index++) {
            long bits = (long) LONG.get(data, at + index * stride);
            into[to + index * step] = swap ? Long.reverseBytes(bits) : bits;
        }
    }
}
