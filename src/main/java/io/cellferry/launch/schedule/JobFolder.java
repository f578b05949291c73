package io.cellferry.launch.schedule;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.launch.jobfile.JobFile;
import io.cellferry.launch.jobfile.JobFileReader;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The job files of one folder, read again when their size or time changes. One that is broken, perhaps because it is
/// being written, keeps no other from being read, and is read again when it changes.
final class JobFolder {

    /// Written by hand, each of them.
    private static final int MOST_FILES = 1000;

    /// A file that changed so shortly before it was read may change again within what its time can tell.
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Path folder;
    private final Clock clock;
    private SortedMap<String, Read> files = new TreeMap<>();
    private Optional<Refusal> problem = Optional.empty();

    JobFolder(Path folder, Clock clock) {
        this.folder = folder.toAbsolutePath().normalize();
        this.clock = clock;
    }

    /// `stamp` is that before the reading. Exactly one of `job` and `refused` is there.
    record Read(WatchedFolder.Stamp stamp, boolean settled, Optional<JobFile> job, Optional<Refusal> refused) {}

    Path path() {
        return folder;
    }

    /// Why the folder itself cannot be read. Then its files are as they were.
    Optional<Refusal> problem() {
        return problem;
    }

    /// The files by name. A folder that is not there and never was has none.
    SortedMap<String, Read> look() {
        SortedMap<String, Read> found = new TreeMap<>();
        problem = Optional.empty();
        if (!Files.isDirectory(folder)) {
            problem = Optional.of(new RequestRefused(
                    "There is no folder of job files %s.".formatted(folder),
                    "Make it, or name another as `jobs` below cellferry.serve in application.yml."));
            return files;
        }
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(JobFolder::isJobFile).sorted().toList()) {
                if (found.size() == MOST_FILES) {
                    problem = Optional.of(new RequestRefused(
                            "%s holds more than %,d job files; those from %s on are not followed."
                                    .formatted(folder, MOST_FILES, file.getFileName()),
                            "Move some away."));
                    break;
                }
                Optional<WatchedFolder.Stamp> stamp = WatchedFolder.Stamp.of(file);
                if (stamp.isPresent()) {
                    String name = String.valueOf(file.getFileName());
                    found.put(name, current(name, file, stamp.get()));
                }
            }
        } catch (IOException | DirectoryIteratorException | java.io.UncheckedIOException e) {
            problem = Optional.of(new RequestRefused(
                    "%s cannot be read: %s".formatted(folder, IoWords.of(e)), "Check its permissions.", e));
            return files;
        }
        files = found;
        return files;
    }

    private static boolean isJobFile(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.startsWith(".") && (name.endsWith(".yml") || name.endsWith(".yaml"));
    }

    private Read current(String name, Path file, WatchedFolder.Stamp stamp) {
        Read before = files.get(name);
        if (before != null && before.settled && before.stamp.equals(stamp)) {
            return before;
        }
        Instant now = clock.instant();
        boolean settled = Duration.between(stamp.modified(), now).abs().compareTo(FRESH) > 0;
        try {
            return new Read(stamp, settled, Optional.of(JobFileReader.read(file)), Optional.empty());
        } catch (Refusal broken) {
            return new Read(stamp, settled, Optional.empty(), Optional.of(broken));
        }
    }
}
