package io.cellferry.dataset.parts;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.matrix.ValueType;
import java.util.function.Supplier;

/// Where the rows of a dense table come from: an array of its own, or a field of an old compound table that holds a
/// small array in every row. A cursor counts elements; `elementsPerRow` of them make a row (1 for a field). It takes
/// `readerBytes` at most.
public record TableRows(ValueType valueType, int elementsPerRow, long readerBytes, Supplier<ArrayCursor> cursors) {}
