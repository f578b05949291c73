package io.cellferry.storage;

import io.cellferry.storage.OutputManifest.FileEntry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Opens files of finished outputs for readers who know nothing of runs. Only what a manifest lists exists; links are
/// never followed.
///
/// An output may be replaced at any moment. [Publication] moves the old one aside, then gives the new manifest its
/// name, then the new output. So a manifest that is still the same after the file was opened belongs to that file,
/// and otherwise both are looked up again.
public final class PublishedFiles {

    /// 250,000 files x 120 bytes = 30 MB for the inventories of all outputs together.
    private static final int MOST_FILES = 250_000;

    private static final int MOST_OUTPUTS = 1_000;

    /// Looks at an output that is between two names: the swap takes milliseconds, on a busy disk a second.
    private static final int MOST_LOOKS = 250;

    private static final long LOOK_MILLIS = 20;

    private final int mostFiles;
    private final ChangedFiles changed = new ChangedFiles();
    private final ReentrantLock reading = new ReentrantLock();
    private final Map<Path, OutputInventory> inventories = new LinkedHashMap<>(16, 0.75f, true);
    private int heldFiles;

    public PublishedFiles() {
        this(MOST_FILES);
    }

    PublishedFiles(int mostFiles) {
        this.mostFiles = mostFiles;
    }

    /// The file `path` of `output`, a real path; for an output that is one file, `path` is empty.
    public PublishedFile open(Path output, String path) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            Optional<ManifestStamp> stamp = ManifestStamp.of(output);
            Optional<OutputInventory> inventory = stamp.flatMap(found -> inventory(output, found));
            if (inventory.isEmpty()) {
                if (stamp.equals(ManifestStamp.of(output))) {
                    return new PublishedFile.Missing();
                }
                continue; // replaced while it was read
            }
            boolean folder = Files.isDirectory(output, LinkOption.NOFOLLOW_LINKS);
            // Asked in this way, a folder that appears in between is neither and is looked at again.
            if (folder || Files.isRegularFile(output, LinkOption.NOFOLLOW_LINKS)) {
                Optional<PublishedFile> found = look(output, path, folder, inventory.get());
                if (found.isPresent()) {
                    return found.get();
                }
            } else if (!patient()) {
                break;
            }
        }
        return new PublishedFile.Missing();
    }

    private static boolean patient() {
        try {
            Thread.sleep(LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Empty when the output was replaced meanwhile.
    private Optional<PublishedFile> look(Path output, String path, boolean folder, OutputInventory inventory) {
        String name = folder ? path : path.isEmpty() ? String.valueOf(output.getFileName()) : "";
        Optional<FileEntry> entry = inventory.find(name);
        if (entry.isEmpty()) {
            return Optional.of(new PublishedFile.Missing());
        }
        Optional<FileChannel> opened = Optional.empty();
        boolean handedOver = false;
        try {
            Path file = folder ? output.resolve(name) : output;
            opened = openPlain(file);
            Optional<PublishedFile> found = opened.isEmpty()
                    ? Optional.of(new PublishedFile.Changed())
                    : Optional.of(
                            changed.isAsPublished(file, opened.get(), entry.get(), inventory.stamp())
                                    ? new PublishedFile.Opened(entry.get(), file, opened.get())
                                    : new PublishedFile.Changed());
            // Gone with all the rest is no change: the old output was moved aside, and its manifest is next.
            boolean opens = found.get() instanceof PublishedFile.Opened;
            if (!opens && !RunPlaces.exists(output) || !inventory.isCurrent(output)) {
                return Optional.empty();
            }
            handedOver = opens;
            return found;
        } catch (InvalidPathException e) {
            return Optional.of(new PublishedFile.Missing());
        } finally {
            if (!handedOver) {
                opened.ifPresent(PublishedFiles::close);
            }
        }
    }

    /// Empty when there is no plain file, or a link on the way to it.
    private static Optional<FileChannel> openPlain(Path file) {
        return new RefusingDisk(new RealDisk()).get("opening it", file, 0, () -> {
            try {
                return file.toRealPath().equals(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        ? Optional.of(FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))
                        : Optional.<FileChannel>empty();
            } catch (NoSuchFileException e) {
                return Optional.<FileChannel>empty();
            }
        });
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was read from it.
        }
    }

    private Optional<OutputInventory> inventory(Path output, ManifestStamp stamp) {
        Optional<OutputInventory> held = held(output, stamp);
        if (held.isPresent()) {
            return held;
        }
        // One at a time: a hundred requests for an output nobody has asked for yet read its manifest once.
        reading.lock();
        try {
            Optional<OutputInventory> meanwhile = held(output, stamp);
            return meanwhile.isPresent()
                    ? meanwhile
                    : OutputInventory.read(output, stamp, mostFiles).map(read -> hold(output, read));
        } finally {
            reading.unlock();
        }
    }

    private Optional<OutputInventory> held(Path output, ManifestStamp stamp) {
        synchronized (inventories) {
            return Optional.ofNullable(inventories.get(output))
                    .filter(held -> held.stamp().equals(stamp));
        }
    }

    private OutputInventory hold(Path output, OutputInventory read) {
        synchronized (inventories) {
            drop(output);
            inventories.put(output, read);
            heldFiles += read.files();
            while (heldFiles > mostFiles || inventories.size() > MOST_OUTPUTS) {
                drop(inventories.keySet().iterator().next());
            }
            return read;
        }
    }

    private void drop(Path output) {
        OutputInventory dropped = inventories.remove(output);
        heldFiles -= dropped == null ? 0 : dropped.files();
    }

    int heldFiles() {
        synchronized (inventories) {
            return heldFiles;
        }
    }
}
