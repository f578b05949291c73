package io.cellferry.storage;

import io.cellferry.failure.OutputOwned;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.failure.StorageFailed;
import io.cellferry.storage.RunPlaces.Staging;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Opens, lists, stops and gives up runs.
public final class RunFolders {

    private final RefusingDisk disk;
    private final InstantSource clock;

    public RunFolders(Disk disk) {
        this(disk, InstantSource.system());
    }

    /// With a clock that says when runs start.
    public RunFolders(Disk disk, InstantSource clock) {
        this.disk = new RefusingDisk(disk);
        this.clock = clock;
    }

    /// Takes ownership of the output and starts or resumes the run, or reports that it is done.
    ///
    /// Refuses with `OutputOwned` while another process works on the output, with `InputRefused` when the input is
    /// not the one the run began with, with `RequestRefused` when something else is in the place of the output.
    public Opening open(RunTarget target) {
        RunPlaces places = RunPlaces.of(target.output());
        try (OwnedOutput owned = OwnedOutput.acquire(disk, places, target.runId())) {
            return new OutputOpening(disk, clock, target, owned).open();
        }
    }

    /// Refuses what [#open] would refuse because of what lies in the place of the output, and changes nothing.
    public void requireRoom(RunTarget target) {
        Occupant occupant = Occupant.of(disk, RunPlaces.of(target.output()), target);
        if (occupant.result().isEmpty()) {
            occupant.requireRoom(target.replace());
        }
    }

    /// Who seems to be at work on an output: as its lock file says, unless that process is known to be gone.
    public Optional<OwnerRecord> owner(Path output) {
        return owner(RunPlaces.of(output));
    }

    private Optional<OwnerRecord> owner(RunPlaces places) {
        return disk.lockRecord(places.lock()).flatMap(OwnerRecord::parse).filter(OwnerRecord::mayBeAlive);
    }

    /// Whether somebody is at work on an output. The lock itself is asked where [#owner] would have to believe a record
    /// of another machine.
    public boolean isOwned(Path output) {
        RunPlaces places = RunPlaces.of(output);
        Optional<OwnerRecord> owner = owner(places);
        if (owner.isEmpty()) {
            return false;
        }
        try (OwnedOutput free = OwnedOutput.acquire(disk, places, owner.get().runId())) {
            return !free.places().equals(places);
        } catch (OutputOwned held) {
            return true;
        } catch (StorageFailed | RoomExhausted unknown) {
            return true; // Whoever may not ask the lock has only the record.
        }
    }

    /// The unfinished runs whose outputs lie in a folder, owned or not.
    public List<UnfinishedRun> unfinished(Path folder) {
        Path parent = folder.toAbsolutePath().normalize();
        List<UnfinishedRun> found = new ArrayList<>();
        for (Staging staging : KnownRuns.in(disk, parent.resolve(RunPlaces.RUNS))) {
            found.add(unfinished(parent, staging));
        }
        return List.copyOf(found);
    }

    /// The unfinished run of that id beside an output.
    public Optional<UnfinishedRun> unfinished(Path output, String runId) {
        RunPlaces places = RunPlaces.of(output);
        return Optional.of(places.staging(runId))
                .filter(staging -> KnownRuns.isStaging(staging.folder()))
                .map(staging -> unfinished(places.parent(), staging));
    }

    private UnfinishedRun unfinished(Path parent, Staging staging) {
        JournalIndex index = JournalIndex.read(disk, staging.journal());
        Optional<RunPlaces> places = index.begun().map(begun -> new RunPlaces(parent, begun.output()));
        return new UnfinishedRun(
                staging.runId(),
                staging.folder(),
                index.begun().map(begun -> start(parent, begun)),
                index.finishedUnits(),
                places.flatMap(this::owner));
    }

    private static UnfinishedRun.Start start(Path parent, JournalRecord.Begun begun) {
        return new UnfinishedRun.Start(
                parent.resolve(begun.output()),
                begun.singleFile(),
                begun.replace(),
                begun.request(),
                begun.input(),
                begun.startedAt(),
                begun.toolVersion());
    }

    /// Asks a run, in whatever process, to stop at its next unit boundary. The next opening forgets the wish.
    public void requestStop(Path output, String runId) {
        Staging staging = existing(RunPlaces.of(output), output, runId);
        disk.create(staging.stop()).close();
    }

    /// Gives up an unfinished run and removes all it has left. A run whose publication had begun is finished instead:
    /// its work is complete, and the output it replaces may be halfway out.
    public void discard(Path output, String runId) {
        RunPlaces places = RunPlaces.of(output);
        if (!RunPlaces.exists(places.runs())) {
            throw OpeningRefusals.noSuchRun(output, runId);
        }
        try (OwnedOutput owned = OwnedOutput.acquire(disk, places, runId)) {
            disk.deleteTree(owned.places().leftover());
            Staging staging = existing(places, output, runId);
            if (Publication.finishedAfterCrash(disk, places, staging, false).isEmpty()) {
                new Removal(disk, places).giveUp(staging, JournalIndex.read(disk, staging.journal()));
            }
        }
    }

    private Staging existing(RunPlaces places, Path output, String runId) {
        RunPlaces.requireRunId(runId);
        Staging staging = places.staging(runId);
        boolean another = Journal.readBegun(disk, staging.journal())
                .filter(begun -> !begun.output().equals(places.name()))
                .isPresent();
        if (another || !RunPlaces.exists(staging.folder())) {
            throw OpeningRefusals.noSuchRun(output, runId);
        }
        return staging;
    }
}
