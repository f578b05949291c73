package io.cellferry.dataset.tiledb;

import io.cellferry.dataset.tiledb.filter.Datatype;
import io.cellferry.matrix.ValueBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Numbers of decoded tiles, widened as they are delivered.
public final class CellBits {

    private CellBits() {}

    /// Bits of value `index` as a [ValueBuffer] holds them, in a long; integers are themselves.
    public static long at(Datatype type, byte[] tile, int index) {
        ByteBuffer bytes = ByteBuffer.wrap(tile).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case INT8 -> tile[index];
            case UINT8, BOOL -> tile[index] & 255;
            case INT16 -> bytes.getShort(index * Short.BYTES);
            case UINT16 -> bytes.getShort(index * Short.BYTES) & 0xffff;
            case INT32, FLOAT32 -> bytes.getInt(index * Integer.BYTES);
            case UINT32 -> Integer.toUnsignedLong(bytes.getInt(index * Integer.BYTES));
            case INT64, UINT64, FLOAT64 -> bytes.getLong(index * Long.BYTES);
            default -> throw new IllegalArgumentException(type + " is no number");
        };
    }

    /// Writes values `[from, from + count)` of a tile to `into` from place `at`.
    public static void copy(Datatype type, byte[] tile, int from, int count, ValueBuffer into, int at) {
        ByteBuffer bytes = ByteBuffer.wrap(tile).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case INT32, UINT32, FLOAT32 -> bytes.asIntBuffer().get(from, into.four(), at, count);
            case INT64, UINT64, FLOAT64 -> bytes.asLongBuffer().get(from, into.eight(), at, count);
            default -> {
                int[] four = into.four();
                for (int i = 0; i < count; i++) {
                    four[at + i] = (int) at(type, tile, from + i);
                }
            }
        }
    }
}
