package io.cellferry.zarr;

import io.cellferry.failure.RunStopped;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
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

/// A store that is a folder; a file is opened for each reading and nothing is kept.
final class FolderStore implements ZarrStore {

    private static final int PIECE_BYTES = 1 << 20;

    private final Path root;

    FolderStore(Path root) {
        this.root = root;
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
        } catch (NoSuchFileException | InvalidPathException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            if (e instanceof java.nio.file.FileSystemException named
                    && String.valueOf(named.getReason()).contains("Not a directory")) {
                return OptionalLong.empty();
            }
            throw ZarrStore.unreadable(root, key, e);
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
            return entries.filter(Files::isDirectory)
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw ZarrStore.unreadable(root, folder, e);
        }
    }

    @Override
    public void close() {}
}
