package io.cellferry.genemajor;

import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.SparseColumn;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import io.cellferry.zarr.ZarrType;

/// Turns the values of a column into another type of numbers. Real numbers are rounded to the nearest; whole ones have
/// to fit, and one that does not is refused by cell and gene.
public final class ValueConversion {

    private static final double TWO_TO_63 = 0x1p63;

    private final ZarrType target;
    private final String matrix;
    private final boolean byCell;

    /// Of `matrix`, which is named in refusals, to `target`; with `byCell` columns are those of its mirror.
    public ValueConversion(ZarrType target, String matrix, boolean byCell) {
        this.target = target;
        this.matrix = matrix;
        this.byCell = byCell;
    }

    /// How values of `type` are held while they wait to be written.
    public static ValueType held(ZarrType type) {
        return switch (type) {
            case BOOL, INT8, INT16, INT32, UINT8, UINT16 -> ValueType.INT32;
            case UINT32 -> ValueType.UINT32;
            case INT64 -> ValueType.INT64;
            case UINT64 -> ValueType.UINT64;
            case FLOAT16, FLOAT32 -> ValueType.FLOAT32;
            case FLOAT64 -> ValueType.FLOAT64;
            case TEXT, ROW -> throw new IllegalArgumentException("texts and rows are no values");
        };
    }

    /// Writes values `[from, to)` of `column`, which holds `gene`, to `into` from `at` on.
    void convert(int gene, SparseColumn column, int from, int to, ValueBuffer into, int at) {
        ValueBuffer values = column.values();
        for (int i = from; i < to; i++) {
            int place = at + i - from;
            switch (target) {
                case FLOAT32 -> into.four()[place] = Float.floatToRawIntBits(values.asFloat(i));
                case FLOAT16 -> into.four()[place] = half(values, i);
                case FLOAT64 -> into.eight()[place] = Double.doubleToRawLongBits(values.asDouble(i));
                case INT64 -> into.eight()[place] = whole(gene, column, i, Long.MIN_VALUE, Long.MAX_VALUE);
                case UINT64 -> into.eight()[place] = unsigned(gene, column, i);
                case BOOL -> into.four()[place] = (int) whole(gene, column, i, 0, 1);
                case INT8 -> into.four()[place] = (int) whole(gene, column, i, Byte.MIN_VALUE, Byte.MAX_VALUE);
                case UINT8 -> into.four()[place] = (int) whole(gene, column, i, 0, 255);
                case INT16 -> into.four()[place] = (int) whole(gene, column, i, Short.MIN_VALUE, Short.MAX_VALUE);
                case UINT16 -> into.four()[place] = (int) whole(gene, column, i, 0, 65_535);
                case INT32 -> into.four()[place] = (int) whole(gene, column, i, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case UINT32 -> into.four()[place] = (int) whole(gene, column, i, 0, 0xffff_ffffL);
                case TEXT, ROW -> throw new IllegalStateException("texts and rows are no values");
            }
        }
    }

    /// Rounded once: through float a double could be rounded twice, so it is cut to odd first.
    private static int half(ValueBuffer values, int index) {
        float near = values.asFloat(index);
        if (values.type() != ValueType.FLOAT32 && !Float.isNaN(near) && !Float.isInfinite(near)) {
            double exact = values.asDouble(index);
            if (near != exact) {
                float below = Math.abs(near) > Math.abs(exact) ? Math.nextAfter(near, 0.0) : near;
                near = Float.intBitsToFloat(Float.floatToRawIntBits(below) | 1);
            }
        }
        return Float.floatToRawIntBits(Float.float16ToFloat(Float.floatToFloat16(near)));
    }

    private long whole(int gene, SparseColumn column, int index, long least, long most) {
        ValueBuffer values = column.values();
        long whole;
        switch (values.type()) {
            case INT32 -> whole = values.four()[index];
            case UINT32 -> whole = Integer.toUnsignedLong(values.four()[index]);
            case INT64 -> whole = values.eight()[index];
            case UINT64 -> {
                whole = values.eight()[index];
                if (whole < 0) {
                    throw refused(gene, column, index);
                }
            }
            case FLOAT32, FLOAT64 -> {
                double real = values.asDouble(index);
                whole = (long) real;
                if (whole != real || real >= TWO_TO_63) {
                    throw refused(gene, column, index);
                }
            }
            default -> throw new IllegalStateException("unknown value type");
        }
        if (whole < least || whole > most) {
            throw refused(gene, column, index);
        }
        return whole;
    }

    private long unsigned(int gene, SparseColumn column, int index) {
        return column.values().type() == ValueType.UINT64
                ? column.values().eight()[index]
                : whole(gene, column, index, 0, Long.MAX_VALUE);
    }

    private InputRefused refused(int gene, SparseColumn column, int index) {
        int major = gene;
        int minor = column.cells()[index];
        return new InputRefused(
                "%s: cell %,d, gene %,d (both from 0): expected a value that %s can hold, found %s."
                        .formatted(
                                matrix,
                                byCell ? major : minor,
                                byCell ? minor : major,
                                target.word(),
                                column.values().text(index)),
                "Leave --value-type at keep, or name a wider type.");
    }
}
