package io.cellferry.dataset.hdf5parts;

import io.cellferry.dataset.hdf5.Hdf5Cursor;
import io.cellferry.matrix.ValueType;
import java.util.function.Supplier;

/// Where the rows of a dense table come from: an array of its own, or a field of an old compound table that holds a
/// small array in every row. A cursor counts elements; `elementsPerRow` of them make a row (1 for a field).
public record TableRows(ValueType valueType, int elementsPerRow, Supplier<Hdf5Cursor> cursors) {}
