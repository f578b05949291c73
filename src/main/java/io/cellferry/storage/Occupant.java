package io.cellferry.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// What lies in the place of an output before its run begins: nothing, a finished output, or something that nobody here
/// has made.
record Occupant(RunTarget target, Path place, boolean present, Optional<OutputManifest> manifest) {

    static Occupant of(RefusingDisk disk, RunPlaces places, RunTarget target) {
        return new Occupant(
                target, places.output(), RunPlaces.exists(places.output()), OutputManifest.read(disk, places));
    }

    /// The output of this very request, from whatever state of the input.
    Optional<OutputManifest> own() {
        return manifest.filter(made -> present && made.runId().equals(target.runId()));
    }

    /// The same, from the state in which the input is now.
    Optional<OutputManifest> result() {
        return own().filter(made -> made.input().equals(target.input()));
    }

    /// Refuses when a run may not take this place.
    void requireRoom(boolean replace) {
        if (!present) {
            return;
        }
        if (!replace) {
            throw own().filter(made -> !made.input().equals(target.input()))
                    .<RuntimeException>map(made -> OpeningRefusals.inputChangedSincePublished(target, made))
                    .orElseGet(() -> OpeningRefusals.occupied(target, manifest));
        }
        if (!isReplaceable(place, manifest)) {
            throw OpeningRefusals.occupied(target, manifest);
        }
    }

    /// Whether what lies there makes room for a run that may replace. Outputs do, and empty folders; what has no
    /// manifest is somebody's work, and a mistyped name must not cost it.
    static boolean isReplaceable(RefusingDisk disk, RunPlaces places) {
        return isReplaceable(places.output(), OutputManifest.read(disk, places));
    }

    private static boolean isReplaceable(Path place, Optional<OutputManifest> manifest) {
        return manifest.isPresent() || isEmptyFolder(place);
    }

    private static boolean isEmptyFolder(Path place) {
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
            return !entries.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException e) {
            return false; // What cannot be looked into is not known to be empty.
        }
    }
}
