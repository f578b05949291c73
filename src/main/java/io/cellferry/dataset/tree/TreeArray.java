package io.cellferry.dataset.tree;

import io.cellferry.failure.Problem;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.util.List;
import java.util.Optional;

/// An array. Everything but the data is known once it is found. Safe for several threads; bulk reading goes through one
/// [ArrayCursor] a thread.
public non-sealed interface TreeArray extends TreeNode {

    /// Extent in each dimension; empty for a single value. An array without any data space has shape `[0]`.
    long[] shape();

    /// Elements over all dimensions.
    long count();

    /// Whether it has no data space: not even zero elements, but nothing. Only HDF5 has such arrays.
    default boolean hasNoSpace() {
        return false;
    }

    ElementType type();

    /// Whether elements are numbers or flags, so that [#valueType] and [#read] work.
    boolean isNumeric();

    /// How numbers are delivered; refused for arrays that hold none.
    ValueType valueType();

    /// How the bytes lie, in plain words: `chunks of 22,809, shuffle + gzip`.
    String storage();

    /// Bytes that the elements take in the store; 0 when finding out would take long.
    long storedBytes();

    /// Extent of a chunk in each dimension; empty when the array is not chunked.
    Optional<long[]> chunkShape();

    /// Whether decoded chunks have more than 64 MiB, so that a jump back costs as much as reading from the start.
    boolean giantChunks();

    /// The most heap that one cursor takes, in bytes: the sum that a memory budget has to count for each thread.
    long cursorBytes();

    /// How it is read ahead; empty where a cursor keeps all chunks that lie side by side, so that ranges that follow
    /// one another decode each chunk once.
    default Optional<ReadAhead> ahead() {
        return Optional.empty();
    }

    /// Why the data cannot be read, as far as is known without reading them; empty when they can.
    Optional<Problem> unreadable();

    /// A new cursor over all elements, to be closed by the caller. Refused when the data are [#unreadable].
    ArrayCursor cursor();

    /// The fields of a table in stored order; none when this is no table.
    List<ArrayField> fields();

    /// A short name of the type in the store: `float32`, `uint64`, `text`.
    default String typeName() {
        return type().name();
    }

    /// The field called `name` of a table; empty when this is no table or has no such field.
    default Optional<ArrayField> field(String name) {
        return fields().stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /// See [ArrayCursor#read]; for single ranges.
    default void read(long from, int elements, ValueBuffer into, int at) {
        try (ArrayCursor cursor = cursor()) {
            cursor.read(from, elements, into, at);
        }
    }

    /// See [ArrayCursor#readWholes]; for single ranges.
    default long[] readWholes(long from, int elements) {
        try (ArrayCursor cursor = cursor()) {
            return cursor.readWholes(from, elements);
        }
    }

    /// See [ArrayCursor#readTexts]; for single ranges.
    default List<String> readTexts(long from, int elements) {
        try (ArrayCursor cursor = cursor()) {
            return cursor.readTexts(from, elements);
        }
    }
}
