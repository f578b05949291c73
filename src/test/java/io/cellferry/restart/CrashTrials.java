package io.cellferry.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Refusal;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.RunProgress;
import io.cellferry.jobs.StepProgress;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.SharedBatch;
import io.cellferry.storage.CrashingDisk;
import io.cellferry.storage.CrashingDisk.Fault;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.SimulatedCrash;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongFunction;

/// Breaks a whole run at any of its disk operations, loses or ages its job repository, and starts it again on another
/// machine's terms: the same bytes, no acknowledged unit redone, nothing left behind.
final class CrashTrials implements AutoCloseable {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final List<Integer> THREADS = List.of(1, 2, 3);

    /// Trials share nothing, so they run side by side.
    private static final int LANES = 2;

    /// A run to break: `request` writes to the given path; a whole output holds `lastFile`. `damaged`, a part of the
    /// input that cannot be read, is named by every end; of its units up to `forgotten` are done and undone again.
    /// One that `passesBy` does not look again at the units of steps whose result is there.
    record Subject(
            Function<Path, RunRequest> request,
            String lastFile,
            Optional<String> damaged,
            int forgotten,
            boolean passesBy) {

        Subject(Function<Path, RunRequest> request, String lastFile) {
            this(request, lastFile, Optional.empty(), 0, false);
        }

        Subject passingBy() {
            return new Subject(request, lastFile, damaged, forgotten, true);
        }

        /// A run that ends as it should tells what it could not convert, and nothing else.
        void requireTold(RunOutcome outcome) {
            if (damaged.isEmpty()) {
                assertThat(outcome.reason()).isEmpty();
            } else {
                assertThat(outcome.reason()).hasValueSatisfying(reason -> assertThat(reason)
                        .isInstanceOf(InputRefused.class)
                        .hasMessageContaining(damaged.get()));
            }
        }
    }

    private final List<SharedBatch> batches = new ArrayList<>();
    private final Path temporary;

    CrashTrials(ConversionJob job) throws IOException {
        temporary = TestMemory.newFolder(job.name() + "-crash");
        for (int lane = 0; lane < LANES; lane++) {
            batches.add(new SharedBatch(List.of(job)));
        }
    }

    @Override
    public void close() throws IOException {
        batches.forEach(SharedBatch::close);
        Files.delete(FolderContents.emptied(temporary));
    }

    /// What a crash leaves of the job repository.
    private enum Repository {
        /// The framework noticed that something failed and wrote it down.
        AS_LEFT,
        /// The process died: everything in work is still called running.
        AS_KILLED,
        /// The process died between writing its steps and writing their contexts.
        AS_KILLED_WITHOUT_CONTEXTS,
        /// Restored from a copy made earlier in the run.
        OLDER,
        WIPED
    }

