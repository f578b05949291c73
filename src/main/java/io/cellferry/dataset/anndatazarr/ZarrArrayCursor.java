package io.cellferry.dataset.anndatazarr;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import io.cellferry.zarr.ChunkReader;
import io.cellferry.zarr.ElementKind;
import io.cellferry.zarr.StoredArray;
import io.cellferry.zarr.ZarrNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads ranges of one Zarr array, or of one field of a table.
///
/// Keeps the chunks it decoded last: as many as lie side by side in one band of rows if these take at most 64 MiB, else
/// one. A range is read in runs that do not leave their chunk.
final class ZarrArrayCursor implements ArrayCursor {

    private static final long MOST_BAND_BYTES = 64L << 20;
    private static final Charset UTF_32 = Charset.forName("UTF-32LE");

    private final ZarrTree tree;
    private final ZarrNode.Array node;
    private final StoredArray array;
    private final ElementKind kind;
    private final int offset;
    private final int repeated;
    private final ChunkReader reader;
    private final int kept;
    private final Map<Long, byte[]> chunks;
    private long textChunk = -1;
    private List<String> texts = List.of();

    /// Of `kind`, `repeated` times at `offset` of each element.
    ZarrArrayCursor(ZarrTree tree, ZarrNode.Array node, ElementKind kind, int offset, int repeated) {
        this.tree = tree;
        this.node = node;
        this.array = node.array();
        this.kind = kind;
        this.offset = offset;
        this.repeated = repeated;
        this.reader = new ChunkReader(tree.hierarchy().store(), node);
        this.kept = kept(array);
        this.chunks = new LinkedHashMap<>(kept, 0.75f, true);
    }

    static long heapBytes(StoredArray array) {
        return (long) kept(array) * array.chunkBytes() + ChunkReader.heapBytes(array);
    }

    private static int kept(StoredArray array) {
        long sideBySide = 1;
        for (int dimension = 1; dimension < array.shape().size(); dimension++) {
            sideBySide *= Math.max(
                    1, Math.ceilDiv(array.shape().get(dimension), array.chunk().get(dimension)));
        }
        return sideBySide * array.chunkBytes() <= MOST_BAND_BYTES ? Math.toIntExact(sideBySide) : 1;
    }

    @Override
    public long count() {
        return array.count();
    }

    @Override
    public int valuesPerElement() {
        return repeated;
    }

    @Override
    public void read(long from, int elements, ValueBuffer into, int at) {
        check(from, elements);
        if (!(kind instanceof ElementKind.Number number)) {
            throw wrongType("numbers");
        }
        Optional<ValueType> delivered = ElementTypes.delivered(kind);
        if (delivered.filter(type -> type == into.type()).isEmpty()
                || at < 0
                || into.capacity() - at < (long) elements * repeated) {
            throw new IllegalArgumentException("%s: %,d values of %s need room, found %s with %,d places from %,d"
                    .formatted(node.path(), (long) elements * repeated, delivered, into.type(), into.capacity(), at));
        }
        int stride = array.kind().bytes();
        runs(from, elements, (chunk, place, count, done) -> {
            byte[] bytes = chunk(chunk);
            int start = place * stride + offset;
            int to = at + done * repeated;
            if (repeated == 1) {
                Widening.copy(number.type(), bytes, start, stride, count, into, to);
            } else {
                for (int i = 0; i < count; i++) {
                    Widening.copy(
                            number.type(),
                            bytes,
                            start + i * stride,
                            number.type().bytes(),
                            repeated,
                            into,
                            to + i * repeated);
                }
            }
        });
    }

