package io.cellferry.jobs.variablegenes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.StorageFailed;
import io.cellferry.hvg.HvgSelection;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.RunProgress;
import io.cellferry.storage.InputFingerprint;
import io.cellferry.storage.Opening;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolder;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.RunTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What workers share does not let one that holds memory wait for one that waits for memory.
class HvgRunTest {

    private static final Path COUNTS = Path.of("src/test/resources/hvg/nb_plain.h5ad");
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    @Test
    @Timeout(60)
    void rowsAreHadWhileAnotherWorkerWaitsForMemory(@TempDir Path temporary) throws Exception {
        Path folder = temporary.toRealPath();
        OptionValues said = OptionValues.of(
                HvgRules.ALL, Map.of("matrix", List.of("layers/counts"), "log-normalize", List.of(HvgRules.MEDIAN)));
        HvgOptions options = HvgOptions.of("", said);
        JobRequest request = new JobRequest("hvg", COUNTS.toRealPath(), folder.resolve("genes.csv"), said);
        MachineRoom room = new MachineRoom(1L << 30, 512L << 20, 2, Optional.empty());
        HvgPlan plan = HvgPlanner.settle(request, options, room);

        try (RunFolder owned = opened(request);
                RunContext run = new RunContext(
                        request, owned, room, new RunProgress(), () -> false, Optional.empty(), () -> {})) {
            HvgRun hvg = HvgRun.of(run, () -> plan, options);
            hvg.rows();

            FutureTask<HvgSelection> median = new FutureTask<>(hvg::selection);
            try (MemoryBudget.Lease most = run.memory().take(allButTooLittle(run, plan), "another range of cells")) {
                startAndSeeWaiting(median);

                assertThat(CompletableFuture.supplyAsync(hvg::rows)).succeedsWithin(LONG_ENOUGH);
            }
            // Given memory it went on to the totals, which this run never counted.
            assertThat(median).failsWithin(LONG_ENOUGH).withThrowableThat().withCauseInstanceOf(StorageFailed.class);
        }
    }

    /// What is left is less than looking for the median takes.
    private static long allButTooLittle(RunContext run, HvgPlan plan) {
        return run.memory().bytes() - HvgMemory.cells(plan.cells(), 0) - (1 << 20);
    }

    private static void startAndSeeWaiting(FutureTask<?> task) throws InterruptedException {
        Thread worker = new Thread(task);
        worker.start();
        while (worker.getState() != Thread.State.WAITING) {
            assertThat(worker.isAlive()).isTrue();
            Thread.sleep(5);
        }
    }

    private static RunFolder opened(JobRequest request) throws IOException {
        RunTarget target =
                RunTarget.folder("run1", request.output(), "{}", InputFingerprint.of(request.input()), "test");
        return ((Opening.Opened) new RunFolders(new RealDisk()).open(target)).folder();
    }
}
