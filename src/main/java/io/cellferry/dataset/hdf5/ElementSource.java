package io.cellferry.dataset.hdf5;

/// Delivers the bytes of elements in row-major order. Used by one thread; owns its decode buffers until closed.
interface ElementSource extends AutoCloseable {

    /// Takes `elements` elements from `data[at, ...)`; the first is number `place` of the requested range. The bytes
    /// are lent until the call returns.
    @FunctionalInterface
    interface Sink {
        void take(byte[] data, int at, int elements, int place);
    }

    /// Hands elements `[from, from + count)` to `sink` in pieces, which may come in any order and together cover the
    /// range once.
    void read(long from, int count, Sink sink);

    @Override
    default void close() {}
}
