package io.cellferry.zarr;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Keys and bytes: a folder of files or a zip file of entries. Keys are relative paths with `/`. Safe for several
/// threads.
public interface ZarrStore extends AutoCloseable {

    /// Metadata of real stores has a few megabytes at most.
    int MOST_DOCUMENT_BYTES = 64 << 20;

    Path path();

    /// Bytes of the value at `key`; empty when there is none.
    OptionalLong length(String key);

    /// Reads `count` bytes of the value at `key` from `at` on into the start of `into`.
    void read(String key, long at, byte[] into, int count);

    /// Names directly below `folder` (the root is the empty text), in alphabetical order, folders only.
    List<String> folders(String folder);

    /// Whether there is a folder of this name, whatever is in it.
    boolean hasFolder(String folder);

    /// The same for two folders that are one under two names.
    default Object identity(String folder) {
        return folder;
    }

    @Override
    void close();

    /// A whole small value, such as metadata.
    default Optional<byte[]> document(String key) {
        OptionalLong length = length(key);
        if (length.isEmpty()) {
            return Optional.empty();
        }
        if (length.getAsLong() > MOST_DOCUMENT_BYTES) {
            throw new InputRefused(
                    "%s: %s: expected metadata, found a file of %,d bytes.".formatted(path(), key, length.getAsLong()),
                    "This is no sound Zarr store. Write it again from its source.");
        }
        byte[] bytes = new byte[(int) length.getAsLong()];
        read(key, 0, bytes, bytes.length);
        return Optional.of(bytes);
    }

    /// Opens a folder, or a zip file by its first bytes; empty when `path` is neither.
    static Optional<ZarrStore> open(Path path) {
        if (Files.isDirectory(path)) {
            return Optional.of(new FolderStore(path));
        }
        return ZipStore.looksLikeZip(path) ? Optional.of(ZipStore.open(path)) : Optional.empty();
    }

    /// What every failed reading of a store is told as.
    static StorageFailed unreadable(Path path, String key, IOException cause) {
        return new StorageFailed(
                "%s: %s cannot be read: %s.".formatted(path, key, IoWords.of(cause)),
                "Check the permissions and the disk, then run the same command again.",
                cause);
    }
}
