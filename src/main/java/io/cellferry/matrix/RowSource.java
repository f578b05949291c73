package io.cellferry.matrix;

/// A matrix that can be read cell by cell, in blocks.
///
/// Every implementation normalises: within a cell genes are strictly ascending; duplicate entries are summed in the
/// stored type in stored order (as scipy does when it makes a column dense); explicit zeros stay. Indices are checked
/// against the shape while they are read, and a bad one is refused by cell. Safe for use by several threads at once,
/// each with its own block.
public interface RowSource extends AutoCloseable {

    int cells();

    int genes();

    ValueType valueType();

    /// Consecutive ranges that cover all cells, each with at most `maxStoredValues` stored values unless a single cell
    /// has more, and at most `maxCells` cells. The same arguments give the same ranges on every machine.
    java.util.List<CellRange> blocks(long maxStoredValues, int maxCells);

    /// An upper bound of the stored values of `cells` (before duplicates are summed).
    long storedValues(CellRange cells);

    /// Fills `into` with `cells`. The range should be one of [#blocks]; others work too but may be slower.
    void read(CellRange cells, CsrBlock into);

    /// Whether ranges can be read independently of each other at the cost of their own size. When not (one giant
    /// compressed chunk), a single reader going through the ranges in order is the only fast way.
    boolean randomAccess();

    @Override
    void close();
}
