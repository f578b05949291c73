package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.WholeNumbers;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads ranges of one data set, or of one field of a table, keeping what it decoded last: consecutive ranges decode
/// each chunk once.
///
/// Used by one thread at a time; any number of cursors may read the same data set at once. A cursor holds a decoded
/// chunk and a stored one (of a matrix: a band of chunks side by side if that is at most 64 MiB), until it is closed.
/// Element positions count row by row over all dimensions. A field that holds small arrays delivers
/// [#valuesPerElement] values for each element.
public final class Hdf5Cursor implements ArrayCursor {

    private static final int MOST_TEXTS_AT_ONCE = 65_536;
    private static final int MOST_TEXT_BYTES_AT_ONCE = 16 << 20;

    private final OpenFile file;
    private final String path;
    private final long count;
    private final StoredType type;
    private final ElementSource source;
    private final ElementValues values;

    Hdf5Cursor(OpenFile file, String path, long count, StoredType type, ElementSource source, ElementValues values) {
        this.file = file;
        this.path = path;
        this.count = count;
        this.type = type;
        this.source = source;
        this.values = values;
    }

    /// Elements that can be read.
    @Override
    public long count() {
        return count;
    }

    /// Values that each element delivers: 1, or more for fields that hold small arrays.
    @Override
    public int valuesPerElement() {
        return values.width();
    }

    /// Writes the values of elements `[from, from + elements)` to `into` from place `at`. `into` has the data set's
    /// value type and room for them.
    @Override
    public void read(long from, int elements, ValueBuffer into, int at) {
        check(from, elements);
        ValueType delivered = number();
        int width = values.width();
        if (into.type() != delivered || at < 0 || into.capacity() - at < (long) elements * width) {
            throw new IllegalArgumentException("%s: %,d values of %s need room, found %s with %,d places from %,d"
                    .formatted(path, (long) elements * width, delivered, into.type(), into.capacity(), at));
        }
        Guard.running(
                file.path(),
                path,
                () -> source.read(from, elements, (data, lines) -> values.numbers(data, lines, into, at)));
    }

    /// Elements `[from, from + elements)` as integers, from real numbers too if none of them has a fraction.
    @Override
    public long[] readWholes(long from, int elements) {
        return WholeNumbers.read(this, "%s: %s".formatted(file.path(), path), number(), from, elements);
    }

    /// Elements `[from, from + elements)` as texts; a null text is empty. Bytes are UTF-8, or else Latin-1.
    @Override
    public List<String> readTexts(long from, int elements) {
        check(from, elements);
        if (!(type.scalar().type() instanceof ElementType.Text)) {
            throw wrongType("text");
        }
        List<String> texts = new ArrayList<>(elements);
        int slice = Math.clamp(MOST_TEXT_BYTES_AT_ONCE / type.bytes(), 1, MOST_TEXTS_AT_ONCE);
        for (int done = 0; done < elements; ) {
            int now = Math.min(slice, elements - done);
            long start = from + done;
            Guard.running(file.path(), path, () -> readTexts(start, now, texts));
            done += now;
        }
        return texts;
    }

    /// Pieces of a matrix of texts come chunk by chunk, not in order.
    private void readTexts(long from, int elements, List<String> into) {
        String[] slice = new String[elements * values.width()];
        source.read(from, elements, (data, lines) -> values.texts(data, lines, slice));
        into.addAll(Arrays.asList(slice));
    }

    private ValueType number() {
        return type.valueType().orElseThrow(() -> wrongType("numbers"));
    }

    private InputRefused wrongType(String expected) {
        return new InputRefused(
                "%s: %s should hold %s, but holds %s."
                        .formatted(file.path(), path, expected, type.type().name()),
                "Write it again with the expected type.");
    }

    private void check(long from, int elements) {
        if (from < 0 || elements < 0 || from > count - elements) {
            throw new IndexOutOfBoundsException(
                    "%s: elements [%,d, %,d) of %,d".formatted(path, from, from + elements, count));
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
