package io.cellferry.dataset.soma;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.matrix.ValueBuffer;
import java.util.List;

/// A cursor over an array that holds numbers only.
abstract class NumberCursor implements ArrayCursor {

    private final TreeArray array;

    NumberCursor(TreeArray array) {
        this.array = array;
    }

    @Override
    public long count() {
        return array.count();
    }

    @Override
    public int valuesPerElement() {
        return 1;
    }

    @Override
    public long[] readWholes(long from, int elements) {
        ValueBuffer values = new ValueBuffer(array.valueType(), elements);
        read(from, elements, values, 0);
        long[] wholes = new long[elements];
        for (int i = 0; i < elements; i++) {
            wholes[i] = switch (values.type()) {
                case INT32 -> values.four()[i];
                case UINT32 -> Integer.toUnsignedLong(values.four()[i]);
                case INT64, UINT64 -> values.eight()[i];
                case FLOAT32, FLOAT64 ->
                    throw new IllegalStateException(array.path() + " holds real numbers, not integers");
            };
        }
        return wholes;
    }

    @Override
    public List<String> readTexts(long from, int elements) {
        throw new IllegalStateException(array.path() + " holds numbers, not texts");
    }
}
