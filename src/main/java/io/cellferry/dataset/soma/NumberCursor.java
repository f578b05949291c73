package io.cellferry.dataset.soma;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.WholeNumbers;
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
        return WholeNumbers.read(this, array.path(), array.valueType(), from, elements);
    }

    @Override
    public List<String> readTexts(long from, int elements) {
        throw new IllegalStateException(array.path() + " holds numbers, not texts");
    }
}
