package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.tiledb.filter.Datatype;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/// Compares decoded tiles with the sums their writer recorded: TileDB has no checksums unless somebody asked for
/// them, and a flipped byte often decompresses to something.
///
/// Sums are added as the writer does, front to back, integers in 64 bits, real numbers as doubles, without cells
/// that hold nothing; so they have to be equal to the bit.
final class TileSums {

    private TileSums() {}

    static void check(Datatype type, byte[] tile, int cells, byte @Nullable [] validity, long recorded) {
        ByteBuffer bytes = ByteBuffer.wrap(tile).order(ByteOrder.LITTLE_ENDIAN);
        if (validity != null) {
            general(type, tile, cells, validity, recorded);
            return;
        }
        switch (type) {
            case FLOAT32 -> compare(sum(bytes.asFloatBuffer(), cells), recorded);
            case FLOAT64 -> compare(sum(bytes.asDoubleBuffer(), cells), recorded);
            case INT64, UINT64 -> compare(sum(bytes.asLongBuffer(), cells), recorded, type);
            default -> general(type, tile, cells, null, recorded);
        }
    }

    /// Any type, any cells left out.
    private static void general(Datatype type, byte[] tile, int cells, byte @Nullable [] validity, long recorded) {
        long whole = 0;
        double real = 0;
        for (int i = 0; i < cells; i++) {
            if (validity == null || validity[i] != 0) {
                long bits = CellBits.at(type, tile, i);
                switch (type) {
                    case FLOAT32 -> real += Float.intBitsToFloat((int) bits);
                    case FLOAT64 -> real += Double.longBitsToDouble(bits);
                    default -> whole += bits;
                }
            }
        }
        if (type == Datatype.FLOAT32 || type == Datatype.FLOAT64) {
            compare(real, recorded);
        } else {
            compare(whole, recorded, type);
        }
    }

    private static double sum(FloatBuffer values, int cells) {
        double sum = 0;
        for (int i = 0; i < cells; i++) {
            sum += values.get(i);
        }
        return sum;
    }

    private static double sum(DoubleBuffer values, int cells) {
        double sum = 0;
        for (int i = 0; i < cells; i++) {
            sum += values.get(i);
        }
        return sum;
    }

    private static long sum(LongBuffer values, int cells) {
        long sum = 0;
        for (int i = 0; i < cells; i++) {
            sum += values.get(i);
        }
        return sum;
    }

    private static void compare(double found, long recorded) {
        double expected = Double.longBitsToDouble(recorded);
        // A writer stops at the largest double.
        boolean overflow = Math.abs(expected) == Double.MAX_VALUE || Double.isInfinite(found);
        if (!overflow && found != expected && !(Double.isNaN(found) && Double.isNaN(expected))) {
            throw new Malformed("the values of a tile add up to %s, its writer recorded %s".formatted(found, expected));
        }
    }

    private static void compare(long found, long recorded, Datatype type) {
        // A writer stops at the end of the range.
        boolean overflow =
                recorded == Long.MAX_VALUE || recorded == Long.MIN_VALUE || type == Datatype.UINT64 && recorded == -1;
        if (!overflow && found != recorded) {
            throw new Malformed(
                    "the values of a tile add up to %,d, its writer recorded %,d".formatted(found, recorded));
        }
    }
}
