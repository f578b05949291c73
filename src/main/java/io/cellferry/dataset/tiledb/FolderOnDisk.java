package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.storage.InputFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// A folder on disk. A tile takes a millisecond, opening its file some microseconds.
public final class FolderOnDisk implements StoredFolder {

    private final Path named;
    private final InputFolder files;

    /// `named` is what the user named, which may lie inside `root`.
    public FolderOnDisk(Path root, Path named) {
        this.named = named;
        this.files = new InputFolder(root, named, "experiment", List.of());
    }

    @Override
    public Path path() {
        return named;
    }

    @Override
    public List<String> names(String folder) {
        return files.names(folder);
    }

    @Override
    public boolean isFolder(String name) {
        return files.isFolder(name);
    }

    @Override
    public OptionalLong size(String name) {
        return files.size(name);
    }

    @Override
    public void read(String name, long at, byte[] into, int count) {
        int read = files.read(name, at, into, count);
        if (read < 0) {
            throw refusal(name, new Malformed("it is missing"));
        }
        if (read < count) {
            throw refusal(name, new Malformed("it ends before byte %,d".formatted(at + count)));
        }
    }
}
