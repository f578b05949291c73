package io.cellferry.jobs;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// How far a run is, step by step, for whoever wants to show it. Written by the workers of one attempt, read by anyone.
///
/// Steps follow each other, so what a worker finishes belongs to the step entered last. Finishing a unit costs two
/// additions and no lock.
public final class RunProgress {

    private final Clock clock;
    /// Guarded by itself. In the order of the plan; a step that no plan foretold comes last.
    private final SequencedMap<String, Step> steps = new LinkedHashMap<>();
    private volatile @Nullable Step current;
    private volatile boolean planMade;
    private volatile long keptUnits;

    private static final class Step {
        private final String name;
        private final AtomicLong done = new AtomicLong();
        private final AtomicLong kept = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();
        private volatile long planned;
        private volatile boolean counted;
        private volatile @Nullable Instant begun;
        private volatile @Nullable Instant ended;

        private Step(String name) {
            this.name = name;
        }

        private StepProgress now() {
            // The end first: a step that has ended is complete in all that is read after it.
            Optional<Instant> end = Optional.ofNullable(ended);
            long doneNow = done.get();
            long keptNow = kept.get();
            return new StepProgress(
                    name,
                    Math.max(planned, doneNow + keptNow),
                    doneNow,
                    keptNow,
                    bytes.get(),
                    Optional.ofNullable(begun),
                    end);
        }
    }

    public RunProgress() {
        this(Clock.systemUTC());
    }

    RunProgress(Clock clock) {
        this.clock = clock;
    }

    /// What the plan says of all steps, in their order.
    public void planned(List<StepUnits> plan) {
        synchronized (steps) {
            SequencedMap<String, Step> early = new LinkedHashMap<>(steps);
            steps.clear();
            for (StepUnits step : plan) {
                Step known = early.remove(step.step());
                Step kept = known == null ? new Step(step.step()) : known;
                kept.planned = step.units();
                steps.put(step.step(), kept);
            }
            steps.putAll(early);
        }
        planMade = true;
    }

    /// A step begins, and the one before has ended.
    public void entering(String stepName) {
        leaving();
        synchronized (steps) {
            Step step = steps.computeIfAbsent(stepName, Step::new);
            step.begun = clock.instant();
            step.ended = null;
            current = step;
        }
    }

    /// The same, where the step knows its units: `kept` of `planned` were finished by earlier attempts.
    public void entering(String stepName, long planned, long kept) {
        entering(stepName);
        Step step = current;
        if (step != null) {
            step.planned = planned;
            step.kept.set(kept);
            step.counted = true;
        }
    }

    /// The step that was entered last has ended. What it did not come to was not to be done any more.
    public void leaving() {
        Step step = current;
        if (step != null && step.ended == null) {
            step.planned = Math.min(step.planned, step.done.get() + step.kept.get());
            step.ended = clock.instant();
        }
    }

    /// A unit was finished now; `unitBytes` is the size of its files.
    public void finished(long unitBytes) {
        Step step = current;
        if (step != null) {
            step.bytes.addAndGet(unitBytes);
            step.done.incrementAndGet();
        }
    }

    /// A worker came to a unit that an earlier attempt finished; counted unless [#entering] has counted them all.
    public void found() {
        Step step = current;
        if (step != null && !step.counted) {
            step.kept.incrementAndGet();
        }
    }

    /// Units that earlier attempts finished, of all steps.
    public void kept(long units) {
        keptUnits = units;
    }

    /// All steps in order, each as it is now. Empty before the first begins.
    public List<StepProgress> steps() {
        synchronized (steps) {
            return steps.values().stream().map(Step::now).toList();
        }
    }

    /// 0 while the plan is not made yet.
    public long plannedUnits() {
        return planMade ? steps().stream().mapToLong(StepProgress::plannedUnits).sum() : 0;
    }

    public long doneUnits() {
        return steps().stream().mapToLong(StepProgress::doneUnits).sum();
    }

    public long keptUnits() {
        return keptUnits;
    }

    public long writtenBytes() {
        return steps().stream().mapToLong(StepProgress::bytes).sum();
    }

    /// The step entered last; "" before the first.
    public String step() {
        Step step = current;
        return step == null ? "" : step.name;
    }
}
