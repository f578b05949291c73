package io.cellferry.jobs;

import java.util.concurrent.atomic.AtomicLong;

/// How far a run is, for whoever wants to show it. Written by workers, read by anyone.
public final class RunProgress {

    private final AtomicLong doneUnits = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long keptUnits;
    private volatile long plannedUnits;
    private volatile String step = "";

    public void planned(long units) {
        plannedUnits = units;
    }

    public void entering(String stepName) {
        step = stepName;
    }

    /// A unit was finished now; `unitBytes` is the size of its files.
    public void finished(long unitBytes) {
        doneUnits.incrementAndGet();
        bytes.addAndGet(unitBytes);
    }

    /// Units that earlier attempts finished.
    public void kept(long units) {
        keptUnits = units;
    }

    /// 0 while the plan is not made yet.
    public long plannedUnits() {
        return plannedUnits;
    }

    public long doneUnits() {
        return doneUnits.get();
    }

    public long keptUnits() {
        return keptUnits;
    }

    public long writtenBytes() {
        return bytes.get();
    }

    public String step() {
        return step;
    }
}
