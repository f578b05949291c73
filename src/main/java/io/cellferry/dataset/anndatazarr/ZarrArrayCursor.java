package io.cellferry.dataset.anndatazarr;

import io.cellferry.dataset.chunks.ChunkWalk;
import io.cellferry.dataset.texts.TextBytes;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import io.cellferry.zarr.ChunkReader;
import io.cellferry.zarr.ElementKind;
import io.cellferry.zarr.StoredArray;
import io.cellferry.zarr.ZarrNode;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads ranges of one Zarr array, or of one field of a table.
///
/// Keeps the chunks it decoded last: as many as lie side by side in one band of rows if these take at most 64 MiB, else
/// one. A range is read chunk by chunk.
final class ZarrArrayCursor implements ArrayCursor {

    private static final long MOST_BAND_BYTES = 64L << 20;

    /// What a kept chunk takes beside its bytes: array header, number, entry of the map.
    private static final int KEEPING_BYTES = 128;

    private static final Charset UTF_32 = Charset.forName("UTF-32LE");

    private final ZarrTree tree;
    private final ZarrNode.Array node;
    private final StoredArray array;
    private final ElementKind kind;
    private final int offset;
    private final int repeated;
    private final ChunkReader reader;
    private final ChunkWalk walk;
    private final int kept;
    private final Map<Long, byte[]> chunks;
    private final String fillText;
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
        this.walk = new ChunkWalk(
                array.shape().stream().mapToLong(extent -> extent).toArray(),
                array.chunk().stream().mapToLong(extent -> extent).toArray());
        this.kept = kept(array);
        this.fillText = kind instanceof ElementKind.Text ? array.fillText() : "";
        this.chunks = new LinkedHashMap<>(kept, 0.75f, true);
    }

    static long heapBytes(StoredArray array) {
        return (long) kept(array) * ((long) array.chunkBytes() + KEEPING_BYTES) + ChunkReader.heapBytes(array);
    }

    private static int kept(StoredArray array) {
        long most = MOST_BAND_BYTES / ((long) array.chunkBytes() + KEEPING_BYTES);
        long sideBySide = 1;
        for (int dimension = 1; dimension < array.shape().size(); dimension++) {
            long across =
                    Math.ceilDiv(array.shape().get(dimension), array.chunk().get(dimension));
            if (across > most / sideBySide) {
                return 1;
            }
            sideBySide *= Math.max(1, across);
        }
        return (int) sideBySide;
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
        walk.visit(from, elements, (chunk, lines) -> {
            byte[] bytes = chunk(chunk);
            lines.runs((first, apart, count, place, placesApart) -> {
                int start = first * stride + offset;
                if (repeated == 1) {
                    Widening.copy(number.type(), bytes, start, apart * stride, count, into, at + place, placesApart);
                    return;
                }
                for (int i = 0; i < count; i++) {
                    Widening.copy(
                            number.type(),
                            bytes,
                            start + i * apart * stride,
                            number.type().bytes(),
                            repeated,
                            into,
                            at + (place + i * placesApart) * repeated,
                            1);
                }
            });
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
        String[] read = new String[elements];
        walk.visit(
                from,
                elements,
                (chunk, lines) -> lines.runs((first, apart, count, place, placesApart) -> {
                    for (int i = 0; i < count; i++) {
                        read[place + i * placesApart] = text(chunk, first + i * apart);
                    }
                }));
        return Arrays.asList(read);
    }

    private String text(long chunk, int place) {
        int at = place * array.kind().bytes() + offset;
        return switch (kind) {
            case ElementKind.Text text -> stored(chunk, place);
            case ElementKind.WideText wide -> wide(chunk(chunk), at, wide);
            case ElementKind.ByteText bytes -> bytes(chunk(chunk), at, bytes.length());
            case ElementKind.Number number -> throw wrongType("text");
            case ElementKind.Row row -> throw wrongType("text");
            case ElementKind.Other other -> throw wrongType("text");
        };
    }

    private static String wide(byte[] bytes, int at, ElementKind.WideText kind) {
        int end = kind.bytes();
        byte[] letters = Arrays.copyOfRange(bytes, at, at + end);
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
        return TextBytes.decode(bytes, at, end - at);
    }

    private byte[] chunk(long number) {
        byte[] known = chunks.get(number);
        if (known != null) {
            return known;
        }
        try {
            byte[] bytes;
            if (chunks.size() < kept) {
                bytes = new byte[array.chunkBytes()];
            } else {
                Long oldest = chunks.keySet().iterator().next();
                bytes = chunks.remove(oldest);
            }
            reader.read(place(number), bytes);
            chunks.put(number, bytes);
            return bytes;
        } catch (OutOfMemoryError e) {
            throw tooLarge("chunks of %,d bytes each".formatted(array.chunkBytes()), e);
        }
    }

    /// Chunks are decoded whole, whatever part of them the array has or is asked for. A plan counts those of matrices
    /// and of everything carried over; annotations are read where nobody has planned yet.
    private InputRefused tooLarge(String chunks, OutOfMemoryError cause) {
        return new InputRefused(
                "%s: /%s is stored in %s; decoding one needs more memory than there is."
                        .formatted(tree.path(), node.path(), chunks),
                "Give the run more --memory, or write the store again with smaller chunks.",
                cause);
    }

    private String stored(long chunk, int place) {
        if (chunk != textChunk) {
            try {
                texts = List.of();
                texts = reader.texts(place(chunk));
                textChunk = chunk;
            } catch (OutOfMemoryError e) {
                throw tooLarge("chunks of many or long texts", e);
            }
        }
        return place < texts.size() ? texts.get(place) : fillText;
    }

    /// Where chunk `number` lies in the grid.
    private long[] place(long number) {
        long[] place = new long[array.shape().size()];
        long rest = number;
        for (int dimension = place.length - 1; dimension >= 0; dimension--) {
            long across =
                    Math.ceilDiv(array.shape().get(dimension), array.chunk().get(dimension));
            place[dimension] = rest % across;
            rest /= across;
        }
        return place;
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
