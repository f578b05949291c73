package io.cellferry.dataset.anndatazarr;

import io.cellferry.dataset.chunks.ChunkWalk;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.WholeNumbers;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import io.cellferry.zarr.ElementKind;
import io.cellferry.zarr.StoredArray;
import io.cellferry.zarr.ZarrNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads ranges of one Zarr array, or of one field of a table, chunk by chunk; [KeptChunks] says which are kept.
final class ZarrArrayCursor implements ArrayCursor {

    private final ZarrTree tree;
    private final ZarrNode.Array node;
    private final StoredArray array;
    private final ElementKind kind;
    private final int offset;
    private final int repeated;
    private final KeptChunks chunks;
    private final ChunkWalk walk;
    private final String fillText;

    /// Of `kind`, `repeated` times at `offset` of each element.
    ZarrArrayCursor(ZarrTree tree, ZarrNode.Array node, ElementKind kind, int offset, int repeated) {
        this.tree = tree;
        this.node = node;
        this.array = node.array();
        this.kind = kind;
        this.offset = offset;
        this.repeated = repeated;
        this.chunks = new KeptChunks(tree, node);
        this.walk = new ChunkWalk(
                array.shape().stream().mapToLong(extent -> extent).toArray(),
                array.chunk().stream().mapToLong(extent -> extent).toArray());
        this.fillText = kind instanceof ElementKind.Text ? array.fillText() : "";
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
            byte[] bytes = chunks.bytes(chunk);
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
        return WholeNumbers.read(this, "%s: /%s".formatted(tree.path(), node.path()), type, from, elements);
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
            case ElementKind.Text text -> {
                List<String> texts = chunks.texts(chunk);
                yield place < texts.size() ? texts.get(place) : fillText;
            }
            case ElementKind.WideText wide -> FixedTexts.wide(chunks.bytes(chunk), at, wide);
            case ElementKind.ByteText narrow -> FixedTexts.narrow(chunks.bytes(chunk), at, narrow);
            case ElementKind.Number number -> throw wrongType("text");
            case ElementKind.Row row -> throw wrongType("text");
            case ElementKind.Other other -> throw wrongType("text");
        };
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
        chunks.close();
    }
}
