package io.cellferry.zarr;

import java.nio.ByteBuffer;

/// Puts values that were widened to four bytes back into the one or two bytes they came from.
final class Narrowing {

    private Narrowing() {}

    static void put(ZarrType type, int[] values, int from, int count, ByteBuffer into) {
        for (int i = from; i < from + count; i++) {
            int value = values[i];
            boolean fits =
                    switch (type) {
                        case BOOL -> put(into, value, value == 0 || value == 1);
                        case INT8 -> put(into, value, value == (byte) value);
                        case UINT8 -> put(into, value, value >>> 8 == 0);
                        case INT16 -> putTwo(into, value, value == (short) value);
                        case UINT16 -> putTwo(into, value, value >>> 16 == 0);
                        case FLOAT16 -> {
                            short half = Float.floatToFloat16(Float.intBitsToFloat(value));
                            float back = Float.float16ToFloat(half);
                            yield putTwo(into, half, Float.floatToRawIntBits(back) == value || Float.isNaN(back));
                        }
                        case INT32, INT64, UINT32, UINT64, FLOAT32, FLOAT64, TEXT, ROW ->
                            throw new IllegalArgumentException(type + " is not narrow");
                    };
            if (!fits) {
                throw new IllegalArgumentException(
                        "value %,d (bits %08x) does not fit %s".formatted(value, value, type.word()));
            }
        }
    }

    private static boolean put(ByteBuffer into, int value, boolean fits) {
        into.put((byte) value);
        return fits;
    }

    private static boolean putTwo(ByteBuffer into, int value, boolean fits) {
        into.putShort((short) value);
        return fits;
    }
}
