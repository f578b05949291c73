package io.cellferry.storage;

import io.cellferry.failure.RequestRefused;
import io.cellferry.storage.RunPlaces.Staging;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/// A run in its staging folder.
final class StagedRun implements RunFolder {

    /// Asking the disk more often would cost more than stopping a second later.
    private static final Duration STOP_CHECK = Duration.ofSeconds(1);

    private final RefusingDisk disk;
    private final OwnedOutput owned;
    private final Staging staging;
    private final JournalRecord.Begun begun;
    private final boolean replace;
    private final JournalIndex index;
    private final Journal journal;
    private final Path scratchRoot;
    private final DurableFolders outputFolders;
    private final DurableFolders scratchFolders;
    private final int keptUnits;
    private final Set<String> unitsBeingWritten = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean publishing;
    private volatile boolean stopSeen;
    private volatile long stopCheckedAtNanos = System.nanoTime() - STOP_CHECK.toNanos();

    StagedRun(
            RefusingDisk disk,
            OwnedOutput owned,
            Staging staging,
            JournalRecord.Begun begun,
            boolean replace,
            JournalIndex index,
            Journal journal,
            Path scratchRoot) {
        this.disk = disk;
        this.owned = owned;
        this.staging = staging;
        this.begun = begun;
        this.replace = replace;
        this.index = index;
        this.journal = journal;
        this.scratchRoot = scratchRoot;
        this.outputFolders = new DurableFolders(disk, staging.output());
        this.scratchFolders = new DurableFolders(disk, scratchRoot);
        this.keptUnits = index.finishedUnits();
    }

    @Override
    public String runId() {
        return begun.runId();
    }

    @Override
    public Instant startedAt() {
        return begun.startedAt();
    }

    @Override
    public boolean isFinished(String unit) {
        return index.isFinished(unit);
    }

    @Override
    public int finishedUnits() {
        return index.finishedUnits();
    }

    @Override
    public int keptUnits() {
        return keptUnits;
    }

    @Override
    public UnitWriter begin(String unit) {
        requireOpen();
        if (!unitsBeingWritten.add(unit)) {
            throw new IllegalStateException("unit %s is being written already".formatted(unit));
        }
        if (index.isFinished(unit)) {
            unitsBeingWritten.remove(unit);
            throw new IllegalStateException("unit %s is finished already".formatted(unit));
        }
        return new StagedUnit(
                this,
                unit,
                new UnitArea(disk, Area.OUTPUT, staging.output(), outputFolders),
                new UnitArea(disk, Area.SCRATCH, scratchRoot, scratchFolders));
    }

    /// Only the name of the output itself makes sense when the output is one file.
    void requireOutputName(String relativePath) {
        if (begun.singleFile() && !relativePath.equals(begun.output())) {
            throw new IllegalArgumentException(
                    "the output is the single file %s, not %s".formatted(begun.output(), relativePath));
        }
    }

    /// Called by a unit whose files are durable under their names.
    void finished(JournalRecord.UnitFinished unit) {
        requireOpen();
        append(unit);
    }

    void closed(String unit) {
        unitsBeingWritten.remove(unit);
    }

    @Override
    public Path scratch(String relativePath) {
        return RelativePath.resolve(scratchRoot, relativePath);
    }

    @Override
    public Path output(String relativePath) {
        return RelativePath.resolve(staging.output(), relativePath);
    }

    @Override
    public boolean foldsCase() {
        // By what is inside: some file systems give one folder a number for each of its spellings.
        Path otherCase = owned.places().parent().resolve(RunPlaces.RUNS.toUpperCase(Locale.ROOT));
        return RunPlaces.exists(new Staging(otherCase.resolve(runId())).journal());
    }

    @Override
    public void dropScratch(Collection<String> units) {
        requireOpen();
        List<String> named = index.withScratch(units);
        if (named.isEmpty()) {
            return;
        }
        Set<String> dropping = Set.copyOf(named);
        // The record first: files it has given up are swept at the next opening, files that are gone without it are
        // lost.
        append(new JournalRecord.ScratchDropped(named));
        Journal.read(disk, staging.journal(), (offset, happened) -> {
            if (happened instanceof JournalRecord.UnitFinished unit
                    && dropping.contains(unit.name())
                    && index.isCurrent(unit.name(), offset)) {
                unit.files().stream()
                        .filter(file -> file.area() == Area.SCRATCH)
                        .forEach(file -> disk.delete(scratchRoot.resolve(file.path())));
            }
        });
    }

