package io.cellferry.jobs;

import io.cellferry.failure.RunStopped;
import io.cellferry.storage.OutputManifest;
import io.cellferry.storage.RunFolder;
import io.cellferry.storage.UnitWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// One attempt at one run, as its steps see it: the request, the owned folder, the room, and whether to go on.
public final class RunContext implements AutoCloseable {

    /// In the details of a publication: what of the input is missing in the output, by name, and why. A run that has
    /// any ends with a reason although it is published.
    public static final String LEFT_OUT = "leftOut";

    /// Work on one unit. What it writes appears as a whole or not at all.
    @FunctionalInterface
    public interface UnitWork {
        void write(UnitWriter unit);
    }

    private final JobRequest request;
    private final RunFolder folder;
    private final MachineRoom room;
    private final MemoryBudget memory;
    private final RunProgress progress;
    private final BooleanSupplier stopAsked;
    private final Optional<SettledPlan> settled;
    private final Runnable lastLook;
    private final AtomicReference<Optional<Throwable>> firstFailure = new AtomicReference<>(Optional.empty());
    private volatile Optional<OutputManifest> published = Optional.empty();
    private volatile boolean stopped;
    private final Map<Class<?>, AutoCloseable> shared = new LinkedHashMap<>();

    /// `lastLook` is taken before anything is published, and throws when nothing shall be.
    public RunContext(
            JobRequest request,
            RunFolder folder,
            MachineRoom room,
            RunProgress progress,
            BooleanSupplier stopAsked,
            Optional<SettledPlan> settled,
            Runnable lastLook) {
        this.request = request;
        this.folder = folder;
        this.room = room;
        this.memory = new MemoryBudget(room.workBytes());
        this.progress = progress;
        progress.kept(folder.keptUnits());
        this.stopAsked = stopAsked;
        this.settled = settled;
        this.lastLook = lastLook;
    }

    public JobRequest request() {
        return request;
    }

    public RunFolder folder() {
        return folder;
    }

    public MachineRoom room() {
        return room;
    }

    public MemoryBudget memory() {
        return memory;
    }

    public RunProgress progress() {
        return progress;
    }

    /// What was settled just before this attempt, absent when an earlier attempt settled it and stored it.
    public Optional<SettledPlan> settled() {
        return settled;
    }

    /// The one `type` of this run, made by the first who asks and closed when the attempt ends: an open input, for
    /// example.
    public synchronized <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> maker) {
        return type.cast(shared.computeIfAbsent(type, unused -> maker.get()));
    }

    /// Does `work` unless the journal says the unit is finished. Between units is where a run stops when asked to,
    /// and where the other workers stop after one has failed.
    public void unit(String name, UnitWork work) {
        if (folder.isFinished(name)) {
            progress.found();
            return;
        }
        goOn();
        try (UnitWriter unit = folder.begin(name)) {
            work.write(unit);
            unit.commit();
            progress.finished(unit.bytes());
        }
    }

    /// Makes the output visible and ends the run's work. What was shared is closed by then.
    public void publish(Map<String, Object> details) {
        close();
        lastLook.run();
        published = Optional.of(folder.publish(details));
    }

    /// What was published by this attempt.
    public Optional<OutputManifest> published() {
        return published;
    }

    /// Throws [RunStopped] when the run should not start anything new.
    public void goOn() {
        if (firstFailure.get().isPresent()) {
            throw new RunStopped("Another part of the run failed.");
        }
        if (stopAsked.getAsBoolean() || folder.stopRequested()) {
            stopped = true;
            throw new RunStopped("The run was asked to stop.");
        }
    }

    /// Whether a wish to stop has been followed.
    public boolean stopped() {
        return stopped;
    }

    /// Remembers why the run fails; the first reason is the one people are told, because the others often follow from
    /// it.
    public void failed(Throwable reason) {
        firstFailure.updateAndGet(earlier -> earlier.or(() -> Optional.of(reason)));
    }

    public Optional<Throwable> firstFailure() {
        return firstFailure.get();
    }

    /// Closes what is shared. The folder is closed by whoever opened it.
    @Override
    public synchronized void close() {
        for (AutoCloseable one : shared.values()) {
            try {
                one.close();
            } catch (RuntimeException e) {
                failed(e);
            } catch (Exception e) {
                failed(new IllegalStateException("closing " + one + " failed", e));
            }
        }
        shared.clear();
    }
}
