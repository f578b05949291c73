package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RunStopped;
import io.cellferry.failure.StorageFailed;
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
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A folder on disk. A file is opened for each reading and nothing is kept open: a tile takes a millisecond,
/// opening its file some microseconds.
public final class FolderOnDisk implements StoredFolder {

    private static final int PIECE_BYTES = 1 << 20;
    private static final String LINKS_IN_A_CIRCLE = "symbolic links";

    private final Path root;
    private final Path named;

    /// `named` is what the user named, which may lie inside `root`.
    public FolderOnDisk(Path root, Path named) {
        this.root = root;
        this.named = named;
    }

    @Override
    public Path path() {
        return named;
    }

    @Override
    public List<String> names(String folder) {
        try (Stream<Path> entries = Files.list(root.resolve(folder))) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            requireStillThere();
            return List.of();
        } catch (InvalidPathException e) {
            return List.of();
        } catch (FileSystemException e) {
            throw isLoop(e) ? loop(folder, e) : unreadable(folder, e);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    @Override
    public boolean isFolder(String name) {
        try {
            return Files.isDirectory(root.resolve(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public OptionalLong size(String name) {
        try {
            BasicFileAttributes found = Files.readAttributes(root.resolve(name), BasicFileAttributes.class);
            return found.isRegularFile() ? OptionalLong.of(found.size()) : OptionalLong.empty();
        } catch (NoSuchFileException e) {
            requireStillThere();
            return OptionalLong.empty();
        } catch (InvalidPathException e) {
            return OptionalLong.empty();
        } catch (FileSystemException e) {
            if (isLoop(e)) {
                throw loop(name, e);
            }
            String reason = String.valueOf(e.getReason());
            if (reason.contains("Not a directory") || reason.contains("File name too long")) {
                return OptionalLong.empty();
            }
            throw unreadable(name, e);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    @Override
    public void read(String name, long at, byte[] into, int count) {
        try (FileChannel file = FileChannel.open(root.resolve(name), StandardOpenOption.READ)) {
            int done = 0;
            while (done < count) {
                int now = file.read(ByteBuffer.wrap(into, done, Math.min(PIECE_BYTES, count - done)), at + done);
                if (now < 0) {
                    throw refusal(name, new Malformed("it ends before byte %,d".formatted(at + count)));
                }
                done += now;
            }
        } catch (ClosedByInterruptException e) {
            RunStopped stopped = new RunStopped("stopped while reading %s".formatted(root.resolve(name)));
            stopped.initCause(e);
            throw stopped;
        } catch (NoSuchFileException e) {
            throw refusal(name, new Malformed("it is missing", e));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /// A folder that is not there has no members. So one whose disk or share went away would be empty without a word.
    private void requireStillThere() {
        if (!Files.isDirectory(root)) {
            throw new StorageFailed(
                    "%s: the experiment was there when it was opened and is gone.".formatted(named),
                    "Bring it back, or mount the disk or share that it lies on, then run the same command again.");
        }
    }

    private static boolean isLoop(FileSystemException failure) {
        return String.valueOf(failure.getReason()).contains(LINKS_IN_A_CIRCLE);
    }

    private InputRefused loop(String name, FileSystemException cause) {
        return new InputRefused(
                "%s: %s is a symbolic link that leads to itself.".formatted(named, name),
                "Put the file itself there, or write the experiment again from its source.",
                cause);
    }

    private StorageFailed unreadable(String name, IOException cause) {
        return new StorageFailed(
                "%s: %s cannot be read: %s".formatted(named, name, cause),
                "Check the permissions and the disk, then run the same command again.",
                cause);
    }
}
