package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cellferry.failure.OutputOwned;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One output has one owner, across threads and processes, and a dead owner is none.
class OwnershipTest {

    @TempDir
    Path temporary;

    private Path folder;
    private Path output;
    private final RunFolders runs = new RunFolders(new RealDisk());

    @BeforeEach
    void useTheRealFolder() throws IOException {
        folder = temporary.toRealPath();
        output = folder.resolve("out");
    }

    private RunTarget target(String runId) {
        return RunTarget.folder(runId, output, "{}", TinyConversion.INPUT, "test");
    }

    private RunFolder open(String runId) {
        return ((Opening.Opened) runs.open(target(runId))).folder();
    }

    private Process holder(String runId) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        LockHolder.class.getName(),
                        output.toString(),
                        runId)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(said.readLine()).isEqualTo("owned");
        return process;
    }

    @Test
    void anotherProcessIsRefusedWithTheOwnerNamedAndAKilledOwnerIsGoneAtOnce() throws Exception {
        Process holder = holder("run1");
        try {
            for (String runId : new String[] {"run1", "run2"}) {
                OutputOwned refused = catchThrowableOfType(OutputOwned.class, () -> runs.open(target(runId)));
                assertThat(refused.exitCode()).isEqualTo(73);
                assertThat(refused)
                        .hasMessageStartingWith(
                                output + ": expected nobody else at work on it, found run run1 of process "
                                        + holder.pid() + " on ");
                assertThat(refused.remedy()).contains("stop it with cellferry stop", "run the same command again");
            }
            assertThatThrownBy(() -> runs.discard(output, "run1")).isInstanceOf(OutputOwned.class);
            assertThat(runs.owner(output)).hasValueSatisfying(owner -> {
                assertThat(owner.pid()).isEqualTo(holder.pid());
                assertThat(owner.runId()).isEqualTo("run1");
            });
        } finally {
            holder.destroyForcibly().waitFor();
        }

        assertThat(runs.owner(output)).isEmpty();
        try (RunFolder run = open("run1")) {
            assertThat(run.keptUnits()).isEqualTo(1);
            assertThat(run.isFinished("first")).isTrue();
            assertThat(runs.owner(output).map(OwnerRecord::pid))
                    .contains(ProcessHandle.current().pid());
            run.publish(Map.of());
        }
        assertThat(Tree.of(folder).keySet()).containsExactly("out.cellferry.json", "out/", "out/first.bin");
    }

    @Test
    void looksFromTheOwningProcessDoNotFreeTheLock() throws Exception {
        try (RunFolder run = open("run1")) {
            assertThat(runs.owner(output)).isPresent();
            assertThatThrownBy(() -> open("run1")).isInstanceOf(OutputOwned.class);
            assertThatThrownBy(() -> open("run2")).isInstanceOf(OutputOwned.class);
            assertThat(runs.unfinished(folder)).hasSize(1);

            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            classPath,
                            LockHolder.class.getName(),
                            output.toString(),
                            "run1")
                    .redirectErrorStream(true)
                    .start();
            other.getOutputStream().close();
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(other.waitFor()).isEqualTo(1);
            assertThat(said)
                    .contains("OutputOwned")
                    .contains("process " + ProcessHandle.current().pid());
            assertThat(run.finishedUnits()).isZero();
        }
    }

    @Test
    void ofManyThreadsAtOnceOneGetsTheOutputAndItsLockFileComesAndGoes() throws Exception {
        int threads = 8;
        int[] owners = {0};
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            CyclicBarrier together = new CyclicBarrier(threads);
            Callable<Integer> contender = () -> {
                int got = 0;
                for (int round = 0; round < 10; round++) {
                    together.await();
                    try (RunFolder run = open("run1")) {
                        synchronized (owners) {
                            assertThat(++owners[0]).isEqualTo(1);
                        }
                        got++;
                        assertThat(run.finishedUnits()).isZero();
                        synchronized (owners) {
                            owners[0]--;
                        }
                    } catch (OutputOwned e) {
                        assertThat(e.exitCode()).isEqualTo(73);
                    }
                }
                return got;
            };
            var results = IntStream.range(0, threads)
                    .mapToObj(thread -> pool.submit(contender))
                    .toList();
            int total = 0;
            for (Future<Integer> result : results) {
                total += result.get();
            }
            assertThat(total).isGreaterThanOrEqualTo(10);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
        runs.discard(output, "run1");
        assertThat(Tree.of(folder)).isEmpty();
    }

    @Test
    void aRecordThatIsDamagedOrOfAnEarlierBootNamesNoOwner() throws IOException {
        Path lock = Files.createDirectories(output.resolveSibling(".cellferry")).resolve("out.lock");

        Files.writeString(lock, "{\"host\":");
        assertThat(runs.owner(output)).isEmpty();

        OwnerRecord now = OwnerRecord.ofThisProcess("run1");
        Files.write(lock, now.toBytes());
        assertThat(runs.owner(output)).contains(now);
        Files.write(
                lock,
                new OwnerRecord(
                                now.host(),
                                now.pid(),
                                now.pidNamespace(),
                                "earlier boot",
                                now.processStartedAt(),
                                "run1",
                                "t")
                        .toBytes());
        assertThat(runs.owner(output)).isEmpty();
        OwnerRecord elsewhere = new OwnerRecord("elsewhere", 1, "", "boot", now.processStartedAt(), "run1", "t");
        Files.write(lock, elsewhere.toBytes());
        assertThat(runs.owner(output)).contains(elsewhere);
    }

    /// Two containers under the name of their host: each counts its own processes, and sees none of the other's.
    @Test
    void aProcessThatCannotBeSeenFromHereIsNotSaidToBeGone() throws IOException {
        OwnerRecord now = OwnerRecord.ofThisProcess("run1");
        OwnerRecord inAnotherContainer = new OwnerRecord(
                now.host(), Integer.MAX_VALUE, "pid:[1]", now.bootId(), now.processStartedAt(), "run1", "t");
        OwnerRecord gone = new OwnerRecord(
                now.host(), Integer.MAX_VALUE, now.pidNamespace(), now.bootId(), now.processStartedAt(), "run1", "t");
        Path lock = Files.createDirectories(output.resolveSibling(".cellferry")).resolve("out.lock");

        Files.write(lock, gone.toBytes());
        assertThat(runs.owner(output)).isEmpty();
        Files.write(lock, inAnotherContainer.toBytes());
        assertThat(runs.owner(output)).contains(inAnotherContainer);
    }

    @Test
    void theLockAndNoRecordTellsWhetherAnOutputIsOwned() throws Exception {
        assertThat(runs.isOwned(output)).isFalse();
        assertThat(Tree.of(folder)).isEmpty();

        OwnerRecord now = OwnerRecord.ofThisProcess("run1");
        OwnerRecord elsewhere = new OwnerRecord("elsewhere", 1, "", "boot", now.processStartedAt(), "run1", "t");
        Path lock = Files.createDirectories(output.resolveSibling(".cellferry")).resolve("out.lock");
        Files.write(lock, elsewhere.toBytes());
        assertThat(runs.isOwned(output)).as("a machine that went away").isFalse();

        try (RunFolder run = open("run1")) {
            assertThat(runs.isOwned(output)).isTrue();
            assertThat(run.keptUnits()).isZero();
        }
        Process holder = holder("run1");
        try {
            assertThat(runs.isOwned(output)).isTrue();
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }
}
