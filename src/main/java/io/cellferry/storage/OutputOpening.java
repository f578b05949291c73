package io.cellferry.storage;

import io.cellferry.storage.RunPlaces.Staging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Decides, while the output is owned, what a request finds there: a finished output, a run to resume, nothing, or a
/// reason to refuse. All refusals come before the first change, except that publications which a crash interrupted are
/// finished first, whosoever they are.
final class OutputOpening {

    private final RefusingDisk disk;
    private final InstantSource clock;
    private final RunTarget target;
    private final OwnedOutput owned;
    private final RunPlaces places;
    private final Staging staging;
    private final Removal removal;

    OutputOpening(RefusingDisk disk, InstantSource clock, RunTarget target, OwnedOutput owned) {
        this.disk = disk;
        this.clock = clock;
        this.target = target;
        this.owned = owned;
        this.places = owned.places();
        this.staging = places.staging(target.runId());
        this.removal = new Removal(disk, places);
    }

    Opening open() {
        disk.deleteTree(places.leftover());
        List<Staging> others = KnownRuns.of(disk, places).stream()
                .filter(run -> !run.equals(staging))
                .filter(run ->
                        Publication.finishedAfterCrash(disk, places, run, false).isEmpty())
                .toList();
        OptionalInt publishedNow = RunPlaces.exists(staging.folder())
                ? Publication.finishedAfterCrash(disk, places, staging, target.replace())
                : OptionalInt.empty();
        boolean unfinished = RunPlaces.exists(staging.folder());

        JournalIndex index = JournalIndex.read(disk, staging.journal());
        Optional<JournalRecord.Begun> begun = index.begun();
        boolean sameInput =
                begun.map(first -> first.input().equals(target.input())).orElse(false);
        Occupant occupant = Occupant.of(disk, places, target);
        Optional<OutputManifest> result = occupant.result();

        if (result.isPresent() && index.publishing().isEmpty()) {
            if (unfinished) {
                removal.giveUp(staging, index);
            }
            return publishedNow.isPresent()
                    ? new Opening.PublishedNow(result.get(), publishedNow.getAsInt())
                    : new Opening.AlreadyDone(result.get());
        }
        boolean replace = target.replace() || (sameInput && begun.get().replace());
        if (begun.isPresent() && !sameInput && !replace) {
            throw OpeningRefusals.inputChangedSinceStart(target, begun.get());
        }
        occupant.requireRoom(replace);
        if (!others.isEmpty() && !replace) {
            throw OpeningRefusals.otherRun(target, others.getFirst().runId());
        }
        ScratchPlace scratch = ScratchPlace.of(target, staging);
        scratch.requireItsFolder();

        others.forEach(other -> removal.giveUp(other, JournalIndex.read(disk, other.journal())));
        if (unfinished && sameInput) {
            return opened(index, begun.get(), replace, scratch, true);
        }
        if (unfinished) {
            removal.giveUp(staging, index);
        }
        if (!replace && RunPlaces.exists(places.output())) {
            // Giving up a run with a damaged journal has brought back the output it was about to replace.
            throw OpeningRefusals.occupied(target, OutputManifest.read(disk, places));
        }
        return start(replace, scratch);
    }

    private Opening start(boolean replace, ScratchPlace scratch) {
        var begun = new JournalRecord.Begun(
                target.runId(),
                places.name(),
                target.singleFile(),
                replace,
                target.request(),
                target.input(),
                clock.instant(),
                target.toolVersion(),
                scratch.outside(),
                Optional.of(staging.folder().toString()));
        // Made under the name that its owner always deletes: under its own name a run has a journal from the first
        // moment.
        Staging making = new Staging(places.leftover());
        disk.createFolder(making.folder());
        disk.createFolder(making.output());
        Journal.create(disk, making.journal(), begun);
        disk.forceFolder(making.folder());
        disk.rename(making.folder(), staging.folder());
        return opened(JournalIndex.read(disk, staging.journal()), begun, replace, scratch, false);
    }

    private Opening opened(
            JournalIndex index, JournalRecord.Begun begun, boolean replace, ScratchPlace scratch, boolean resumed) {
        Journal journal = Journal.open(disk, staging.journal(), index.readableBytes());
        try {
            if (index.publishing().isPresent()) {
                append(journal, index, new JournalRecord.PublicationWithdrawn());
            }
            if (!scratch.outside().equals(index.scratchPlace())) {
                append(journal, index, new JournalRecord.ScratchMoved(scratch.outside()));
            }
            createRoots(scratch);
            for (String place : index.allScratchPlaces()) {
                if (!Path.of(place).equals(scratch.root())) {
                    removal.removeScratchPlace(Path.of(place));
                }
            }
            if (resumed) {
                sweep(journal, index, scratch);
            }
            Opening opened = new Opening.Opened(
                    new StagedRun(disk, owned, staging, begun, replace, index, journal, scratch.root()), resumed);
            owned.handOver();
            return opened;
        } catch (RuntimeException | Error e) {
            try {
                journal.close();
            } catch (RuntimeException | Error second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /// Forced whether new or not: a process killed in between leaves names that are visible and not durable. The run's
    /// own name comes first, because its journal is all that knows of a scratch folder elsewhere.
    private void createRoots(ScratchPlace scratch) {
        disk.forceFolder(places.runs());
        disk.forceFolder(places.parent());
        disk.createFolder(staging.output());
        disk.createFolder(scratch.root());
        disk.forceFolder(staging.folder());
        if (scratch.outside().isPresent()) {
            disk.forceFolder(RefusingDisk.folderOf(scratch.root()));
        }
    }

    private void sweep(Journal journal, JournalIndex index, ScratchPlace scratch) {
        Sweep sweep = new Sweep(disk, staging.journal(), staging.output(), scratch.root());
        List<String> lost = sweep.lostUnits(index);
        if (!lost.isEmpty()) {
            append(journal, index, new JournalRecord.UnitsLost(lost));
        }
        sweep.removeUnclaimed();
        disk.delete(staging.stop());
    }

    private static void append(Journal journal, JournalIndex index, JournalRecord happened) {
        index.apply(journal.append(happened), happened);
    }

    /// Where this opening puts scratch files.
    private record ScratchPlace(Path root, Optional<String> outside) {
        static ScratchPlace of(RunTarget target, Staging staging) {
            return target.workDir()
                    .map(folder -> folder.toAbsolutePath().normalize().resolve("cellferry-" + target.runId()))
                    .map(place -> new ScratchPlace(place, Optional.of(place.toString())))
                    .orElseGet(() -> new ScratchPlace(staging.scratch(), Optional.empty()));
        }

        void requireItsFolder() {
            Path folder = RefusingDisk.folderOf(root);
            if (outside.isPresent() && !Files.isDirectory(folder)) {
                throw OpeningRefusals.noWorkFolder(folder);
            }
        }
    }
}
