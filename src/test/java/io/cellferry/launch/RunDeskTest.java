package io.cellferry.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.restart.TinyExport;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a service has accepted is done once, whatever becomes of the service.
class RunDeskTest {

    private static final MachineRoom ROOM = new MachineRoom(512L << 20, 256L << 20, 2, Optional.empty());
    private static final long PATIENCE_MILLIS = 60_000;

    private static SharedBatch batch;

    @TempDir
    Path temporary;

    private Path folder;
    private StateFolder state;
    private final RunFolders folders = new RunFolders(new RealDisk());

    @BeforeAll
    static void startTheFramework() {
        batch = new SharedBatch(List.of(TinyExport.JOB));
    }

    @AfterAll
    static void stopTheFramework() {
        batch.close();
    }

    @BeforeEach
    void useTheRealFolder() throws IOException {
        folder = temporary.toRealPath();
        state = StateFolder.open(new RealDisk(), folder.resolve("state"));
    }

    @Test
    void whatIsAcceptedIsDone() throws Exception {
        try (RunDesk desk = desk()) {
            desk.start(1);

            RunDesk.Accepted accepted = desk.submit(tiny("out"), "rest me");

            assertThat(accepted.fresh()).isTrue();
            assertThat(settled(desk, accepted.run().record().id()).state()).isEqualTo(RunState.DONE);
            assertThat(desk.find(accepted.run().record().id())
                            .orElseThrow()
                            .record()
                            .origin())
                    .isEqualTo("rest me");
            assertThat(folder.resolve("out/dataset_identity.json")).exists();
        }
    }

    @Test
    void theSameRequestAgainIsTheSameRun() throws Exception {
        try (RunDesk desk = desk()) {
            RunDesk.Accepted first = desk.submit(tiny("out"), "rest a");
            RunDesk.Accepted second = desk.submit(tiny("out"), "rest b");

            assertThat(second.fresh()).isFalse();
            assertThat(second.run().record()).isEqualTo(first.run().record());
            desk.start(1);
            settled(desk, first.run().record().id());
            assertThat(desk.submit(tiny("out"), "rest c").fresh()).isFalse();
            assertThat(desk.records()).hasSize(1);
        }
    }

    @Test
    void anInputThatCannotBeConvertedIsRefusedWithReasonAndRemedy() throws Exception {
        Path rubbish = Files.writeString(folder.resolve("rubbish.h5ad"), "no cells here");
        try (RunDesk desk = desk()) {
            desk.start(1);

            String id = desk.submit(TinyExport.request(rubbish, folder.resolve("out")), "rest me")
                    .run()
                    .record()
                    .id();

            RunState refused = settled(desk, id);
            assertThat(refused.state()).isEqualTo(RunState.REFUSED);
            assertThat(refused.record().code()).isEqualTo("input-refused");
            assertThat(refused.record().message()).contains("rubbish.h5ad");
            assertThat(refused.record().remedy()).isNotBlank();
            assertThat(folder.resolve("out")).doesNotExist();
            assertThat(folder.resolve(".cellferry")).doesNotExist();
        }
    }

    @Test
    void whatContradictsItselfIsRefusedBeforeItIsAccepted() {
        try (RunDesk desk = desk()) {
            RunRequest wrong = TinyExport.request(
                    TinyExport.TINY, folder.resolve("out"), Map.of("contract", "0.9.0", "dataset-id", "../x"));

            assertThatThrownBy(() -> desk.submit(wrong, "rest me")).isInstanceOf(RequestRefused.class);
            assertThat(desk.records()).isEmpty();
        }
    }

    @Test
    void whatWasAcceptedSurvivesTheService() throws Exception {
        String id;
        try (RunDesk first = desk()) {
            id = first.submit(tiny("out"), "rest me").run().record().id();
            assertThat(first.find(id).orElseThrow().state()).isEqualTo(RunState.WAITING);
        }

        try (RunDesk second = desk()) {
            second.start(1);
            assertThat(settled(second, id).state()).isEqualTo(RunState.DONE);
        }
    }

    @Test
    void whatWasUnderWayGoesOnAndTheCommandLinesRunsDoNot() throws Exception {
        RunRecords records = new RunRecords(state);
        RunRequest ours = tiny("ours");
        RunRequest theirs = tiny("theirs");
        RunRecord interrupted = RunRecord.asked(id(ours), ours, "rest me", 0, now())
                .attempted(1)
                .begun(now(), false);
        RunRecord commanded = RunRecord.asked(id(theirs), theirs, RunRecord.COMMAND_LINE, 0, now())
                .begun(now(), false);
        records.write(interrupted);
        records.write(commanded);

        try (RunDesk desk = desk()) {
            desk.start(1);
            assertThat(settled(desk, interrupted.id()).state()).isEqualTo(RunState.DONE);
            assertThat(desk.find(interrupted.id()).orElseThrow().record().attempts())
                    .isEqualTo(2);
        }
        assertThat(folder.resolve("theirs")).doesNotExist();
    }

