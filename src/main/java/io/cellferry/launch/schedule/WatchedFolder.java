package io.cellferry.launch.schedule;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.IoWords;
import io.cellferry.launch.jobfile.Watch;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of one watched folder, looked at again and again, because notifications of a file system say nothing about
/// what other machines do in it.
///
/// Holds some 300 bytes for each file that is waited for, at most [#MOST_FILES] of them. The waiting begins anew when
/// the service starts: what happened meanwhile is not known.
final class WatchedFolder {

    /// 30 MB. Who keeps more in one folder moves what is done away.
    static final int MOST_FILES = 100_000;

    private final Watch watch;
    private Map<Path, Seen> seen = new HashMap<>();

    WatchedFolder(Watch watch) {
        this.watch = watch;
    }

    /// What tells two states of a file apart without reading it.
    record Stamp(long bytes, Instant modified) {
        static Optional<Stamp> of(Path file) throws IOException {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return now.isRegularFile()
                        ? Optional.of(
                                new Stamp(now.size(), now.lastModifiedTime().toInstant()))
                        : Optional.empty();
            } catch (NoSuchFileException gone) {
                return Optional.empty();
            }
        }
    }

    record Arrived(Path file, Stamp stamp) {}

    /// `dealtWith` when this very state was launched, refused or known from before.
    private record Seen(Stamp stamp, Instant since, boolean dealtWith) {}

    /// The files that are whole and not yet dealt with, by name. `now` is of a clock that nobody can set, and that
    /// stands still with whoever writes the files: a file is not whole because the machine slept. Refuses a folder that
    /// is not there; what was seen in it is kept for when it comes back.
    List<Arrived> look(Instant now) {
        Map<Path, Seen> found = new HashMap<>();
        List<Arrived> arrived = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(watch.folder(), file -> watch.waitsFor(String.valueOf(file.getFileName())))) {
            for (Path file : files) {
                Optional<Stamp> stamp = Stamp.of(file);
                if (stamp.isEmpty()) {
                    continue;
                }
                if (found.size() == MOST_FILES) {
                    throw new InputRefused(
                            "%s holds more than %,d files that match.".formatted(watch.folder(), MOST_FILES),
                            "Move those away that are done.");
                }
                Seen state = seen(file, stamp.get(), now);
                found.put(file, state);
                if (!state.dealtWith && isWhole(file, state, now)) {
                    arrived.add(new Arrived(file, state.stamp));
                }
            }
        } catch (NotDirectoryException | NoSuchFileException e) {
            throw new InputRefused(
                    "There is no folder %s to watch.".formatted(watch.folder()),
                    "Make it, or mount what it lies on; it is watched again as soon as it is there.",
                    e);
        } catch (IOException | DirectoryIteratorException e) {
            throw new InputRefused(
                    "%s cannot be read: %s".formatted(watch.folder(), IoWords.of(e)),
                    "Check its permissions and what it lies on; it is tried again.",
                    e);
        }
        seen = found;
        Collections.sort(arrived, java.util.Comparator.comparing(Arrived::file));
        return arrived;
    }

    private Seen seen(Path file, Stamp stamp, Instant now) {
        Seen before = seen.get(file);
        if (before != null && before.stamp.equals(stamp)) {
            return before;
        }
        return new Seen(stamp, now, false);
    }

    private boolean isWhole(Path file, Seen state, Instant now) throws IOException {
        if (watch.done().isPresent()) {
            // One of an earlier state of the file tells nothing about this one.
            return Stamp.of(file.resolveSibling(
                            file.getFileName() + watch.done().get()))
                    .filter(marker -> !marker.modified().isBefore(state.stamp.modified()))
                    .isPresent();
        }
        return state.stamp.bytes() > 0 && Duration.between(state.since, now).compareTo(watch.settle()) >= 0;
    }

    /// This state of the file needs no more attention.
    void dealtWith(Arrived file) {
        seen.computeIfPresent(
                file.file(),
                (path, state) -> state.stamp.equals(file.stamp()) ? new Seen(state.stamp, state.since, true) : state);
    }

    /// The file was changing while it was read: its waiting begins anew.
    void changing(Arrived file) {
        seen.remove(file.file());
    }
}