    @Override
    public void forget(Collection<String> units) {
        requireOpen();
        if (!unitsBeingWritten.isEmpty()) {
            throw new IllegalStateException("units are still being written: " + unitsBeingWritten);
        }
        Set<String> forgotten = units.stream().filter(index::isFinished).collect(Collectors.toSet());
        if (forgotten.isEmpty()) {
            return;
        }
        List<JournalRecord.UnitFinished> records = new ArrayList<>();
        Journal.read(disk, staging.journal(), (offset, happened) -> {
            if (happened instanceof JournalRecord.UnitFinished unit
                    && forgotten.contains(unit.name())
                    && index.isCurrent(unit.name(), offset)) {
                records.add(unit);
            }
        });
        // The record first, for the reason that [#dropScratch] has.
        append(new JournalRecord.UnitsLost(forgotten.stream().sorted().toList()));
        Set<Path> left = new TreeSet<>();
        for (JournalRecord.UnitFinished unit : records) {
            for (JournalRecord.UnitFile file : unit.files()) {
                Path path = (file.area() == Area.OUTPUT ? staging.output() : scratchRoot).resolve(file.path());
                disk.delete(path);
                left.add(RefusingDisk.folderOf(path));
            }
        }
        // Forced, or a power cut after the publication could bring back what it does not list.
        Set<Path> changed = new TreeSet<>();
        left.forEach(folder -> changed.add(withoutFiles(folder)));
        changed.stream().filter(RunPlaces::exists).forEach(disk::forceFolder);
    }

    /// Removes `folder` and those above it that hold nothing any more; the first one that stays.
    private Path withoutFiles(Path folder) {
        Path at = folder;
        while (!at.equals(staging.output()) && !at.equals(scratchRoot)) {
            boolean[] holds = {false};
            if (RunPlaces.exists(at)) {
                disk.forEach(at, entry -> holds[0] = true);
            }
            if (holds[0]) {
                return at;
            }
            disk.delete(at);
            (at.startsWith(staging.output()) ? outputFolders : scratchFolders).removed(at);
            at = RefusingDisk.folderOf(at);
        }
        return at;
    }

    @Override
    public boolean stopRequested() {
        long now = System.nanoTime();
        if (!stopSeen && now - stopCheckedAtNanos >= STOP_CHECK.toNanos()) {
            stopCheckedAtNanos = now;
            stopSeen = RunPlaces.exists(staging.stop());
        }
        return stopSeen;
    }

    @Override
    public OutputManifest publish(Map<String, Object> details) {
        requireOpen();
        if (!unitsBeingWritten.isEmpty()) {
            throw new IllegalStateException("units are still being written: " + unitsBeingWritten);
        }
        if (!RunPlaces.exists(staging.staged(begun))) {
            throw new IllegalStateException("no unit wrote the output file " + begun.output());
        }
        Path output = owned.places().output();
        if (RunPlaces.exists(output) && !(replace && Occupant.isReplaceable(disk, owned.places()))) {
            throw new RequestRefused(
                    "%s: expected no output yet, found one that appeared while this run was at work.".formatted(output),
                    "Move it away and run the same command again; all work of this run is kept.");
        }
        publishing = true;
        var intent = new JournalRecord.Publishing(replace, details);
        append(intent);
        // Network and user-space file systems keep a file that is deleted while open, and its folder with it.
        journal.close();
        return new Publication(disk, owned.places(), staging, index, begun).finish(intent);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                journal.close();
            } finally {
                owned.release();
            }
        }
    }

    private void append(JournalRecord happened) {
        index.apply(journal.append(happened), happened);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("run %s is closed".formatted(begun.runId()));
        }
        if (publishing) {
            throw new IllegalStateException("run %s has been handed to its publication".formatted(begun.runId()));
        }
    }
}
