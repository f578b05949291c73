package io.cellferry.launch.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import io.cellferry.launch.MachineSettings;
import io.cellferry.launch.SharedBatch;
import io.cellferry.launch.schedule.FollowingService.Death;
import io.cellferry.launch.schedule.FollowingService.Died;
import io.cellferry.restart.ChildProcess;
import io.cellferry.restart.TinyExport;
import io.cellferry.storage.InputFingerprint;
import io.cellferry.storage.OutputManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is planned is launched once, whatever becomes of the service, and does what a person would want who is not
/// there.
class SchedulesTest {

    private static final String NIGHTLY = "nightly.yml";
    private static final String JOB = """
            job: cellucid-export
            input: ../data/in.h5ad
            output: ../exports/out
            options:
              created-at: 2026-01-02T03:04:05Z
              centroid-min-points: 1
            """;

    private static SharedBatch batch;

    @TempDir
    Path temporary;

    private Path home;
    private final SettableClock clock = new SettableClock("2026-01-10T12:00:00Z");

    @BeforeAll
    static void startTheFramework() {
        batch = new SharedBatch(List.of(TinyExport.JOB));
    }

    @AfterAll
    static void stopTheFramework() {
        batch.close();
    }

    @BeforeEach
    void makeTheFolders() throws IOException {
        home = temporary.toRealPath();
        for (String folder : List.of("jobs", "data", "exports")) {
            Files.createDirectory(home.resolve(folder));
        }
        Files.copy(TinyExport.TINY, home.resolve("data/in.h5ad"));
        write(NIGHTLY, JOB + "schedule: 0 2 * * *\n");
    }

    @Test
    void aPlannedTimeLaunchesItsRunOnce() throws Exception {
        try (FollowingService service = service().working()) {
            JobFileState before = service.turn(NIGHTLY);
            clock.set("2026-01-11T02:00:00Z");
            JobFileState fired = service.turn(NIGHTLY);
            clock.set("2026-01-11T02:00:30Z");
            service.turn(NIGHTLY);
            service.awaitAll();

            assertThat(before.next()).contains(Instant.parse("2026-01-11T02:00:00Z"));
            assertThat(before.last()).isEmpty();
            assertThat(service.accepted).hasSize(1);
            assertThat(service.desk.records().getFirst().origin()).isEqualTo("schedule " + NIGHTLY);
            assertThat(fired.last().orElseThrow())
                    .isEqualTo(new LedgerEntry(
                            "2026-01-11T02:00:00Z",
                            Instant.parse("2026-01-11T02:00:00Z"),
                            LedgerEntry.ACCEPTED,
                            service.accepted.getFirst(),
                            "",
                            "host of state"));
            assertThat(fired.next()).contains(Instant.parse("2026-01-12T02:00:00Z"));
            assertThat(home.resolve("exports/out")).isDirectory();
        }
    }

    @Test
    void anUnchangedInputMeansNothingToDo() throws Exception {
        try (FollowingService service = service().working()) {
            fire(service, "2026-01-11T02:00:00Z");
            OutputManifest first = manifest();

            JobFileState second = fire(service, "2026-01-12T02:00:00Z");

            assertThat(second.last().orElseThrow().state()).isEqualTo(LedgerEntry.UNCHANGED);
            assertThat(service.accepted).hasSize(1);
            assertThat(manifest()).isEqualTo(first);
        }
    }

    @Test
    void aChangedInputReplacesTheOutputAtTheEnd() throws Exception {
        try (FollowingService service = service().working()) {
            fire(service, "2026-01-11T02:00:00Z");
            Files.copy(TinyExport.WIDE, home.resolve("data/in.h5ad"), StandardCopyOption.REPLACE_EXISTING);

            JobFileState second = fire(service, "2026-01-12T02:00:00Z");

            assertThat(second.last().orElseThrow().state()).isEqualTo(LedgerEntry.ACCEPTED);
            assertThat(service.accepted).hasSize(2);
            assertThat(manifest().input()).isEqualTo(InputFingerprint.of(home.resolve("data/in.h5ad")));
            assertThat(fire(service, "2026-01-13T02:00:00Z")
                            .last()
                            .orElseThrow()
                            .state())
                    .isEqualTo(LedgerEntry.UNCHANGED);
        }
    }

    @Test
    void changedOptionsReplaceTheResultOfTheSameFile() throws Exception {
        try (FollowingService service = service().working()) {
            fire(service, "2026-01-11T02:00:00Z");
            write(NIGHTLY, JOB + "  gzip: 9\nschedule: 30 2 * * *\n");
            service.turn(NIGHTLY);

            JobFileState second = fire(service, "2026-01-12T02:30:00Z");

            assertThat(second.last().orElseThrow().state()).isEqualTo(LedgerEntry.ACCEPTED);
            assertThat(manifest().runId()).isEqualTo(service.accepted.getLast());
        }
    }

