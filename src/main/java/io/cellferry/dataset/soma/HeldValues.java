package io.cellferry.dataset.soma;

import io.cellferry.dataset.tiledb.Enumeration;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.matrix.ValueBuffer;
import java.util.Arrays;
import java.util.List;

/// The labels of a categorical column. An enumeration is read whole, so it is held whole: bounded by one generic
/// tile.
final class HeldValues extends SomaArray {

    private final String path;
    private final Enumeration labels;

    HeldValues(String path, Enumeration labels) {
        this.path = path;
        this.labels = labels;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long[] shape() {
        return new long[] {labels.count()};
    }

    @Override
    public ElementType type() {
        return labels.type().element();
    }

    @Override
    public String storage() {
        return "enumeration";
    }

    @Override
    public long storedBytes() {
        return 0;
    }

    @Override
    public ArrayCursor cursor() {
        return new Cursor();
    }

    private final class Cursor implements ArrayCursor {

        @Override
        public long count() {
            return labels.count();
        }

        @Override
        public int valuesPerElement() {
            return 1;
        }

        @Override
        public void read(long from, int elements, ValueBuffer into, int at) {
            for (int i = 0; i < elements; i++) {
                put(into, at + i, labels.numbers()[(int) from + i]);
            }
        }

        @Override
        public long[] readWholes(long from, int elements) {
            return Arrays.copyOfRange(labels.numbers(), (int) from, (int) from + elements);
        }

        @Override
        public List<String> readTexts(long from, int elements) {
            return labels.texts().subList((int) from, (int) from + elements);
        }

        @Override
        public void close() {}
    }

    static void put(ValueBuffer into, int at, long bits) {
        if (into.type().bytes() == Integer.BYTES) {
            into.four()[at] = (int) bits;
        } else {
            into.eight()[at] = bits;
        }
    }
}
