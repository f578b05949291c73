package io.cellferry.storage;

import io.cellferry.failure.StorageFailed;
import io.cellferry.storage.OutputManifest.FileEntry;
import io.cellferry.storage.RunPlaces.Staging;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/// Gives the finished output its name, in steps that can be repeated after a crash between any two of them.
///
/// Before the first step the journal holds the intent. Then, each made durable before the next: the old output moves
/// into the staging folder, the manifest gets its name, the new output gets its name, the staging folder goes. So the
/// output never appears without its manifest, and a crash leaves a journal that says how to go on. Between the old
/// output and the new one there is none: whatever can be done before is, so that it is not missed for long.
final class Publication {

    private final RefusingDisk disk;
    private final RunPlaces places;
    private final Staging staging;
    private final JournalIndex index;
    private final JournalRecord.Begun begun;

    Publication(RefusingDisk disk, RunPlaces places, Staging staging, JournalIndex index, JournalRecord.Begun begun) {
        this.disk = disk;
        this.places = places;
        this.staging = staging;
        this.index = index;
        this.begun = begun;
    }

    /// Finishes what a crash interrupted between the intent to publish and the end; the number of units published, or
    /// nothing when there was no such run.
    static OptionalInt finishedAfterCrash(RefusingDisk disk, RunPlaces places, Staging run, boolean mayReplace) {
        JournalIndex index = JournalIndex.read(disk, run.journal());
        if (index.begun().isEmpty() || index.publishing().isEmpty()) {
            return OptionalInt.empty();
        }
        JournalRecord.Publishing intent = index.publishing().get();
        var permitted = new JournalRecord.Publishing(intent.replace() || mayReplace, intent.details());
        var publication =
                new Publication(disk, places, run, index, index.begun().get());
        if (!publication.canFinish(permitted)) {
            return OptionalInt.empty();
        }
        publication.finish(permitted);
        return OptionalInt.of(index.finishedUnits());
    }

    /// Whether the journaled intent can be carried out: a crash came in between and nobody has changed the scene since.
    private boolean canFinish(JournalRecord.Publishing intent) {
        boolean staged = RunPlaces.exists(staging.staged(begun));
        boolean present = RunPlaces.exists(places.output());
        return staged ? !present || intent.replace() : present && publishedByThisRun();
    }

    private boolean publishedByThisRun() {
        return OutputManifest.read(disk, places)
                .filter(manifest -> manifest.runId().equals(begun.runId()))
                .isPresent();
    }

    /// All steps that are still to be made. The intent is durable in the journal.
    OutputManifest finish(JournalRecord.Publishing intent) {
        OutputManifest manifest = manifest(intent);
        if (RunPlaces.exists(staging.staged(begun))) {
            disk.writeForced(staging.manifestPart(), Json.indented(manifest));
            if (RunPlaces.exists(places.output())) {
                disk.deleteTree(staging.replaced());
                disk.renameForced(places.output(), staging.replaced());
            }
            disk.renameForced(staging.manifestPart(), places.manifest());
            disk.rename(staging.staged(begun), places.output());
        }
        // Also when the new output already has its name: a process killed after the rename has not forced it.
        disk.forceFolder(places.parent());
        disk.forceFolder(RefusingDisk.folderOf(staging.staged(begun)));
        new Removal(disk, places).remove(staging, index);
        return manifest;
    }

    private OutputManifest manifest(JournalRecord.Publishing intent) {
        List<FileEntry> files = new ArrayList<>();
        int[] units = {0};
        Journal.read(disk, staging.journal(), (offset, happened) -> {
            if (happened instanceof JournalRecord.UnitFinished unit && index.isCurrent(unit.name(), offset)) {
                units[0]++;
                unit.files().stream()
                        .filter(file -> file.area() == Area.OUTPUT)
                        .map(file -> new FileEntry(
                                file.path(), file.bytes(), file.sha256().orElseThrow()))
                        .forEach(files::add);
            }
        });
        if (units[0] != index.finishedUnits()) {
            throw new StorageFailed(
                    "%s: expected the records of %,d finished units, found %,d: somebody has changed or removed it."
                            .formatted(staging.journal(), index.finishedUnits(), units[0]),
                    "Leave %s to cellferry, then run the same command again.".formatted(places.runs()));
        }
        files.sort(Comparator.comparing(FileEntry::path));
        for (int file = 1; file < files.size(); file++) {
            if (files.get(file).path().equals(files.get(file - 1).path())) {
                throw new IllegalStateException("%s: two units of run %s wrote this file"
                        .formatted(files.get(file).path(), begun.runId()));
            }
        }
        return new OutputManifest(
                OutputManifest.VERSION,
                begun.runId(),
                begun.toolVersion(),
                begun.startedAt(),
                begun.input(),
                intent.details(),
                files);
    }
}