    @Test
    void aRunThatEndsTheServiceAgainAndAgainIsLeftAlone() {
        RunRequest run = tiny("out");
        new RunRecords(state)
                .write(RunRecord.asked(id(run), run, "rest me", 0, now())
                        .attempted(RunDesk.MOST_ATTEMPTS)
                        .begun(now(), false));

        try (RunDesk desk = desk()) {
            desk.start(1);

            RunState left = desk.find(id(run)).orElseThrow();
            assertThat(left.state()).isEqualTo(RunState.FAILED);
            assertThat(left.record().message()).contains("5 times");
            assertThat(desk.tickets()).isEmpty();
        }
    }

    /// An input may end the service before its run has begun: when it is planned.
    @Test
    void whatEndsTheServiceWhileItIsPlannedIsCounted() throws Exception {
        RunRequest sound = tiny("out");
        List<RunRecord> whenPlanned = new ArrayList<>();
        RunRequest run = new RunRequest(
                telling(sound.job(), "admit", () -> whenPlanned.addAll(new RunRecords(state).all())),
                sound.request(),
                false);
        try (RunDesk desk = desk()) {
            desk.start(1);
            String id = desk.submit(run, "rest me").run().record().id();
            assertThat(settled(desk, id).state()).isEqualTo(RunState.DONE);
        }
        assertThat(whenPlanned).hasSize(1);

        RunRecord asOfThen = whenPlanned.getFirst();
        assertThat(asOfThen.end()).isEqualTo(RunRecord.WAITING);
        assertThat(asOfThen.attempts()).isOne();
        RunRequest poisoned = tiny("other");
        new RunRecords(state)
                .write(RunRecord.asked(id(poisoned), poisoned, "rest me", 0, now())
                        .attempted(RunDesk.MOST_ATTEMPTS));
        try (RunDesk desk = desk()) {
            desk.start(1);
            assertThat(desk.find(id(poisoned)).orElseThrow().state()).isEqualTo(RunState.FAILED);
        }
    }

    @Test
    void whatWasUnderWayGoesOnBeforeWhatWaited() {
        RunRecords records = new RunRecords(state);
        RunRequest first = tiny("first");
        RunRequest second = tiny("second");
        records.write(RunRecord.asked(id(first), first, "rest me", 0, "2026-01-02T03:04:05Z")
                .attempted(1)
                .begun("2026-01-02T03:07:00Z", false));
        records.write(RunRecord.asked(id(second), second, "rest me", 0, "2026-01-02T03:06:00Z"));

        try (RunDesk desk = desk()) {
            desk.start(0);

            assertThat(desk.tickets()).extracting(RunTicket::id).containsExactly(id(first), id(second));
        }
    }

