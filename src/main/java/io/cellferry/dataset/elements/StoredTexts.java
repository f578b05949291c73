package io.cellferry.dataset.elements;

import io.cellferry.dataset.TextArray;
import io.cellferry.dataset.tree.ArrayCursor;
import java.util.List;
import java.util.function.Supplier;

/// Texts read through cursors, one cursor a call.
record StoredTexts(long[] shape, Supplier<ArrayCursor> cursors) implements TextArray {

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public List<String> read(long from, int count) {
        try (ArrayCursor cursor = cursors.get()) {
            return cursor.readTexts(from, count);
        }
    }
}
