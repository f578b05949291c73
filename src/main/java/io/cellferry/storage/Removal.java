package io.cellferry.storage;

import io.cellferry.storage.RunPlaces.Staging;
import java.nio.file.Files;
import java.nio.file.Path;

/// Removes a run's staging folder and its scratch files elsewhere, unless the staging folder is the copy of one that is
/// still in its place: then they are not its own.
///
/// Scratch elsewhere goes first, because only the journal knows where it lies. Then the staging folder changes its name
/// to the one that its output's owner always deletes: a run is there with its journal, or not at all.
final class Removal {

    private final RefusingDisk disk;
    private final RunPlaces places;

    Removal(RefusingDisk disk, RunPlaces places) {
        this.disk = disk;
        this.places = places;
    }

    void remove(Staging staging, JournalIndex index) {
        if (!isCopy(staging, index)) {
            index.allScratchPlaces().forEach(place -> removeScratchPlace(Path.of(place)));
        }
        disk.deleteTree(places.leftover());
        disk.rename(staging.folder(), places.leftover());
        disk.forceFolder(places.runs());
        disk.deleteTree(places.leftover());
    }

    /// Gives up a run that cannot or shall not be finished. An old output that was being swapped out goes back.
    void giveUp(Staging staging, JournalIndex index) {
        if (RunPlaces.exists(staging.replaced()) && !RunPlaces.exists(places.output())) {
            disk.rename(staging.replaced(), places.output());
            disk.forceFolder(places.parent());
            disk.forceFolder(staging.folder());
        }
        remove(staging, index);
    }

    private boolean isCopy(Staging staging, JournalIndex index) {
        return index.begun()
                .flatMap(JournalRecord.Begun::home)
                .map(home -> new Staging(Path.of(home)))
                .filter(home -> RunPlaces.exists(home.journal()))
                .filter(home -> !disk.isSame(home.folder(), staging.folder()))
                .isPresent();
    }

    void removeScratchPlace(Path place) {
        Path folder = RefusingDisk.folderOf(place);
        if (Files.isDirectory(folder)) {
            disk.deleteTree(place);
            disk.forceFolder(folder);
        }
    }
}
