package io.cellferry.dataset.matrices;

import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.matrix.ValueType;

/// Adds stored values as the type on disk would, not as the wider type they are delivered in: an int8 of 100 twice is
/// -56, a boolean is true when any part is, floats round after each step. Sums start at zero, so -0.0 alone twice
/// becomes 0.0. This is what scipy does when it makes a column dense. float16 has no arithmetic there; it is added as
/// float32.
///
/// `spareBits` is how much narrower the stored integer is than what it is delivered in.
record Addition(ValueType type, int spareBits, boolean signed, boolean truth) {

    static final long ZERO = 0;

    static Addition of(TreeArray data) {
        ValueType type = data.valueType();
        return switch (data.type()) {
            case ElementType.Whole whole ->
                new Addition(type, Byte.SIZE * (type.bytes() - whole.bytes()), whole.signed(), false);
            case ElementType.Flag flag -> new Addition(type, 0, true, true);
            default -> new Addition(type, 0, true, false);
        };
    }

    /// The bits of `sum` and `value` added; both as [io.cellferry.matrix.ValueBuffer] holds them.
    long plus(long sum, long value) {
        return switch (type) {
            case FLOAT32 ->
                Float.floatToRawIntBits(Float.intBitsToFloat((int) sum) + Float.intBitsToFloat((int) value));
            case FLOAT64 -> Double.doubleToRawLongBits(Double.longBitsToDouble(sum) + Double.longBitsToDouble(value));
            case INT32 -> truth ? sum | value : wrapped((int) sum + (int) value);
            case UINT32, INT64, UINT64 -> sum + value;
        };
    }

    private int wrapped(int sum) {
        int high = sum << spareBits;
        return signed ? high >> spareBits : high >>> spareBits;
    }
}
