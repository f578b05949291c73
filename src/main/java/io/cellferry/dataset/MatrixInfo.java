package io.cellferry.dataset;

import io.cellferry.matrix.ValueType;

/// One matrix as it lies on disk.
///
/// `storedValues` is the number of stored entries (cells x genes when dense). `storage` tells in words how the bytes
/// lie ("chunks of 22,809, gzip"), `storedBytes` their size on disk, 0 when unknown. `storedType` is the name of the
/// type on disk ("float32", "uint16"), `valueType` how it is delivered. `readerBytes` is what one reading thread
/// holds of decoded chunks at most, beside the block or column it fills.
public record MatrixInfo(
        String path,
        int cells,
        int genes,
        Order order,
        String storedType,
        ValueType valueType,
        long storedValues,
        long storedBytes,
        String storage,
        long readerBytes) {

    /// Which way the values lie.
    public enum Order {
        /// Sparse, cell by cell (CSR, or 10x's CSC by barcode).
        CELL_MAJOR,
        /// Sparse, gene by gene (CSC).
        GENE_MAJOR,
        /// Every value stored.
        DENSE
    }
}
