package io.cellferry.dataset.elements;

import io.cellferry.dataset.NumberArray;
import io.cellferry.dataset.NumberType;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.matrix.ValueBuffer;
import java.util.function.Supplier;

/// Numbers read through cursors. A cursor may deliver several values an element (`valuesPerElement`), as a field of
/// small arrays does; ranges then have to consist of whole elements, and [#readingStep] says so.
record StoredNumbers(
        long[] shape,
        NumberType type,
        int valuesPerElement,
        long readingStep,
        long readerBytes,
        Supplier<ArrayCursor> cursors)
        implements NumberArray {

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public Reader open() {
        ArrayCursor cursor = cursors.get();
        return new Reader() {
            @Override
            public void read(long from, int count, ValueBuffer into) {
                if (from % valuesPerElement != 0 || count % valuesPerElement != 0) {
                    throw new IllegalArgumentException("values [%,d, %,d) are no whole elements of %,d"
                            .formatted(from, from + count, valuesPerElement));
                }
                cursor.read(from / valuesPerElement, count / valuesPerElement, into, 0);
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }
}
