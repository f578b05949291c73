package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.chunks.Lines;

/// Delivers the bytes of elements in row-major order. Used by one thread; owns its decode buffers until closed.
interface ElementSource extends AutoCloseable {

    /// Takes elements out of `data`, which begins with element 0 of what `lines` counts. The bytes are lent until the
    /// call returns.
    @FunctionalInterface
    interface Sink {
        void take(byte[] data, Lines lines);
    }

    /// Hands elements `[from, from + count)` to `sink` in pieces, which may come in any order and together cover the
    /// range once.
    void read(long from, int count, Sink sink);

    @Override
    default void close() {}
}
