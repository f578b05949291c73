package io.cellferry.dataset.tiledb.filter;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.matrix.ValueType;
import java.util.Optional;

/// Types of values, in the order of their numbers in the format.
public enum Datatype {
    INT32(new ElementType.Whole(4, true)),
    INT64(new ElementType.Whole(8, true)),
    FLOAT32(new ElementType.Real(4)),
    FLOAT64(new ElementType.Real(8)),
    CHAR(1),
    INT8(new ElementType.Whole(1, true)),
    UINT8(new ElementType.Whole(1, false)),
    INT16(new ElementType.Whole(2, true)),
    UINT16(new ElementType.Whole(2, false)),
    UINT32(new ElementType.Whole(4, false)),
    UINT64(new ElementType.Whole(8, false)),
    STRING_ASCII(new ElementType.Text()),
    STRING_UTF8(new ElementType.Text()),
    STRING_UTF16(2),
    STRING_UTF32(4),
    STRING_UCS2(2),
    STRING_UCS4(4),
    ANY(1),
    DATETIME_YEAR(8),
    DATETIME_MONTH(8),
    DATETIME_WEEK(8),
    DATETIME_DAY(8),
    DATETIME_HR(8),
    DATETIME_MIN(8),
    DATETIME_SEC(8),
    DATETIME_MS(8),
    DATETIME_US(8),
    DATETIME_NS(8),
    DATETIME_PS(8),
    DATETIME_FS(8),
    DATETIME_AS(8),
    TIME_HR(8),
    TIME_MIN(8),
    TIME_SEC(8),
    TIME_MS(8),
    TIME_US(8),
    TIME_NS(8),
    TIME_PS(8),
    TIME_FS(8),
    TIME_AS(8),
    BLOB(1),
    BOOL(new ElementType.Flag()),
    GEOM_WKB(1),
    GEOM_WKT(1);

    private static final Datatype[] BY_NUMBER = values();

    private final int bytes;
    private final ElementType type;

    Datatype(int bytes) {
        this.bytes = bytes;
        this.type = new ElementType.Other(name().toLowerCase(java.util.Locale.ROOT));
    }

    Datatype(ElementType type) {
        this.bytes = switch (type) {
            case ElementType.Whole whole -> whole.bytes();
            case ElementType.Real real -> real.bytes();
            default -> 1;
        };
        this.type = type;
    }

    public static Datatype of(int number) {
        if (number >= BY_NUMBER.length) {
            throw new Malformed(
                    "a data type has number %d; %d is the highest known".formatted(number, GEOM_WKT.ordinal()));
        }
        return BY_NUMBER[number];
    }

    /// Of one value; of one character for texts.
    public int bytes() {
        return bytes;
    }

    /// The same type in the words of all readers.
    public ElementType element() {
        return type;
    }

    public boolean isText() {
        return this == STRING_ASCII || this == STRING_UTF8;
    }

    public boolean isNumber() {
        return type instanceof ElementType.Whole
                || type instanceof ElementType.Real
                || type instanceof ElementType.Flag;
    }

    /// How numbers are delivered, without loss; empty for what is no number.
    public Optional<ValueType> delivered() {
        return switch (this) {
            case FLOAT32 -> Optional.of(ValueType.FLOAT32);
            case FLOAT64 -> Optional.of(ValueType.FLOAT64);
            case INT64 -> Optional.of(ValueType.INT64);
            case UINT64 -> Optional.of(ValueType.UINT64);
            case UINT32 -> Optional.of(ValueType.UINT32);
            case INT8, UINT8, INT16, UINT16, INT32, BOOL -> Optional.of(ValueType.INT32);
            default -> Optional.empty();
        };
    }

    boolean isTime() {
        return ordinal() >= DATETIME_YEAR.ordinal() && ordinal() <= TIME_AS.ordinal();
    }

    boolean isUnsigned() {
        return switch (this) {
            case UINT8, UINT16, UINT32, UINT64, BOOL -> true;
            default -> false;
        };
    }
}
