package io.cellferry.zarr;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RunStopped;
import io.cellferry.failure.StorageFailed;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A store that is a folder; a file is opened for each reading and nothing is kept.
///
/// A missing chunk stands for the fill value. So a folder whose disk or share goes away while it is read would turn
/// into zeros without a word: whenever a file is missing, one that was there at opening has to be there still.
final class FolderStore implements ZarrStore {

    private static final int PIECE_BYTES = 1 << 20;

    private static final List<String> DOCUMENTS = List.of("zarr.json", ".zgroup", ".zarray", ".zattrs");

    /// Nothing can have such a name, because part of it is a file or no name of a file is as long.
    private static final List<String> NOT_THERE = List.of("Not a directory", "File name too long");

    private static final String LINKS_IN_A_CIRCLE = "symbolic links";

    private final Path root;
    private final Optional<Path> witness;

    FolderStore(Path root) {
        this.root = root;
        this.witness =
                DOCUMENTS.stream().map(root::resolve).filter(Files::exists).findFirst();
    }

    @Override
    public Path path() {
        return root;
    }

    @Override
    public OptionalLong length(String key) {
        try {
            BasicFileAttributes found = Files.readAttributes(root.resolve(key), BasicFileAttributes.class);
            return found.isRegularFile() ? OptionalLong.of(found.size()) : OptionalLong.empty();
        } catch (NoSuchFileException e) {
            requireStillThere();
            return OptionalLong.empty();
        } catch (InvalidPathException e) {
            return OptionalLong.empty();
        } catch (FileSystemException e) {
            if (NOT_THERE.stream().anyMatch(String.valueOf(e.getReason())::contains)) {
                return OptionalLong.empty();
            }
            if (String.valueOf(e.getReason()).contains(LINKS_IN_A_CIRCLE)) {
                throw new InputRefused(
                        "%s: %s is a symbolic link that leads to itself.".formatted(root, key),
                        "Put the file itself there, or write the store again from its source.",
                        e);
            }
            throw ZarrStore.unreadable(root, key, e);
        } catch (IOException e) {
            throw ZarrStore.unreadable(root, key, e);
        }
    }

    private void requireStillThere() {
        if (!Files.isDirectory(root) || witness.isPresent() && !Files.exists(witness.get())) {
            throw new StorageFailed(
                    "%s: the store was there when it was opened and is gone.".formatted(root),
                    "Bring it back, or mount the disk or share that it lies on, then run the same command again.");
        }
    }

    @Override
    public void read(String key, long at, byte[] into, int count) {
        try (FileChannel file = FileChannel.open(root.resolve(key), StandardOpenOption.READ)) {
            int done = 0;
            while (done < count) {
                int now = file.read(ByteBuffer.wrap(into, done, Math.min(PIECE_BYTES, count - done)), at + done);
                if (now < 0) {
                    throw new EOFException("it ends before byte %,d".formatted(at + count));
                }
                done += now;
            }
        } catch (ClosedByInterruptException e) {
            RunStopped stopped = new RunStopped("stopped while reading %s".formatted(root.resolve(key)));
            stopped.initCause(e);
            throw stopped;
        } catch (IOException e) {
            throw ZarrStore.unreadable(root, key, e);
        }
    }

    @Override
    public List<String> folders(String folder) {
        try (Stream<Path> entries = Files.list(root.resolve(folder))) {
            List<String> names = entries.filter(Files::isDirectory)
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                requireStillThere();
            }
            return names;
        } catch (NoSuchFileException | NotDirectoryException e) {
            requireStillThere();
            return List.of();
        } catch (IOException e) {
            throw ZarrStore.unreadable(root, folder, e);
        }
    }

    @Override
    public boolean hasFolder(String folder) {
        try {
            return Files.isDirectory(root.resolve(folder));
        } catch (InvalidPathException e) {
            return false;
        }
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
