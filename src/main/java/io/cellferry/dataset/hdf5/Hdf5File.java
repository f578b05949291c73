package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.hdf5.bytes.WholeReadChannel;
import io.cellferry.dataset.tree.OpenStore;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// An HDF5 file open for reading. Everything found in it may be used by several threads, until it is closed.
public final class Hdf5File implements OpenStore {

    private final OpenFile file;
    private final WholeReadChannel channel;
    private final Hdf5Group root;

    private Hdf5File(OpenFile file, WholeReadChannel channel, Hdf5Group root) {
        this.file = file;
        this.channel = channel;
        this.root = root;
    }

    /// Opens a file, or refuses it saying what it is instead: missing, a directory, empty, cut off, compressed, a zip,
    /// text.
    public static Hdf5File open(Path path) {
        if (Files.isDirectory(path)) {
            throw new InputRefused(
                    "%s: an HDF5 file was expected, this is a directory.".formatted(path),
                    "Give the file itself. A Zarr store is a directory, but not HDF5.");
        }
        try {
            WholeReadChannel channel = new WholeReadChannel(path);
            try {
                OpenFile file = Guard.reading(path, "the superblock", () -> Superblocks.open(path, channel));
                return new Hdf5File(file, channel, file.root());
            } catch (RuntimeException | Error e) {
                closeAfter(channel, e);
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new InputRefused("%s: there is no such file.".formatted(path), "Check the path.", e);
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s: could not be opened: %s".formatted(path, IoWords.of(e)),
                    "Check the permissions and the disk, then run the same command again.",
                    e);
        }
    }

    private static void closeAfter(WholeReadChannel channel, Throwable failure) {
        try {
            channel.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public String format() {
        return "HDF5";
    }

    @Override
    public Hdf5Group root() {
        return root;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s: could not be closed: %s".formatted(path(), IoWords.of(e)), "Check the disk.", e);
        }
    }
}
