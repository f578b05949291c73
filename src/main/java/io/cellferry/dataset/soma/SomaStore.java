package io.cellferry.dataset.soma;

import io.cellferry.dataset.tiledb.StoredFolder;
import io.cellferry.dataset.tree.OpenStore;
import io.cellferry.dataset.tree.TreeGroup;
import java.nio.file.Path;

/// The folder of an experiment as an open store. Nothing is held open between readings, so closing it lets go of
/// nothing.
record SomaStore(StoredFolder folder) implements OpenStore {

    @Override
    public Path path() {
        return folder.path();
    }

    @Override
    public String format() {
        return "TileDB";
    }

    /// A data set of SOMA is put together from collections whose names mean something, never walked as a tree.
    @Override
    public TreeGroup root() {
        throw new IllegalStateException("an experiment has no tree of arrays");
    }

    @Override
    public void close() {}
}