    /// Nobody hears of the end while an input is looked at, and a supervisor has less patience than that may take.
    @Test
    void aPoliteEndWhileARunIsPlannedIsNotCounted() throws Exception {
        CountDownLatch planning = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        RunRequest sound = tiny("out");
        RunRequest run = new RunRequest(
                telling(sound.job(), "admit", () -> {
                    planning.countDown();
                    awaitUninterrupted(ended);
                }),
                sound.request(),
                false);
        RunRecords records = new RunRecords(state);
        RunDesk desk = desk();
        desk.start(1);
        String id = desk.submit(run, "rest me").run().record().id();
        awaitUninterrupted(planning);
        assertThat(records.find(id).orElseThrow().attempts()).isOne();

        Thread closing = Thread.ofVirtual().start(desk::close);
        try {
            long until = System.currentTimeMillis() + PATIENCE_MILLIS;
            while (records.find(id).orElseThrow().attempts() > 0) {
                assertThat(System.currentTimeMillis()).isLessThan(until);
                Thread.sleep(10);
            }
        } finally {
            ended.countDown();
            closing.join();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// `job`, which tells when it is asked for `method`.
    private static ConversionJob telling(ConversionJob job, String method, Runnable ear) {
        return (ConversionJob) Proxy.newProxyInstance(
                ConversionJob.class.getClassLoader(), new Class<?>[] {ConversionJob.class}, (self, asked, given) -> {
                    if (asked.getName().equals(method)) {
                        ear.run();
                    }
                    return asked.invoke(job, given);
                });
    }

    /// As of an earlier version of cellferry.
    @Test
    void whatWasAcceptedUnderAnotherNameIsDoneUnderItsPresentOne() throws Exception {
        RunRequest run = tiny("out");
        String earlier = "0123456789abcdef";
        new RunRecords(state).write(RunRecord.asked(earlier, run, "rest me", 0, now()));

        try (RunDesk desk = desk()) {
            desk.start(1);

            RunRecord left = desk.find(earlier).orElseThrow().record();
            assertThat(left.end()).isEqualTo(RunRecord.REFUSED);
            assertThat(left.message()).contains("it means run " + id(run) + " now");
            assertThat(left.remedy()).contains("cellferry clean " + earlier);
            assertThat(settled(desk, id(run)).state()).isEqualTo(RunState.DONE);
            assertThatThrownBy(() -> desk.resume(earlier, "rest me"))
                    .isInstanceOf(RequestRefused.class)
                    .hasMessage(left.message());
        }
    }

    /// A link that was changed and brought back: the run is what it was, and its record says refused by then.
    @Test
    void aRefusalIsNoReasonToPassOverWhatWasAccepted() throws Exception {
        RunRequest run = tiny("out");
        RunRecords records = new RunRecords(state);
        records.write(RunRecord.asked("0123456789abcdef", run, "rest me", 0, now()));
        records.write(RunRecord.asked(id(run), run, "rest me", 0, now()).ended(now(), RunRecord.REFUSED));

        try (RunDesk desk = desk()) {
            desk.start(1);

            assertThat(settled(desk, id(run)).state()).isEqualTo(RunState.DONE);
        }
    }

    /// As of a share that is away for a moment: nobody shall throw his work away because of it.
    @Test
    void aRunWhoseInputIsAwayIsNotTakenForAnother() throws Exception {
        Path share = Files.createDirectory(folder.resolve("share"));
        Files.copy(TinyExport.TINY, share.resolve("in.h5ad"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), share);
        RunRequest run = TinyExport.request(link.resolve("in.h5ad"), folder.resolve("out"));
        String id = id(run);
        new RunRecords(state).write(RunRecord.asked(id, run, "rest me", 0, now()));
        Files.move(share, folder.resolve("away"));

        try (RunDesk desk = desk()) {
            desk.start(1);

            assertThatThrownBy(() -> desk.resume(id, "rest me"))
                    .isInstanceOfSatisfying(InputRefused.class, refused -> assertThat(refused.remedy())
                            .contains("is mounted")
                            .doesNotContain("clean"));
            assertThat(desk.records()).hasSize(1);
        }
        Files.move(folder.resolve("away"), share);
        RunIdentity.requireSame(id, run);
    }

    @Test
    void whatWaitsCanBeStoppedAndStaysSo() throws Exception {
        String id;
        try (RunDesk desk = desk()) {
            id = desk.submit(tiny("out"), "rest me").run().record().id();
            desk.stop(id);
            assertThat(desk.stop(id)).as("nothing is left to stop").isEmpty();
        }
        try (RunDesk desk = desk()) {
            desk.start(1);
            assertThat(desk.tickets()).isEmpty();
            assertThat(new RunRecords(state).find(id).orElseThrow().end()).isEqualTo(RunState.STOPPED);

            assertThat(desk.resume(id, "rest me").fresh()).isTrue();
            assertThat(settled(desk, id).state()).isEqualTo(RunState.DONE);
        }
    }

    /// Ends the service while a run works, wherever that is, until one service lives long enough.
    @Test
    void endingTheServiceEndsNoRun() throws Exception {
        String id;
        try (RunDesk desk = desk()) {
            desk.start(1);
            id = desk.submit(tiny("out"), "rest me").run().record().id();
            while (desk.ticket(id).filter(ticket -> ticket.begunAt().isEmpty()).isPresent()) {
                Thread.onSpinWait();
            }
        }
        RunState between = listing().state(new RunRecords(state).find(id).orElseThrow());
        assertThat(between.state()).isIn(RunState.WAITING, RunState.DONE);
        assertThat(between.record().attempts())
                .as("an end of its own is no fault of the run's")
                .isEqualTo(between.state().equals(RunState.WAITING) ? 0 : 1);

        try (RunDesk desk = desk()) {
            desk.start(1);
            assertThat(settled(desk, id).state()).isEqualTo(RunState.DONE);
        }
    }

    private RunDesk desk() {
        RunStarter starter = batch.starter(folders, state, Clock.systemUTC());
        return new RunDesk(starter, state, folders, List.of(TinyExport.JOB), ROOM, Clock.systemUTC());
    }

    private RunListing listing() {
        return new RunListing(new RunRecords(state), folders);
    }

    private RunRequest tiny(String output) {
        return TinyExport.request(TinyExport.TINY, folder.resolve(output));
    }

    private static String id(RunRequest run) {
        return RunIdentity.of(run.request(), run.job().namedContent(run.request()))
                .id();
    }

    private static String now() {
        return Clock.systemUTC().instant().toString();
    }

    private static RunState settled(RunDesk desk, String id) throws InterruptedException {
        long until = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (desk.ticket(id).isPresent()) {
            if (System.currentTimeMillis() > until) {
                throw new AssertionError("run %s is still %s".formatted(id, desk.find(id)));
            }
            Thread.sleep(10);
        }
        return desk.find(id).orElseThrow();
    }
}