    @Test
    void anOutputThatWasRemovedIsMadeAgain() throws Exception {
        try (FollowingService service = service().working()) {
            fire(service, "2026-01-11T02:00:00Z");
            Files.move(home.resolve("exports/out"), home.resolve("exports/elsewhere"));

            fire(service, "2026-01-12T02:00:00Z");

            assertThat(home.resolve("exports/out")).isDirectory();
        }
    }

    @Test
    void whatSomebodyElsePutThereIsNeverReplaced() throws Exception {
        Files.createDirectory(home.resolve("exports/out"));
        Files.writeString(home.resolve("exports/out/thesis.txt"), "the only copy");
        try (FollowingService service = service().working()) {
            JobFileState fired = fire(service, "2026-01-11T02:00:00Z");

            LedgerEntry last = fired.last().orElseThrow();
            assertThat(last.state()).isEqualTo(LedgerEntry.REFUSED);
            assertThat(last.note())
                    .startsWith("request-refused: exports:out: expected nothing or a result of this job file")
                    .contains("To do: Move it away");
            assertThat(service.accepted).isEmpty();
            assertThat(home.resolve("exports/out/thesis.txt")).hasContent("the only copy");
        }
    }

    @Test
    void aRunStillUnderWayIsNotStartedAgain() throws Exception {
        try (FollowingService service = service()) {
            service.turn(NIGHTLY);
            clock.set("2026-01-11T02:00:00Z");
            service.turn(NIGHTLY);
            clock.set("2026-01-12T02:00:00Z");

            LedgerEntry second = service.turn(NIGHTLY).last().orElseThrow();

            assertThat(second.state()).isEqualTo(LedgerEntry.SKIPPED);
            assertThat(second.note())
                    .isEqualTo(
                            "Run %s for the same output was still under way.".formatted(service.accepted.getFirst()));
            assertThat(service.accepted).hasSize(1);
        }
    }

    @Test
    void missedTimesRunOnceAndNeverTwice() throws Exception {
        try (FollowingService service = service()) {
            service.turn(NIGHTLY);
        }
        clock.set("2026-01-15T09:00:00Z");
        try (FollowingService service = service().working()) {
            service.turn(NIGHTLY);
            service.turn(NIGHTLY);
            service.awaitAll();

            assertThat(service.accepted).hasSize(1);
            assertThat(service.state(NIGHTLY).last().orElseThrow().occasion()).isEqualTo("2026-01-15T02:00:00Z");
        }
        try (FollowingService service = service().working()) {
            JobFileState state = service.turn(NIGHTLY);

            assertThat(service.accepted).isEmpty();
            assertThat(state.last().orElseThrow().state()).isEqualTo(LedgerEntry.ACCEPTED);
        }
    }

    @Test
    void missedTimesAreSkippedWhereTheFileSaysSo() throws Exception {
        write(NIGHTLY, JOB + "schedule: {cron: 0 2 * * *, missed: skip}\n");
        try (FollowingService service = service()) {
            service.turn(NIGHTLY);
        }
        clock.set("2026-01-15T02:01:01Z");
        try (FollowingService service = service()) {
            LedgerEntry last = service.turn(NIGHTLY).last().orElseThrow();

            assertThat(last.state()).isEqualTo(LedgerEntry.SKIPPED);
            assertThat(last.note()).contains("missed: skip");
            clock.set("2026-01-16T02:00:59Z");
            assertThat(service.turn(NIGHTLY).last().orElseThrow().state()).isEqualTo(LedgerEntry.ACCEPTED);
        }
    }

    @Test
    void aNewScheduleHasMissedNothing() throws Exception {
        try (FollowingService service = service()) {
            service.turn(NIGHTLY);
            clock.set("2026-01-10T22:00:00Z");
            write(NIGHTLY, JOB + "schedule: 0 20 * * *\n");

            JobFileState edited = service.turn(NIGHTLY);

            assertThat(edited.last()).isEmpty();
            assertThat(edited.next()).contains(Instant.parse("2026-01-11T20:00:00Z"));
            assertThat(service.accepted).isEmpty();
        }
    }

