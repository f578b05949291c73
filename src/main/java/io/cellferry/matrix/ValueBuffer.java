package io.cellferry.matrix;

/// Room for stored values as raw bits, four or eight bytes each.
///
/// Sorting and spilling move bits without looking at them; only the two ends interpret them, so no
/// value passes through a type that cannot hold it. Exactly one of the arrays is used: `four()` for
/// types of four bytes, `eight()` for types of eight; the other has length zero. Owned by whoever made it and
/// reused from block to block; grows on demand and never shrinks.
public final class ValueBuffer {

    private final ValueType type;
    private int[] four = new int[0];
    private long[] eight = new long[0];

    public ValueBuffer(ValueType type) {
        this.type = type;
    }

    public ValueBuffer(ValueType type, int capacity) {
        this(type);
        ensureCapacity(capacity);
    }

    /// Values of a type of four bytes in an array that stays the caller's, who made it large enough.
    public static ValueBuffer over(ValueType type, int[] four) {
        if (type.bytes() != Integer.BYTES) {
            throw new IllegalArgumentException("%s does not fit an int".formatted(type));
        }
        ValueBuffer buffer = new ValueBuffer(type);
        buffer.four = four;
        return buffer;
    }

    public ValueType type() {
        return type;
    }

    public int[] four() {
        return four;
    }

    public long[] eight() {
        return eight;
    }

    /// The bits of one value, whichever array holds it.
    public long bits(int index) {
        return type.bytes() == Integer.BYTES ? four[index] : eight[index];
    }

    public int capacity() {
        return type.bytes() == 4 ? four.length : eight.length;
    }

    /// Makes room for `values` values; what was stored is lost when the arrays have to grow.
    public void ensureCapacity(int values) {
        if (capacity() >= values) {
            return;
        }
        // The old array must be free before the new one is made: nobody counts on both.
        if (type.bytes() == 4) {
            four = new int[0];
            four = new int[values];
        } else {
            eight = new long[0];
            eight = new long[values];
        }
    }

    /// Copies values `[from, from + count)` of `source`, which is of the same type, to `at`; there is room.
    public void copy(ValueBuffer source, int from, int at, int count) {
        if (type.bytes() == Integer.BYTES) {
            System.arraycopy(source.four, from, four, at, count);
        } else {
            System.arraycopy(source.eight, from, eight, at, count);
        }
    }

    /// The value at `index` as the nearest double; exact for all types but 64-bit integers beyond 2^53.
    public double asDouble(int index) {
        return switch (type) {
            case FLOAT32 -> Float.intBitsToFloat(four[index]);
            case INT32 -> four[index];
            case UINT32 -> Integer.toUnsignedLong(four[index]);
            case FLOAT64 -> Double.longBitsToDouble(eight[index]);
            case INT64 -> eight[index];
            case UINT64 -> unsignedToDouble(eight[index]);
        };
    }

    /// Writes values `[from, from + count)` as [#asDouble] gives them to `into` from place `at` on.
    public void asDoubles(int from, int count, double[] into, int at) {
        switch (type) {
            case FLOAT32 -> {
                for (int index = 0; index < count; index++) {
                    into[at + index] = Float.intBitsToFloat(four[from + index]);
                }
            }
            case FLOAT64 -> {
                for (int index = 0; index < count; index++) {
                    into[at + index] = Double.longBitsToDouble(eight[from + index]);
                }
            }
            case INT32, UINT32, INT64, UINT64 -> {
                for (int index = 0; index < count; index++) {
                    into[at + index] = asDouble(from + index);
                }
            }
        }
    }

    /// The value at `index` rounded once to the nearest float.
    public float asFloat(int index) {
        return switch (type) {
            case FLOAT32 -> Float.intBitsToFloat(four[index]);
            case INT32 -> four[index];
            case UINT32 -> Integer.toUnsignedLong(four[index]);
            case FLOAT64 -> (float) Double.longBitsToDouble(eight[index]);
            case INT64 -> eight[index];
            case UINT64 -> unsignedToFloat(eight[index]);
        };
    }

    /// Writes the first `count` values as [#asFloat] gives them to the start of `into`.
    public void asFloats(int count, float[] into) {
        switch (type) {
            case FLOAT32 -> {
                for (int index = 0; index < count; index++) {
                    into[index] = Float.intBitsToFloat(four[index]);
                }
            }
            case FLOAT64 -> {
                for (int index = 0; index < count; index++) {
                    into[index] = (float) Double.longBitsToDouble(eight[index]);
                }
            }
            case INT32, UINT32, INT64, UINT64 -> {
                for (int index = 0; index < count; index++) {
                    into[index] = asFloat(index);
                }
            }
        }
    }

    /// Writes the first `count` values as integers to `into` from place `at` on; the index of the first that is none or
    /// does not fit, or -1.
    public int asWholes(int count, long[] into, int at) {
        for (int index = 0; index < count; index++) {
            long whole = wholePart(index);
            if (!isWhole(index, whole)) {
                return index;
            }
            into[at + index] = whole;
        }
        return -1;
    }

    private long wholePart(int index) {
        return switch (type) {
            case INT32 -> four[index];
            case UINT32 -> Integer.toUnsignedLong(four[index]);
            case INT64, UINT64 -> eight[index];
            case FLOAT32, FLOAT64 -> (long) asDouble(index);
        };
    }

    private boolean isWhole(int index, long whole) {
        return switch (type) {
            case INT32, UINT32, INT64 -> true;
            case UINT64 -> whole >= 0;
            // 2^63 itself would come back as 2^63 - 1 and compare equal.
            case FLOAT32, FLOAT64 -> whole == asDouble(index) && whole != Long.MAX_VALUE;
        };
    }

    /// The value at `index` as people write it.
    public String text(int index) {
        return switch (type) {
            case INT32 -> Integer.toString(four[index]);
            case UINT32 -> Integer.toUnsignedString(four[index]);
            case INT64 -> Long.toString(eight[index]);
            case UINT64 -> Long.toUnsignedString(eight[index]);
            case FLOAT32, FLOAT64 -> Double.toString(asDouble(index));
        };
    }

    // Halving with a sticky last bit rounds as the full number would, then doubling is exact.
    private static double unsignedToDouble(long bits) {
        return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
    }

    private static float unsignedToFloat(long bits) {
        return bits >= 0 ? bits : 2.0f * ((bits >>> 1) | (bits & 1));
    }
}
