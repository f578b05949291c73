package io.cellferry.matrix;

/// A matrix that can be read gene by gene.
///
/// The promises of [RowSource] hold with cells and genes exchanged: cells strictly ascending within a gene, duplicates
/// summed in stored order, explicit zeros kept. Safe for use by several threads at once.
public interface ColumnSource extends AutoCloseable {

    int cells();

    int genes();

    ValueType valueType();

    /// Where the values of each gene would start if all were laid one behind the other, repeated entries counted; ends
    /// with their number. 8 bytes x genes, made for the caller.
    long[] starts();

    /// Whether ranges can be read independently of each other; see [RowSource#randomAccess].
    default boolean randomAccess() {
        return true;
    }

    /// Calls `visitor` once for every gene of `genes`, ascending, also for genes without values.
    void visit(GeneRange genes, ColumnVisitor visitor);

    @Override
    void close();
}