    @Test
    void aServiceThatDiesBeforeItsRunIsAcceptedLosesNothing() throws Exception {
        FollowingService dead = service().dying(Death.BEFORE_ACCEPTING);
        dead.turn(NIGHTLY);
        clock.set("2026-01-11T02:00:00Z");
        assertThatThrownBy(() -> dead.turn(NIGHTLY)).isInstanceOf(Died.class);
        dead.die();

        clock.set("2026-01-11T09:00:00Z");
        try (FollowingService service = service().working()) {
            LedgerEntry last = service.turn(NIGHTLY).last().orElseThrow();
            service.turn(NIGHTLY);
            service.awaitAll();

            assertThat(service.accepted).hasSize(1);
            assertThat(last.state()).isEqualTo(LedgerEntry.ACCEPTED);
            assertThat(last.occasion()).isEqualTo("2026-01-11T02:00:00Z");
        }
    }

    @Test
    void aServiceThatDiesAfterItsRunIsAcceptedDoublesNothing() throws Exception {
        FollowingService dead = service().dying(Death.AFTER_ACCEPTING);
        dead.turn(NIGHTLY);
        clock.set("2026-01-11T02:00:00Z");
        assertThatThrownBy(() -> dead.turn(NIGHTLY)).isInstanceOf(Died.class);
        dead.die();

        try (FollowingService service = service().working()) {
            LedgerEntry last = service.turn(NIGHTLY).last().orElseThrow();

            assertThat(service.accepted).isEmpty();
            assertThat(last.state()).isIn(LedgerEntry.ACCEPTED, LedgerEntry.UNCHANGED);
            assertThat(last.runId()).isEqualTo(dead.accepted.getFirst());
        }
    }

    @Test
    void aClockThatWasYearsAheadDoesNotStopASchedule() throws Exception {
        try (FollowingService service = service()) {
            service.turn(NIGHTLY);
            clock.set("2036-01-10T12:00:00Z");
            service.turn(NIGHTLY);
            clock.set("2026-01-11T12:00:00Z");

            assertThat(service.turn(NIGHTLY).next()).contains(Instant.parse("2026-01-12T02:00:00Z"));
            clock.set("2026-01-12T02:00:00Z");
            service.turn(NIGHTLY);
            assertThat(service.schedules.problem()).isEmpty();
            assertThat(new Ledger(service.database, "h", clock)
                            .after(
                                    Occasion.schedule(
                                            service.state(NIGHTLY).job().orElseThrow(),
                                            service.state(NIGHTLY)
                                                    .job()
                                                    .orElseThrow()
                                                    .schedule()
                                                    .orElseThrow()),
                                    clock.instant()))
                    .isEqualTo(Instant.parse("2026-01-12T02:00:00Z"));
        }
    }

    @Test
    void aScheduleFirstSeenByAClockYearsAheadIsKeptOnceTheClockIsRight() throws Exception {
        clock.set("2100-01-01T00:00:00Z");
        try (FollowingService service = service()) {
            service.turn(NIGHTLY);
        }
        clock.set("2026-01-10T12:00:00Z");
        try (FollowingService service = service().working()) {
            service.turn(NIGHTLY);
            assertThat(service.accepted).isEmpty();
            clock.set("2026-01-11T02:00:00Z");
            service.turn(NIGHTLY);
            service.awaitAll();

            assertThat(service.accepted).hasSize(1);
        }
    }

    @Test
    void aBrokenFileIsToldAndKeepsNoOtherFromRunning() throws Exception {
        write("broken.yml", "job: cellucid-export\ninput: a\nouput: b\n");
        write("plain.yml", JOB.replace("exports/out", "exports/other"));
        write("no-such-job.yml", JOB.replace("cellucid-export", "celucid-export"));
        try (FollowingService service = service()) {
            service.turn(NIGHTLY);
            clock.set("2026-01-11T02:00:00Z");
            service.turn(NIGHTLY);

            assertThat(service.accepted).hasSize(1);
            JobFileProblem problem = service.state("broken.yml").problem().orElseThrow();
            assertThat(problem.code()).isEqualTo("request-refused");
            assertThat(problem.detail()).startsWith("broken.yml:3:1: unknown key `ouput`");
            assertThat(service.state("plain.yml").problem()).isEmpty();
            assertThat(service.state("no-such-job.yml").problem().orElseThrow().detail())
                    .isEqualTo("There is no job \"celucid-export\".");
        }
    }

    @Test
    void aFileIsFollowedOnceItIsWholeAndNoLongerOnceItIsGone() throws Exception {
        write(NIGHTLY, "job: cellucid-export\ninput: \"../da");
        try (FollowingService service = service()) {
            assertThat(service.turn(NIGHTLY).problem()).isPresent();
            write(NIGHTLY, JOB + "schedule: 0 2 * * *\n");
            assertThat(service.turn(NIGHTLY).problem()).isEmpty();
            assertThat(service.state(NIGHTLY).next()).isPresent();

            Files.delete(home.resolve("jobs").resolve(NIGHTLY));
            clock.set("2026-01-11T02:00:00Z");
            service.schedules.turn();

            assertThat(service.schedules.states()).isEmpty();
            assertThat(service.accepted).isEmpty();
        }
    }

