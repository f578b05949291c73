package io.cellferry.dataset.tree;

import io.cellferry.matrix.ValueBuffer;
import java.util.List;

/// Reads ranges of one array, or of one field of a table, keeping what it decoded last: consecutive ranges decode each
/// chunk once, or as often as [ReadAhead] says.
///
/// Used by one thread at a time; any number of cursors may read the same array at once. Element positions count row by
/// row over all dimensions. A field that holds small arrays delivers [#valuesPerElement] values for each element.
public interface ArrayCursor extends AutoCloseable {

    /// Elements that can be read.
    long count();

    /// Values that each element delivers: 1, or more for fields that hold small arrays.
    int valuesPerElement();

    /// Writes the values of elements `[from, from + elements)` to `into` from place `at`. `into` has the array's value
    /// type and room for them.
    void read(long from, int elements, ValueBuffer into, int at);

    /// Elements `[from, from + elements)` as integers, from real numbers too if none of them has a fraction.
    long[] readWholes(long from, int elements);

    /// Elements `[from, from + elements)` as texts; a null text is empty.
    List<String> readTexts(long from, int elements);

    @Override
    void close();
}
