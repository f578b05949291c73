package io.cellferry.storage;

import io.cellferry.storage.RunPlaces.Staging;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The staging folders in one `.cellferry` folder.
final class KnownRuns {

    private KnownRuns() {}

    /// In the order of their ids. Runs of other outputs come and go while we look.
    static List<Staging> in(RefusingDisk disk, Path runs) {
        return disk.get("listing the folder", runs, 0, () -> {
            try (Stream<Path> entries = disk.disk().list(runs)) {
                return entries.filter(KnownRuns::isStaging)
                        .sorted()
                        .map(Staging::new)
                        .toList();
            } catch (NoSuchFileException e) {
                return List.<Staging>of();
            }
        });
    }

    static boolean isStaging(Path entry) {
        return RunPlaces.isRunId(String.valueOf(entry.getFileName()))
                && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    }

    /// Runs for this output, whatever their requests, that can be read.
    static List<Staging> of(RefusingDisk disk, RunPlaces places) {
        List<Staging> found = new ArrayList<>();
        for (Staging staging : in(disk, places.runs())) {
            Optional<JournalRecord.Begun> begun = Journal.readBegun(disk, staging.journal());
            if (begun.filter(first -> first.output().equals(places.name())).isPresent()) {
                found.add(staging);
            }
        }
        return List.copyOf(found);
    }
}