    @Test
    void placesOutsideOfTheRootsAreRefusedByName() throws Exception {
        write(NIGHTLY, JOB.replace("../data/in.h5ad", "../secret/in.h5ad") + "schedule: 0 2 * * *\n");
        write("out.yml", JOB.replace("../exports/out", "../data/out") + "schedule: 0 2 * * *\n");
        try (FollowingService service = service()) {
            service.turn(NIGHTLY);
            clock.set("2026-01-11T02:00:00Z");
            service.turn(NIGHTLY);

            assertThat(service.accepted).isEmpty();
            assertThat(service.state(NIGHTLY).problem().orElseThrow().detail())
                    .isEqualTo("`input` leads to ../secret/in.h5ad, which is in no folder that this service may read.");
            assertThat(service.state("out.yml").problem().orElseThrow().detail())
                    .isEqualTo("`output` leads to ../data/out, which is in no folder that this service may write.");
        }
    }

    @Test
    void twoFilesForOneOutputAreToldApart() throws Exception {
        write("second.yml", JOB + "schedule: 0 3 * * *\n");
        try (FollowingService service = service()) {
            service.turn(NIGHTLY);

            assertThat(service.state(NIGHTLY).problem()).isEmpty();
            assertThat(service.state("second.yml").problem().orElseThrow().detail())
                    .isEqualTo("second.yml writes the same output as nightly.yml.");
        }
    }

    @Test
    void aFolderThatVanishesIsToldAndItsFilesAreFollowedOn() throws Exception {
        try (FollowingService service = service()) {
            service.turn(NIGHTLY);
            Files.move(home.resolve("jobs"), home.resolve("away"));
            clock.set("2026-01-11T02:00:00Z");
            service.turn(NIGHTLY);

            assertThat(service.schedules.problem().orElseThrow().detail()).contains("no folder of job files");
            assertThat(service.accepted).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STANDING_BEFORE", "STANDING_AFTER"})
    void aKilledServiceNeitherLosesNorDoublesWhatItClaimed(Death where) throws Exception {
        try (ChildProcess child = ChildProcess.start(
                home, FollowingService.Child.class.getName(), List.of(home.toString(), where.name()))) {
            child.awaitLine(FollowingService.STANDING);
            assertThatThrownBy(this::service)
                    .isInstanceOf(RequestRefused.class)
                    .hasMessageContaining("The ledger of schedules in the state folder cannot be opened")
                    .satisfies(refused ->
                            assertThat(((RequestRefused) refused).remedy()).contains("another service", "--state-dir"));
            child.kill();
        }
        clock.set("2026-01-11T02:00:10Z");
        try (FollowingService service = service().working()) {
            LedgerEntry last = service.turn(NIGHTLY).last().orElseThrow();
            service.turn(NIGHTLY);
            service.awaitAll();

            assertThat(last.state()).isIn(LedgerEntry.ACCEPTED, LedgerEntry.UNCHANGED);
            assertThat(service.accepted).hasSize(where == Death.STANDING_BEFORE ? 1 : 0);
            assertThat(service.desk.records()).hasSize(1);
            assertThat(last.runId()).isEqualTo(service.desk.records().getFirst().id());
        }
    }

    @Test
    void theThreadLooksByItself() throws Exception {
        write(NIGHTLY, JOB + "schedule: '* * * * * *'\n");
        try (FollowingService service = service().working()) {
            service.schedules.start();
            while (service.schedules.states().isEmpty()) {
                Thread.sleep(10);
            }
            clock.forward(Duration.ofMinutes(1));
            while (service.state(NIGHTLY).last().isEmpty()) {
                Thread.sleep(10);
            }
            service.awaitAll();
            assertThat(service.accepted).hasSize(1);
        }
    }

    private JobFileState fire(FollowingService service, String moment) throws InterruptedException {
        service.turn(NIGHTLY);
        clock.set(moment);
        JobFileState fired = service.turn(NIGHTLY);
        service.awaitAll();
        return fired;
    }

    private OutputManifest manifest() {
        return OutputManifest.read(home.resolve("exports/out")).orElseThrow();
    }

    private FollowingService service() {
        return new FollowingService(home, "state", MachineSettings.NOTHING_SAID, batch, clock);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(home.resolve("jobs").resolve(name), text);
    }
}