    void breakEverywhere(Subject subject, LongFunction<Fault> faults) throws Exception {
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Future<?>> all = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                Lane trials = new Lane(subject, batches.get(lane), temporary.resolve("lane-" + lane));
                int first = lane + 1;
                all.add(lanes.submit(() -> {
                    trials.breakEverywhere(faults, first);
                    return trials;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    /// Trials done one after the other in a folder of their own.
    private static final class Lane {

        private final Subject subject;
        private final SharedBatch batch;
        private final Path root;
        private final StateFolder state;

        Lane(Subject subject, SharedBatch batch, Path folder) {
            this.subject = subject;
            this.batch = batch;
            this.root = folder.resolve("root");
            this.state = StateFolder.open(new RealDisk(), folder.resolve("state"));
        }

        void breakEverywhere(LongFunction<Fault> faults, long from) throws IOException {
            FolderContents.emptied(root);
            batch.wipe();
            CrashingDisk sound = CrashingDisk.sound(root);
            Attempt whole = attempt(sound, 1, () -> false);
            sound.abandon();
            Map<String, String> finished = FolderContents.of(root);
            subject.requireTold(whole.outcome().orElseThrow());
            assertThat(whole.outcome().orElseThrow().end()).isEqualTo(RunOutcome.End.DONE);
            if (subject.forgotten() == 0) {
                whole.requireWholeSteps(false);
            }
            assertThat(finished.keySet()).noneMatch(name -> name.contains(".cellferry/") || name.contains(".part"));
            assertThat(finished).containsKeys("out/" + subject.lastFile(), "out.cellferry.json");
            assertThat(sound.operations()).isBetween(100L, 1000L);

            // Each unit that another order does besides takes a dozen.
            long last = sound.operations() + 12L * subject.forgotten();
            for (long operation = from; operation <= last; operation += LANES) {
                Fault fault = faults.apply(operation);
                try {
                    breakAt(fault, operation, whole.units(), finished);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("%s at operation %d of %d: %s".formatted(fault, operation, last, e), e);
                }
            }
        }

        private void breakAt(Fault fault, long operation, long units, Map<String, String> finished) throws IOException {
            Random random = new Random(operation * 31 + fault.ordinal());
            Repository afterwards = Repository.values()[random.nextInt(Repository.values().length)];
            RepositoryCopies copies = new RepositoryCopies(batch, afterwards, random.nextInt(10));
            FolderContents.emptied(root);
            batch.wipe();

            CrashingDisk broken = new CrashingDisk(root, fault, operation, random.nextLong());
            Attempt first = attempt(broken, THREADS.get(random.nextInt(THREADS.size())), copies);
            if (!broken.struck() && subject.forgotten() > 0) {
                // How much is done of what is forgotten depends on who comes first; this attempt was over before.
                broken.abandon();
                subject.requireTold(first.outcome().orElseThrow());
                assertThat(FolderContents.of(root)).isEqualTo(finished);
                return;
            }
            assertThat(broken.struck()).isTrue();
            first.requireToldAs(fault);
            if (fault == Fault.POWER_CUT) {
                broken.settle(random.nextLong());
            } else {
                broken.abandon();
            }
            assertThat(outputOf(FolderContents.of(root)))
                    .as("whole or not at all")
                    .isIn(Map.of(), outputOf(finished));
            copies.restore();
            boolean unfinished =
                    !new RunFolders(new RealDisk()).unfinished(root).isEmpty();

            CrashingDisk mended = CrashingDisk.sound(root);
            Attempt second = attempt(mended, THREADS.get(random.nextInt(THREADS.size())), () -> false);
            mended.abandon();
            RunOutcome outcome = second.outcome().orElseThrow();
            if (unfinished) {
                assertThat(outcome.end()).as("what is left is not called done").isEqualTo(RunOutcome.End.DONE);
            } else {
                assertThat(outcome.end()).isIn(RunOutcome.End.DONE, RunOutcome.End.ALREADY_DONE);
            }
            subject.requireTold(outcome);
            if (outcome.end() == RunOutcome.End.DONE) {
                assertThat(outcome.keptUnits())
                        .as("acknowledged units are kept")
                        .isGreaterThanOrEqualTo(first.units() - subject.forgotten());
                assertThat(outcome.keptUnits() + second.units())
                        .as("every unit is kept or done")
                        .isBetween(units - subject.forgotten(), units + subject.forgotten());
                if (subject.forgotten() == 0) {
                    second.requireWholeSteps(subject.passesBy());
                }
            }
            assertThat(FolderContents.of(root)).isEqualTo(finished);
        }

        private Attempt attempt(CrashingDisk disk, int threads, BooleanSupplier betweenUnits) {
            RunProgress progress = new RunProgress();
            try {
                RunOutcome outcome = batch.starter(new RunFolders(disk, CLOCK), state, CLOCK)
                        .start(
                                subject.request().apply(root.resolve("out")),
                                TinyExport.room(threads),
                                progress,
                                betweenUnits,
                                (id, resumed, kept, log) -> {});
                return new Attempt(Optional.of(outcome), Optional.empty(), progress);
            } catch (SimulatedCrash | Refusal thrown) {
                return new Attempt(Optional.empty(), Optional.of(thrown), progress);
            }
        }
    }

    private static Map<String, String> outputOf(Map<String, String> contents) {
        Map<String, String> output = new TreeMap<>(contents);
        output.keySet().removeIf(name -> !name.startsWith("out/"));
        return output;
    }

    /// How one attempt ended: with an outcome, or with what it threw; and how far it came.
    private record Attempt(Optional<RunOutcome> outcome, Optional<Throwable> thrown, RunProgress progress) {

        /// Units acknowledged by it.
        long units() {
            return progress.doneUnits();
        }

        /// Each step says of itself what the run says of all: nothing is left, nothing counted twice.
        void requireWholeSteps(boolean passesBy) {
            long kept = 0;
            for (StepProgress step : progress.steps()) {
                assertThat(step.ended()).as(step.name()).isPresent();
                assertThat(step.doneUnits() + step.keptUnits()).as(step.name()).isEqualTo(step.plannedUnits());
                kept += step.keptUnits();
            }
            assertThat(kept).isLessThanOrEqualTo(progress.keptUnits());
            if (!passesBy) {
                assertThat(kept).isEqualTo(progress.keptUnits());
            }
        }

        void requireToldAs(Fault fault) {
            Throwable reason = thrown.or(() -> outcome.flatMap(RunOutcome::reason))
                    .orElseThrow(() -> new AssertionError("an error that nobody was told of: " + outcome));
            if (fault == Fault.POWER_CUT) {
                assertThat(reason).isInstanceOf(SimulatedCrash.class);
            } else {
                assertThat(reason).isInstanceOf(Refusal.class);
                assertThat(((Refusal) reason).exitCode())
                        .as("%s because of %s", reason, reason.getCause())
                        .isEqualTo(fault == Fault.NO_SPACE ? 75 : 74);
                assertThat(((Refusal) reason).remedy()).containsIgnoringCase("run the same command again");
            }
        }
    }

    /// Copies the repository between units, where a run asks whether it should stop, and puts back what a crash is
    /// meant to leave of it.
    private static final class RepositoryCopies implements BooleanSupplier {

        private final SharedBatch batch;
        private final Repository afterwards;
        private final int olderUnit;
        private Optional<List<String>> copy = Optional.empty();
        private int unit;

        RepositoryCopies(SharedBatch batch, Repository afterwards, int olderUnit) {
            this.batch = batch;
            this.afterwards = afterwards;
            this.olderUnit = olderUnit;
        }

        @Override
        public synchronized boolean getAsBoolean() {
            if (afterwards == Repository.AS_KILLED
                    || afterwards == Repository.AS_KILLED_WITHOUT_CONTEXTS
                    || (afterwards == Repository.OLDER && unit == olderUnit)) {
                copy = Optional.of(batch.rows());
            }
            unit++;
            return false;
        }

        synchronized void restore() {
            switch (afterwards) {
                case AS_LEFT -> {}
                case AS_KILLED_WITHOUT_CONTEXTS ->
                    copy.ifPresentOrElse(
                            rows -> batch.restore(rows.stream()
                                    .filter(row -> !row.contains("BATCH_STEP_EXECUTION_CONTEXT"))
                                    .toList()),
                            batch::wipe);
                case AS_KILLED, OLDER -> copy.ifPresentOrElse(batch::restore, batch::wipe);
                case WIPED -> batch.wipe();
            }
        }
    }
}
