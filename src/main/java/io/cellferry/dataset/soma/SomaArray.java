package io.cellferry.dataset.soma;

import io.cellferry.dataset.tree.ArrayField;
import io.cellferry.dataset.tree.Attributes;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.Problem;
import io.cellferry.matrix.ValueType;
import java.util.List;
import java.util.Optional;

/// What a part of an experiment looks like to the readers of arrays: no attributes, no fields, readable.
abstract class SomaArray implements TreeArray {

    /// Buffers of one reader: a stored and a decoded tile of 100,000 cells of 8 bytes.
    static final long READER_BYTES = 2L << 20;

    @Override
    public long count() {
        long count = 1;
        for (long extent : shape()) {
            count = Math.multiplyExact(count, extent);
        }
        return count;
    }

    @Override
    public boolean isNumeric() {
        return switch (type()) {
            case ElementType.Whole whole -> true;
            case ElementType.Real real -> true;
            case ElementType.Flag flag -> true;
            default -> false;
        };
    }

    @Override
    public ValueType valueType() {
        return switch (type()) {
            case ElementType.Flag flag -> ValueType.INT32;
            case ElementType.Real real -> real.bytes() == Double.BYTES ? ValueType.FLOAT64 : ValueType.FLOAT32;
            case ElementType.Whole whole -> delivered(whole);
            default -> throw new IllegalStateException(path() + " holds no numbers but " + typeName());
        };
    }

    private static ValueType delivered(ElementType.Whole whole) {
        if (whole.bytes() == Long.BYTES) {
            return whole.signed() ? ValueType.INT64 : ValueType.UINT64;
        }
        return whole.signed() || whole.bytes() < Integer.BYTES ? ValueType.INT32 : ValueType.UINT32;
    }

    @Override
    public Optional<long[]> chunkShape() {
        return Optional.empty();
    }

    @Override
    public boolean giantChunks() {
        return false;
    }

    @Override
    public long cursorBytes() {
        return READER_BYTES;
    }

    @Override
    public Optional<Problem> unreadable() {
        return Optional.empty();
    }

    @Override
    public List<ArrayField> fields() {
        return List.of();
    }

    @Override
    public Attributes attributes() {
        return new NoAttributes();
    }

    private static final class NoAttributes implements Attributes {
        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public Optional<List<String>> texts(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<long[]> wholes(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<TreeNode> reference(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Boolean> flag(String name) {
            return Optional.empty();
        }
    }
}
