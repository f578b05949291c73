package io.cellferry.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.OutputOwned;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.RunStarter;
import io.cellferry.launch.SharedBatch;
import io.cellferry.storage.CrashingDisk;
import io.cellferry.storage.Disk;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever state a crash, a lost connection or a person left the job repository in, the same request continues: the
/// journal says what is done.
class RepositoryStatesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final BooleanSupplier NEVER = () -> false;

    /// The units that are finished before a run is interrupted; enough for the first partitioned step to be in work.
    private static final int INTERRUPTED_AFTER = 5;

    private static SharedBatch batch;
    private static Map<String, String> finished;

    @TempDir
    Path temporary;

    private Path root;

    @BeforeAll
    static void exportOnceUndisturbed(@TempDir Path folder) throws IOException {
        batch = new SharedBatch(List.of(TinyExport.JOB));
        Path root = folder.toRealPath().resolve("root");
        start(root, NEVER);
        finished = outputOf(root);
    }

    @AfterAll
    static void endTheFramework() {
        batch.close();
    }

    @BeforeEach
    void useAnEmptyRepository() throws IOException {
        root = Files.createDirectory(temporary.toRealPath().resolve("root"));
        batch.wipe();
    }

    @Test
    void theRepositoryIsInADatabaseAndHoldsTheRun() {
        interrupt();

        assertThat(batch.count("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE WHERE JOB_NAME = 'cellucid-export'"))
                .isEqualTo(1);
        assertThat(batch.count("SELECT COUNT(*) FROM BATCH_JOB_EXECUTION")).isEqualTo(1);
        assertThat(batch.count("SELECT COUNT(*) FROM BATCH_STEP_EXECUTION WHERE STEP_NAME LIKE 'obsFields:field-%'"))
                .as("one row a partition")
                .isEqualTo(2);
    }

    @Test
    void aJobLeftStartedByItsDeadProcessIsRecovered() {
        interrupt();
        batch.doctor("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', EXIT_CODE = 'UNKNOWN', END_TIME = NULL");
        batch.doctor("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED', EXIT_CODE = 'EXECUTING', END_TIME = NULL"
                + " WHERE STATUS <> 'COMPLETED'");

        requireContinued(0);
    }

    @Test
    void partitionsLeftStartingByAFailedJobAreRecovered() {
        interrupt();
        batch.doctor("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'FAILED', EXIT_CODE = 'FAILED'");
        batch.doctor("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTING', EXIT_CODE = 'EXECUTING', START_TIME = NULL,"
                + " END_TIME = NULL WHERE STEP_NAME LIKE 'obsFields:%' AND STATUS <> 'COMPLETED'");

        requireContinued(0);
    }

    @Test
    void stepsLeftStartedByAStoppedJobAreRecovered() {
        interrupt();
        batch.doctor("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STOPPED', EXIT_CODE = 'STOPPED'");
        batch.doctor("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED', EXIT_CODE = 'EXECUTING', END_TIME = NULL"
                + " WHERE STATUS <> 'COMPLETED'");

        requireContinued(0);
    }

    @Test
    void anInstanceWithoutExecutionIsStartedAfresh() {
        interrupt();
        for (String table : SharedBatch.TABLES.subList(0, SharedBatch.TABLES.size() - 1)) {
            batch.doctor("DELETE FROM " + table);
        }

        requireContinued(0);
        assertThat(batch.count("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNKNOWN", "ABANDONED", "COMPLETED"})
    void aJobThatTheFrameworkWouldNeverStartAgainContinuesAsTheNextGeneration(String status) {
        interrupt();
        batch.doctor("UPDATE BATCH_JOB_EXECUTION SET STATUS = '%1$s', EXIT_CODE = '%1$s'".formatted(status));

        requireContinued(1);
    }

    @Test
    void anUnknownStepContinuesAsTheNextGeneration() {
        interrupt();
        batch.doctor("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'UNKNOWN', EXIT_CODE = 'UNKNOWN'"
                + " WHERE STEP_NAME LIKE 'obsFields:%' AND STATUS <> 'COMPLETED'");

        requireContinued(1);
    }

    @Test
    void anOutputRemovedAfterCompletionIsMadeAgain() throws IOException {
        start(root, NEVER);
        FolderContents.emptied(root);

        RunOutcome again = start(root, NEVER);

        assertThat(again.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(again.keptUnits()).isZero();
        assertThat(outputOf(root)).isEqualTo(finished);
    }

    @Test
    void aFinishedRequestIsReportedAndTouchesNothing() {
        start(root, NEVER);
        long executions = batch.count("SELECT COUNT(*) FROM BATCH_JOB_EXECUTION");

        RunOutcome again = start(root, NEVER);

        assertThat(again.end()).isEqualTo(RunOutcome.End.ALREADY_DONE);
        assertThat(again.outputFiles())
                .isEqualTo(finished.keySet().stream()
                        .filter(name -> !name.endsWith("/"))
                        .count());
        assertThat(batch.count("SELECT COUNT(*) FROM BATCH_JOB_EXECUTION")).isEqualTo(executions);
    }

    @Test
    void aWishToStopIsFollowedAtEachUnitAndTheRunContinuesThere() throws IOException {
        long units = start(root, NEVER).doneUnits();

        for (int stopAfter = 0; stopAfter < units; stopAfter++) {
            FolderContents.emptied(root);
            RunOutcome stopped = start(root, after(stopAfter));
            assertThat(stopped.end()).isEqualTo(RunOutcome.End.STOPPED);
            assertThat(stopped.reason()).isEmpty();
            assertThat(stopped.doneUnits()).isEqualTo(stopAfter);

            RunOutcome resumed = start(root, NEVER);
            assertThat(resumed.end()).isEqualTo(RunOutcome.End.DONE);
            assertThat(resumed.keptUnits()).isEqualTo(stopAfter);
            assertThat(resumed.doneUnits()).isEqualTo(units - stopAfter);
            assertThat(outputOf(root)).isEqualTo(finished);
        }
    }

    @Test
    void aSecondLaunchIsRefusedAndToldWhoOwnsTheOutput() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        try (ExecutorService first = Executors.newSingleThreadExecutor()) {
            Future<RunOutcome> owner = first.submit(() -> start(new RealDisk(), root, () -> {
                working.countDown();
                return !waitFor(refused);
            }));
            working.await();
            try {
                assertThatThrownBy(() -> start(new RealDisk(), root, NEVER))
                        .isInstanceOf(OutputOwned.class)
                        .hasMessageContaining(
                                "process " + ProcessHandle.current().pid())
                        .satisfies(thrown ->
                                assertThat(((OutputOwned) thrown).exitCode()).isEqualTo(73));
            } finally {
                refused.countDown();
            }
            assertThat(owner.get().end()).isEqualTo(RunOutcome.End.DONE);
        }
        assertThat(outputOf(root)).isEqualTo(finished);
    }

    @Test
    void ofManyLaunchesAtOnceOneDoesTheWork() throws Exception {
        int launches = 4;
        CyclicBarrier together = new CyclicBarrier(launches);
        Callable<String> launch = () -> {
            together.await();
            try {
                return start(new RealDisk(), root, NEVER).end().name();
            } catch (OutputOwned e) {
                return "OWNED";
            }
        };
        List<String> ends = new ArrayList<>();
        try (ExecutorService all = Executors.newFixedThreadPool(launches)) {
            for (Future<String> end : all.invokeAll(Collections.nCopies(launches, launch))) {
                ends.add(end.get());
            }
        }

        assertThat(ends).containsOnlyOnce("DONE").isSubsetOf("DONE", "OWNED", "ALREADY_DONE");
        assertThat(outputOf(root)).isEqualTo(finished);
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void interrupt() {
        RunOutcome stopped = start(root, after(INTERRUPTED_AFTER));
        assertThat(stopped.end()).isEqualTo(RunOutcome.End.STOPPED);
    }

    private static BooleanSupplier after(int units) {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.getAndIncrement() >= units;
    }

    private void requireContinued(int generation) {
        RunOutcome resumed = start(root, NEVER);

        assertThat(resumed.reason()).isEmpty();
        assertThat(resumed.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(resumed.keptUnits()).isEqualTo(INTERRUPTED_AFTER);
        assertThat(outputOf(root)).isEqualTo(finished);
        assertThat(batch.count("SELECT MAX(CAST(PARAMETER_VALUE AS INT)) FROM BATCH_JOB_EXECUTION_PARAMS"
                        + " WHERE PARAMETER_NAME = 'generation'"))
                .isEqualTo(generation);
        assertThat(batch.count("SELECT COUNT(*) FROM BATCH_JOB_EXECUTION WHERE STATUS IN ('STARTING', 'STARTED')"))
                .isZero();
    }

    /// On a disk that forces nothing: there is no power cut here, and forcing takes longer than all the rest.
    private static RunOutcome start(Path root, BooleanSupplier stopAsked) {
        try {
            return start(CrashingDisk.sound(Files.createDirectories(root)), root, stopAsked);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunOutcome start(Disk disk, Path root, BooleanSupplier stopAsked) {
        StateFolder state = StateFolder.open(new RealDisk(), root.resolveSibling("state"));
        RunStarter starter = batch.starter(new RunFolders(disk, CLOCK), state, CLOCK);
        return starter.start(
                TinyExport.request(TinyExport.TINY, root.resolve("out")),
                TinyExport.room(1),
                new RunProgress(),
                stopAsked,
                (id, resumed, kept, log) -> {});
    }

    private static Map<String, String> outputOf(Path root) {
        assertThat(root.resolve(".cellferry")).doesNotExist();
        return FolderContents.of(root.resolve("out"));
    }
}
