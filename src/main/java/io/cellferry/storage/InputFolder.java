package io.cellferry.storage;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.RunStopped;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A folder that is read by the names of its files: relative paths with `/`, of which the empty one is the folder
/// itself. A file is opened for each reading and nothing is kept open. Safe for several threads.
///
/// Readers take what is not there for something: a missing chunk for zeros, a missing list for an empty one. So a
/// folder whose disk or share goes away while it is read would turn into nothing without a word: whenever something is
/// missing, the folder has to be there still, and so has its witness.
public final class InputFolder {

    private static final int PIECE_BYTES = 1 << 20;

    /// Nothing can have such a name, because part of it is a file or no name of a file is as long.
    private static final List<String> NOT_THERE = List.of("Not a directory", "File name too long");

    private static final String LINKS_IN_A_CIRCLE = "symbolic links";

    private final Path root;
    private final Path named;
    private final String kind;
    private final Optional<Path> witness;

    /// `named` is what the user named, which may lie inside `root`; `kind` what that is to him, such as "store". The
    /// first of `witnesses` that is there now has to stay.
    public InputFolder(Path root, Path named, String kind, List<String> witnesses) {
        this.root = root;
        this.named = named;
        this.kind = kind;
        this.witness =
                witnesses.stream().map(root::resolve).filter(Files::exists).findFirst();
    }

    /// What is directly in `folder`, in alphabetical order; nothing if there is no such folder.
    public List<String> names(String folder) {
        return list(folder, entry -> true);
    }

    /// The same, folders only.
    public List<String> folders(String folder) {
        return list(folder, Files::isDirectory);
    }

    private List<String> list(String folder, Predicate<Path> wanted) {
        List<String> found = List.of();
        try (Stream<Path> entries = Files.list(root.resolve(folder))) {
            found = entries.filter(wanted)
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException | InvalidPathException e) {
            // Nothing is in it.
        } catch (IOException | UncheckedIOException e) {
            throw refusal(folder, e);
        }
        if (found.isEmpty()) {
            requireStillThere();
        }
        return found;
    }

    public boolean isFolder(String name) {
        try {
            return Files.isDirectory(root.resolve(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /// Bytes of the file `name`; empty if there is none.
    public OptionalLong size(String name) {
        try {
            BasicFileAttributes found = Files.readAttributes(root.resolve(name), BasicFileAttributes.class);
            return found.isRegularFile() ? OptionalLong.of(found.size()) : OptionalLong.empty();
        } catch (NoSuchFileException e) {
            requireStillThere();
            return OptionalLong.empty();
        } catch (InvalidPathException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            if (e instanceof FileSystemException failure && says(failure, NOT_THERE)) {
                return OptionalLong.empty();
            }
            throw refusal(name, e);
        }
    }

    /// Reads `count` bytes from `at` on into the start of `into`; fewer where the file ends before. Returns how many,
    /// or -1 if there is no such file.
    public int read(String name, long at, byte[] into, int count) {
        try (FileChannel file = FileChannel.open(root.resolve(name), StandardOpenOption.READ)) {
            int done = 0;
            while (done < count) {
                int now = file.read(ByteBuffer.wrap(into, done, Math.min(PIECE_BYTES, count - done)), at + done);
                if (now < 0) {
                    break;
                }
                done += now;
            }
            return done;
        } catch (ClosedByInterruptException e) {
            RunStopped stopped = new RunStopped("stopped while reading %s".formatted(root.resolve(name)));
            stopped.initCause(e);
            throw stopped;
        } catch (NoSuchFileException e) {
            requireStillThere();
            return -1;
        } catch (IOException e) {
            throw refusal(name, e);
        }
    }

    private void requireStillThere() {
        if (!Files.isDirectory(root) || witness.isPresent() && !Files.exists(witness.get())) {
            throw new StorageFailed(
                    "%s: the %s was there when it was opened and is gone.".formatted(named, kind),
                    "Bring it back, or mount the disk or share that it lies on, then run the same command again.");
        }
    }

    private static boolean says(FileSystemException failure, List<String> words) {
        return words.stream().anyMatch(String.valueOf(failure.getReason())::contains);
    }

    private RuntimeException refusal(String name, Exception cause) {
        if (cause instanceof FileSystemException failure && says(failure, List.of(LINKS_IN_A_CIRCLE))) {
            return new InputRefused(
                    "%s: %s is a symbolic link that leads to itself.".formatted(named, name),
                    "Put the file itself there, or write the %s again from its source.".formatted(kind),
                    cause);
        }
        return new StorageFailed(
                "%s: %s cannot be read: %s.".formatted(named, name, IoWords.of(cause)),
                "Check the permissions and the disk, then run the same command again.",
                cause);
    }
}
