package io.cellferry.zarr;

import io.cellferry.storage.InputFolder;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// A store that is a folder.
final class FolderStore implements ZarrStore {

    private static final List<String> DOCUMENTS = List.of("zarr.json", ".zgroup", ".zarray", ".zattrs");

    private final Path root;
    private final InputFolder files;

    FolderStore(Path root) {
        this.root = root;
        this.files = new InputFolder(root, root, "store", DOCUMENTS);
    }

    @Override
    public Path path() {
        return root;
    }

    @Override
    public OptionalLong length(String key) {
        return files.size(key);
    }

    /// Whoever reads has asked for the length: what is not there now went away meanwhile.
    @Override
    public void read(String key, long at, byte[] into, int count) {
        int read = files.read(key, at, into, count);
        if (read < 0) {
            throw ZarrStore.unreadable(root, key, new NoSuchFileException(key));
        }
        if (read < count) {
            throw ZarrStore.unreadable(root, key, new EOFException("it ends before byte %,d".formatted(at + count)));
        }
    }

    @Override
    public List<String> folders(String folder) {
        return files.folders(folder);
    }

    @Override
    public boolean hasFolder(String folder) {
        return files.isFolder(folder);
    }

    /// The folder itself, through however many links it is reached.
    @Override
    public Object identity(String folder) {
        try {
            return root.resolve(folder).toRealPath();
        } catch (IOException e) {
            throw ZarrStore.unreadable(root, folder, e);
        }
    }

    @Override
    public void close() {}
}
