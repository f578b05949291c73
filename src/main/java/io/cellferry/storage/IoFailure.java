package io.cellferry.storage;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.failure.RunStopped;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/// Says what an I/O error means for the person who runs the machine.
///
/// Java gives the reason only as the words of the C library, which follow the language of the machine. Known words are
/// recognised; for all others the file system itself is asked whether it is full.
final class IoFailure {

    private static final String SAME_COMMAND = " Then run the same command again; finished units are kept.";

    private final Disk disk;

    IoFailure(Disk disk) {
        this.disk = disk;
    }

    /// What to throw. `doing` completes "failed while", `bytesNeeded` is what the operation was about to write.
    RuntimeException of(String doing, Path where, long bytesNeeded, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            // The thread's interrupt flag is still set: this is a stop, not an error of the disk.
            RunStopped stopped = new RunStopped("%s: interrupted while %s.".formatted(where, doing));
            stopped.initCause(cause);
            return stopped;
        }
        String reason = IoWords.of(cause);
        String words = reason.toLowerCase(Locale.ROOT);
        if (words.contains("too many open files")) {
            return new RoomExhausted(
                    "%s: failed while %s: %s, expected a free file descriptor.".formatted(where, doing, reason),
                    "Raise the limit of open files (ulimit -n) or lower --threads." + SAME_COMMAND,
                    cause);
        }
        if (words.contains("file name too long")) {
            return new RequestRefused(
                    "%s: expected a name that the file system takes, found one that is too long.".formatted(where),
                    "Choose a shorter name; cellferry adds some twenty characters to it for files of its own.",
                    cause);
        }
        if (cause instanceof AccessDeniedException || words.contains("permission denied")) {
            return new StorageFailed(
                    "%s: failed while %s: permission denied.".formatted(where, doing),
                    "Give the user of this program the right to it in %s, or choose another place."
                            .formatted(folderOf(where)),
                    cause);
        }
        if (words.contains("quota")) {
            return new RoomExhausted(
                    "%s: failed while %s: %s, expected room for %,d more bytes."
                            .formatted(where, doing, reason, bytesNeeded),
                    "Free some of your quota on the file system of %s.%s".formatted(folderOf(where), SAME_COMMAND),
                    cause);
        }
        Room room = room(where, cause);
        boolean noMoreFiles = room.inodes.orElse(1) == 0;
        boolean fullByItsCount = room.bytes < bytesNeeded || noMoreFiles;
        if (words.contains("no space left") || (room.known && fullByItsCount)) {
            return new RoomExhausted(
                    "%s: failed while %s: %s; expected room for %,d more bytes, found %s."
                            .formatted(where, doing, reason, bytesNeeded, room),
                    (noMoreFiles
                                    ? "Delete files, however small, on the file system of %s, which has room for no further one.%s"
                                    : "Free space on the file system of %s.%s")
                            .formatted(folderOf(where), SAME_COMMAND),
                    cause);
        }
        return new StorageFailed(
                "%s: failed while %s: expected the operation to succeed, found: %s.".formatted(where, doing, reason),
                "Check the disk, its mount and the permissions of %s.%s".formatted(folderOf(where), SAME_COMMAND),
                cause);
    }

    private Room room(Path where, IOException cause) {
        Path folder = folderOf(where);
        while (!Files.isDirectory(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        try {
            return new Room(true, disk.freeBytes(folder), disk.freeInodes(folder));
        } catch (IOException e) {
            cause.addSuppressed(e);
            return new Room(false, 0, OptionalLong.empty());
        }
    }

    private static Path folderOf(Path where) {
        Path parent = where.toAbsolutePath().getParent();
        return parent == null ? where : parent;
    }

    private record Room(boolean known, long bytes, OptionalLong inodes) {
        @Override
        public String toString() {
            if (!known) {
                return "a file system that does not say how much is free";
            }
            String freeBytes = "%,d bytes".formatted(bytes);
            return inodes.isPresent()
                    ? "%s and %,d inodes free".formatted(freeBytes, inodes.getAsLong())
                    : freeBytes + " free";
        }
    }
}