    @Override
    public long[] readWholes(long from, int elements) {
        ValueType type = ElementTypes.delivered(kind).orElseThrow(() -> wrongType("numbers"));
        ValueBuffer numbers = new ValueBuffer(type, elements * repeated);
        read(from, elements, numbers, 0);
        long[] wholes = new long[elements * repeated];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = whole(numbers, i, from);
        }
        return wholes;
    }

    private long whole(ValueBuffer numbers, int index, long from) {
        return switch (numbers.type()) {
            case INT32 -> numbers.four()[index];
            case UINT32 -> Integer.toUnsignedLong(numbers.four()[index]);
            case INT64 -> numbers.eight()[index];
            case UINT64 -> {
                if (numbers.eight()[index] < 0) {
                    throw odd(from * repeated + index, Long.toUnsignedString(numbers.eight()[index]));
                }
                yield numbers.eight()[index];
            }
            case FLOAT32, FLOAT64 -> {
                double real = numbers.asDouble(index);
                if (real != (long) real || (long) real == Long.MAX_VALUE) {
                    throw odd(from * repeated + index, Double.toString(real));
                }
                yield (long) real;
            }
        };
    }

    private InputRefused odd(long place, String found) {
        return new InputRefused(
                "%s: /%s should hold integers, but value %,d is %s.".formatted(tree.path(), node.path(), place, found),
                "Write it again with an integer type.");
    }

    @Override
    public List<String> readTexts(long from, int elements) {
        check(from, elements);
        List<String> read = new ArrayList<>(elements);
        int stride = array.kind().bytes();
        runs(from, elements, (chunk, place, count, done) -> {
            for (int i = 0; i < count; i++) {
                read.add(
                        switch (kind) {
                            case ElementKind.Text text -> text(chunk, place + i);
                            case ElementKind.WideText wide -> wide(chunk(chunk), (place + i) * stride + offset, wide);
                            case ElementKind.ByteText bytes ->
                                bytes(chunk(chunk), (place + i) * stride + offset, bytes.length());
                            case ElementKind.Number number -> throw wrongType("text");
                            case ElementKind.Row row -> throw wrongType("text");
                            case ElementKind.Other other -> throw wrongType("text");
                        });
            }
        });
        return read;
    }

    private static String wide(byte[] bytes, int at, ElementKind.WideText kind) {
        int end = kind.bytes();
        byte[] letters = java.util.Arrays.copyOfRange(bytes, at, at + end);
        if (kind.bigEndian()) {
            for (int i = 0; i < end; i += 4) {
                byte first = letters[i];
                byte second = letters[i + 1];
                letters[i] = letters[i + 3];
                letters[i + 1] = letters[i + 2];
                letters[i + 2] = second;
                letters[i + 3] = first;
            }
        }
        while (end >= 4 && (letters[end - 1] | letters[end - 2] | letters[end - 3] | letters[end - 4]) == 0) {
            end -= 4;
        }
        return new String(letters, 0, end, UTF_32);
    }

    private static String bytes(byte[] bytes, int at, int length) {
        int end = at + length;
        while (end > at && bytes[end - 1] == 0) {
            end--;
        }
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    /// A run of elements side by side in one chunk: `count` elements from `place` in chunk number `chunk`, the first of
    /// them element `done` of the range.
    private interface RunVisitor {
        void run(long[] chunk, int place, int count, int done);
    }

    private void runs(long from, int elements, RunVisitor visitor) {
        int dimensions = array.shape().size();
        int last = dimensions - 1;
        for (int done = 0; done < elements; ) {
            long rest = from + done;
            long[] chunk = new long[dimensions];
            int place = 0;
            int run = 1;
            int chunkStride = 1;
            for (int dimension = last; dimension >= 0; dimension--) {
                long extent = array.shape().get(dimension);
                int width = array.chunk().get(dimension);
                long index = rest % extent;
                rest /= extent;
                chunk[dimension] = index / width;
                place += (int) (index % width) * chunkStride;
                chunkStride *= width;
                if (dimension == last) {
                    run = (int) Math.min(width - index % width, extent - index);
                }
            }
            int now = Math.min(run, elements - done);
            visitor.run(chunk, place, now, done);
            done += now;
        }
    }

    private long number(long[] chunk) {
        long number = 0;
        for (int dimension = 0; dimension < chunk.length; dimension++) {
            number = number
                            * Math.max(
                                    1,
                                    Math.ceilDiv(
                                            array.shape().get(dimension),
                                            array.chunk().get(dimension)))
                    + chunk[dimension];
        }
        return number;
    }

    private byte[] chunk(long[] place) {
        long number = number(place);
        byte[] known = chunks.get(number);
        if (known != null) {
            return known;
        }
        byte[] bytes;
        if (chunks.size() < kept) {
            bytes = new byte[array.chunkBytes()];
        } else {
            Long oldest = chunks.keySet().iterator().next();
            bytes = chunks.remove(oldest);
        }
        reader.read(place, bytes);
        chunks.put(number, bytes);
        return bytes;
    }

    private String text(long[] chunk, int place) {
        long number = number(chunk);
        if (number != textChunk) {
            texts = reader.texts(chunk);
            textChunk = number;
        }
        return place < texts.size() ? texts.get(place) : "";
    }

    private InputRefused wrongType(String expected) {
        return new InputRefused(
                "%s: /%s should hold %s, but holds %s."
                        .formatted(
                                tree.path(),
                                node.path(),
                                expected,
                                ElementTypes.of(kind).name()),
                "Write it again with the expected type.");
    }

    private void check(long from, int elements) {
        if (from < 0 || elements < 0 || from > count() - elements) {
            throw new IndexOutOfBoundsException(
                    "%s: elements [%,d, %,d) of %,d".formatted(node.path(), from, from + elements, count()));
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
