package io.cellferry.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RoomExhausted;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.restart.TinyExport;
import io.cellferry.storage.Disk;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import io.cellferry.storage.WatchedDisk;
import io.cellferry.storage.WatchedDisk.Operation;
import io.cellferry.storage.WatchedDisk.Watch;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A record that cannot be written, or changes hands at a bad moment, costs no other run anything.
class AilingStateFolderTest {

    private static final MachineRoom ROOM = new MachineRoom(512L << 20, 256L << 20, 2, Optional.empty());

    private static SharedBatch batch;

    @TempDir
    Path temporary;

    private Path folder;

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
    }

    @Test
    void anEndThatCannotBeWrittenDownEndsNeitherTheWorkNorLaterRuns() {
        RunRequest run = tiny("out");
        List<String> told = new CopyOnWriteArrayList<>();
        // Writes of its record: 1 when it is accepted, 2 when its turn comes, 3 when it begins, and how it ended.
        try (RunDesk desk = desk(new WatchedDisk(failing(id(run), count -> count > 3)), new RealDisk())) {
            desk.tell(told::add);
            desk.submit(run, "rest me");
            String waits = desk.submit(tiny("waits"), "rest me").run().record().id();
            desk.start(1);

            assertThat(settled(desk, waits)).isEqualTo(RunState.DONE);
            String later = desk.submit(tiny("later"), "rest me").run().record().id();
            assertThat(settled(desk, later)).isEqualTo(RunState.DONE);
            assertThat(told)
                    .as("accepted and ended")
                    .filteredOn(id(run)::equals)
                    .hasSize(2);
            assertThat(records().find(id(run)).orElseThrow().end()).isEqualTo(RunRecord.RUNNING);
        }

        try (RunDesk next = desk(new RealDisk(), new RealDisk())) {
            next.start(1);
            assertThat(settled(next, id(run))).isEqualTo(RunState.DONE);
            assertThat(records().find(id(run)).orElseThrow().end()).isEqualTo(RunState.DONE);
        }
    }

    @Test
    void aStopThatCannotBeWrittenDownHoldsAllTheSame() {
        RunRequest run = tiny("out");
        try (RunDesk desk = desk(new WatchedDisk(failing(id(run), count -> count == 2)), new RealDisk())) {
            desk.submit(run, "rest me");
            assertThatThrownBy(() -> desk.stop(id(run))).isInstanceOf(RoomExhausted.class);
            assertThat(desk.ticket(id(run))).isPresent();

            desk.start(1);
            assertThat(settled(desk, id(run))).isEqualTo(RunState.STOPPED);
            assertThat(records().find(id(run)).orElseThrow().end()).isEqualTo(RunState.STOPPED);
        }
    }

    @Test
    void whatHadBegunIsNotCalledRefused() {
        RunRequest run = tiny("out");
        try (RunDesk desk = desk(new WatchedDisk(failing(id(run), count -> count == 4)), new RealDisk())) {
            desk.submit(run, "rest me");
            desk.start(1);

            assertThat(settled(desk, id(run))).as("the output is there").isEqualTo(RunState.DONE);
            RunRecord record = records().find(id(run)).orElseThrow();
            assertThat(record.end()).isEqualTo(RunState.FAILED);
            assertThat(record.code()).isEqualTo("no-room");
        }
    }

    /// The service ends, the run stops, and while its report is written somebody asks for it again, with leave to
    /// replace: that request is what the next service finds.
    @Test
    void anAttemptThatEndsLeavesANewerRequestAlone() throws Exception {
        RunRequest run = tiny("out");
        RunRequest again = new RunRequest(run.job(), run.request(), true);
        AtomicReference<RunDesk> open = new AtomicReference<>();
        AtomicReference<RunDesk.Accepted> accepted = new AtomicReference<>();
        AtomicReference<Thread> closer = new AtomicReference<>();
        Disk outputs = new WatchedDisk(once(Operation.CREATE, "journal", () -> {
            closer.set(Thread.ofPlatform().start(open.get()::close));
            Awaitility.await()
                    .until(() -> open.get().ticket(id(run)).orElseThrow().stopAsked());
        }));
        Disk state = new WatchedDisk(once(
                Operation.CREATE, "report.html", () -> accepted.set(open.get().submit(again, "rest you"))));
        try (RunDesk desk = desk(state, outputs)) {
            open.set(desk);
            desk.submit(run, "rest me");
            desk.start(1);
            Awaitility.await().until(() -> accepted.get() != null);
            closer.get().join();
        }

        RunRecord record = records().find(id(run)).orElseThrow();
        assertThat(accepted.get().fresh()).isTrue();
        assertThat(record.end()).isEqualTo(RunRecord.WAITING);
        assertThat(record.origin()).isEqualTo("rest you");
        assertThat(record.replace()).isTrue();
        try (RunDesk next = desk(new RealDisk(), new RealDisk())) {
            next.start(1);
            assertThat(settled(next, id(run))).isEqualTo(RunState.DONE);
        }
    }

    @Test
    void whatWasAcceptedBeforeTheWorkBeganIsDoneOnce() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (RunDesk desk = desk(new RealDisk(), new RealDisk())) {
            desk.tell(told::add);
            String id = desk.submit(tiny("out"), "rest me").run().record().id();
            desk.start(1);
            String last = desk.submit(tiny("last"), "rest me").run().record().id();
            settled(desk, last);

            assertThat(told).as("accepted and ended").filteredOn(id::equals).hasSize(2);
        }
    }

    /// Refuses the record of one run, by how often it was written.
    private static Watch failing(String id, IntPredicate times) {
        AtomicInteger count = new AtomicInteger();
        return (operation, path) -> {
            boolean record = operation == Operation.CREATE
                    && String.valueOf(path.getFileName()).startsWith(id + ".json");
            if (record && times.test(count.incrementAndGet())) {
                throw new FileSystemException(path.toString(), null, "No space left on device");
            }
        };
    }

    private static Watch once(Operation when, String name, Runnable what) {
        AtomicBoolean did = new AtomicBoolean();
        return (operation, path) -> {
            if (operation == when && String.valueOf(path.getFileName()).contains(name) && !did.getAndSet(true)) {
                what.run();
            }
        };
    }

    private RunDesk desk(Disk stateDisk, Disk outputDisk) {
        StateFolder state = StateFolder.open(stateDisk, folder.resolve("state"));
        RunFolders folders = new RunFolders(outputDisk);
        RunStarter starter = batch.starter(folders, state, Clock.systemUTC());
        return new RunDesk(starter, state, folders, List.of(TinyExport.JOB), ROOM, Clock.systemUTC());
    }

    private RunRecords records() {
        return new RunRecords(StateFolder.open(new RealDisk(), folder.resolve("state")));
    }

    private RunRequest tiny(String output) {
        return TinyExport.request(TinyExport.TINY, folder.resolve(output));
    }

    private static String id(RunRequest run) {
        return RunIdentity.of(run.request(), run.job().namedContent(run.request()))
                .id();
    }

    private static String settled(RunDesk desk, String id) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> desk.ticket(id)
                .isEmpty());
        return desk.find(id).orElseThrow().state();
    }
}
