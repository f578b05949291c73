package io.cellferry.matrix;

/// Receives the columns of a [ColumnSource] in ascending order of gene.
@FunctionalInterface
public interface ColumnVisitor {

    /// `column` is lent: copy what is needed later.
    void column(int gene, SparseColumn column);
}
