package io.cellferry.dataset.anndatazarr;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.ArrayField;
import io.cellferry.dataset.tree.Attributes;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.ReadAhead;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.matrix.ValueType;
import io.cellferry.zarr.ElementKind;
import io.cellferry.zarr.StoredArray;
import io.cellferry.zarr.ZarrNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// An array of a Zarr hierarchy.
record ZarrTreeArray(ZarrTree tree, ZarrNode.Array node) implements TreeArray {

    private StoredArray array() {
        return node.array();
    }

    @Override
    public String path() {
        return "/" + node.path();
    }

    @Override
    public Attributes attributes() {
        return new ZarrAttributes(node.attributes());
    }

    @Override
    public long[] shape() {
        return array().shape().stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public long count() {
        return array().count();
    }

    @Override
    public ElementType type() {
        return ElementTypes.of(array().kind());
    }

    @Override
    public boolean isNumeric() {
        return ElementTypes.delivered(array().kind()).isPresent();
    }

    @Override
    public ValueType valueType() {
        return ElementTypes.delivered(array().kind())
                .orElseThrow(() -> new InputRefused(
                        "%s: %s should hold numbers, but holds %s.".formatted(tree.path(), path(), typeName()),
                        "Write it again with a numeric type."));
    }

    @Override
    public String storage() {
        String extents = array().chunk().stream()
                .map(extent -> String.format(Locale.ROOT, "%,d", extent))
                .collect(Collectors.joining(" x "));
        return "chunks of " + extents + (array().compression().isEmpty() ? "" : ", " + array().compression());
    }

    /// One question of the file system a chunk would take too long.
    @Override
    public long storedBytes() {
        return 0;
    }

    @Override
    public Optional<long[]> chunkShape() {
        return Optional.of(
                array().chunk().stream().mapToLong(Integer::longValue).toArray());
    }

    /// Chunks are decoded whole and kept, so none is too large to jump in; [#cursorBytes] counts them.
    @Override
    public boolean giantChunks() {
        return false;
    }

    @Override
    public long cursorBytes() {
        return KeptChunks.heapBytes(array()) + ahead().map(ReadAhead::heapBytes).orElse(0L);
    }

    /// None for tables, whose fields are read side by side.
    @Override
    public Optional<ReadAhead> ahead() {
        return isNumeric() && count() > 0 && !KeptChunks.keepsBand(array())
                ? ReadAhead.of(valueType(), shape(), chunkShape().orElseThrow())
                : Optional.empty();
    }

    @Override
    public Optional<Problem> unreadable() {
        return array().unreadable()
                .map(what -> Problem.refusal(
                        "input.array.unsupported",
                        path(),
                        "is stored with %s, which is not read".formatted(what),
                        "Write the store again with zarr's default compressor."));
    }

    @Override
    public ArrayCursor cursor() {
        ArrayCursor cursor = cursor(array().kind(), 0, 1);
        return ahead().map(ahead -> ahead.over(cursor)).orElse(cursor);
    }

    ArrayCursor cursor(ElementKind kind, int offset, int repeated) {
        unreadable().ifPresent(problem -> {
            throw new InputRefused("%s: %s: %s".formatted(tree.path(), path(), problem.found()), problem.remedy());
        });
        return new ZarrArrayCursor(tree, node, kind, offset, repeated);
    }

    @Override
    public List<ArrayField> fields() {
        return array().kind() instanceof ElementKind.Row row
                ? row.fields().stream()
                        .<ArrayField>map(field -> new ZarrField(this, field))
                        .toList()
                : List.of();
    }

    /// One field of a table.
    private record ZarrField(ZarrTreeArray table, ElementKind.Field field) implements ArrayField {

        @Override
        public String name() {
            return field.name();
        }

        @Override
        public ElementType type() {
            return ElementTypes.of(field);
        }

        @Override
        public Optional<ValueType> valueType() {
            return ElementTypes.delivered(field.kind());
        }

        @Override
        public int valuesPerElement() {
            return field.repeated();
        }

        @Override
        public int textRoom() {
            return switch (field.kind()) {
                case ElementKind.WideText wide -> wide.characters();
                case ElementKind.ByteText bytes -> bytes.length();
                case ElementKind.Number number -> 0;
                case ElementKind.Text text -> 0;
                case ElementKind.Row row -> 0;
                case ElementKind.Other other -> 0;
            };
        }

        @Override
        public ArrayCursor cursor() {
            return table.cursor(field.kind(), field.offset(), field.repeated());
        }
    }
}
