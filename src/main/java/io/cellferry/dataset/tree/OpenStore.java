package io.cellferry.dataset.tree;

import java.nio.file.Path;

/// An open hierarchy. Everything found in it may be used by several threads, until it is closed.
public interface OpenStore extends AutoCloseable {

    Path path();

    /// What it is kept in, in words people know: `HDF5`.
    String format();

    TreeGroup root();

    @Override
    void close();
}
