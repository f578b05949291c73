package io.cellferry.zarr;

import io.cellferry.failure.RunStopped;
import io.cellferry.failure.StorageFailed;
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
        } catch (IOException e) {
            if (e instanceof java.nio.file.FileSystemException named
                    && String.valueOf(named.getReason()).contains("Not a directory")) {
                return OptionalLong.empty();
            }
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
    public void close() {}
}
