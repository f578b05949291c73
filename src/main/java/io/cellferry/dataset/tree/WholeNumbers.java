package io.cellferry.dataset.tree;

import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;

/// Reads numbers of whatever type as integers: what [ArrayCursor#readWholes] promises, for cursors that read numbers.
public final class WholeNumbers {

    private WholeNumbers() {}

    /// All values of elements `[from, from + elements)`, delivered as `type`; refuses a number that is none. `array`
    /// says which one it is, with its file.
    public static long[] read(ArrayCursor cursor, String array, ValueType type, long from, int elements) {
        int width = cursor.valuesPerElement();
        ValueBuffer numbers = new ValueBuffer(type, elements * width);
        cursor.read(from, elements, numbers, 0);
        long[] wholes = new long[elements * width];
        int odd = numbers.asWholes(wholes.length, wholes, 0);
        if (odd >= 0) {
            throw new InputRefused(
                    "%s should hold integers, but value %,d is %s."
                            .formatted(array, from * width + odd, numbers.text(odd)),
                    "Write it again with an integer type.");
        }
        return wholes;
    }
}
