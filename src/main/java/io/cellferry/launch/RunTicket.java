package io.cellferry.launch;

import io.cellferry.jobs.RunProgress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A run that waits or works in this service: how far it is, and the flag that stops it.
public final class RunTicket {

    private final RunRecord record;
    private final RunRequest run;
    private final RunProgress progress = new RunProgress();
    private volatile @Nullable Instant begunAt;
    private volatile boolean stopAsked;
    private volatile boolean ending;

    RunTicket(RunRecord record, RunRequest run) {
        this.record = record;
        this.run = run;
    }

    public String id() {
        return record.id();
    }

    /// As it was accepted.
    public RunRecord record() {
        return record;
    }

    RunRequest run() {
        return run;
    }

    public RunProgress progress() {
        return progress;
    }

    /// When this service began to work on it; empty while it waits for its turn.
    public Optional<Instant> begunAt() {
        return Optional.ofNullable(begunAt);
    }

    void begin() {
        begunAt = Instant.now();
    }

    void stop() {
        stopAsked = true;
    }

    /// The service ends, and the run with it.
    void end() {
        ending = true;
    }

    /// Whether it will end at its next unit.
    public boolean stopAsked() {
        return stopAsked || ending;
    }

    boolean stopAskedByPerson() {
        return stopAsked;
    }
}
