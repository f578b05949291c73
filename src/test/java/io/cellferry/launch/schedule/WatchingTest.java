package io.cellferry.launch.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.launch.MachineSettings;
import io.cellferry.launch.SharedBatch;
import io.cellferry.restart.TinyExport;
import io.cellferry.storage.InputFingerprint;
import io.cellferry.storage.OutputManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each file is converted when it is whole, once for each state in which it arrived.
class WatchingTest {

    private static final String WATCH = "incoming.yml";
    private static final String JOB = """
            job: cellucid-export
            input: "{file}"
            output: ../exports/{name}
            options:
              created-at: 2026-01-02T03:04:05Z
              centroid-min-points: 1
            """;
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private static SharedBatch batch;

    @TempDir
    Path temporary;

    private Path home;
    private Path incoming;
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
        incoming = home.resolve("data/incoming");
        Files.createDirectories(incoming);
        Files.createDirectory(home.resolve("jobs"));
        Files.createDirectory(home.resolve("exports"));
        write(JOB + "watch: {folder: ../data/incoming, pattern: '*.h5ad'}\n");
    }

    @Test
    void aFileIsConvertedOnceItHasSettled() throws Exception {
        try (FollowingService service = service().working()) {
            service.turn(WATCH);
            Files.copy(TinyExport.TINY, incoming.resolve("donor1.h5ad"));
            service.turn(WATCH);
            clock.forward(SETTLE.minusSeconds(1));
            service.turn(WATCH);
            assertThat(service.accepted).isEmpty();
            clock.forward(Duration.ofSeconds(1));
            JobFileState state = service.turn(WATCH);
            service.awaitAll();

            assertThat(state.arrivals()).hasSize(1);
            assertThat(state.arrivals().getFirst().occasion()).isEqualTo("donor1.h5ad");
            assertThat(state.arrivals().getFirst().state()).isEqualTo(LedgerEntry.ACCEPTED);
            assertThat(service.desk.records().getFirst().origin()).isEqualTo("watch " + WATCH);
            assertThat(home.resolve("exports/donor1")).isDirectory();
            later(service);
            assertThat(service.accepted).hasSize(1);
        }
    }

    @Test
    void aFileThatStillGrowsIsWaitedFor() throws Exception {
        Path growing = incoming.resolve("donor1.h5ad");
        try (FollowingService service = service()) {
            for (int part = 0; part < 5; part++) {
                Files.writeString(growing, "part", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                service.turn(WATCH);
                clock.forward(SETTLE.minusSeconds(1));
                service.turn(WATCH);
            }
            assertThat(service.accepted).isEmpty();
        }
    }

    @Test
    void aClockThatIsSetMakesNoFileWhole() throws Exception {
        SettableClock steady = new SettableClock("1970-01-01T00:00:00Z");
        try (FollowingService service =
                new FollowingService(home, "state", MachineSettings.NOTHING_SAID, batch, clock, steady).working()) {
            Files.copy(TinyExport.TINY, incoming.resolve("donor1.h5ad"));
            service.turn(WATCH);
            clock.forward(Duration.ofHours(1));
            service.turn(WATCH);
            assertThat(service.accepted).isEmpty();
            clock.forward(Duration.ofHours(-2));
            steady.forward(SETTLE);
            service.turn(WATCH);
            service.awaitAll();

            assertThat(service.accepted).hasSize(1);
        }
    }

    @Test
    void emptyHiddenAndTemporaryFilesAndFoldersAreNotTaken() throws Exception {
        Files.createFile(incoming.resolve("empty.h5ad"));
        Files.writeString(incoming.resolve(".hidden.h5ad"), "x");
        Files.writeString(incoming.resolve("a.h5ad.part"), "x");
        Files.writeString(incoming.resolve("b.h5ad.tmp"), "x");
        Files.writeString(incoming.resolve("other.csv"), "x");
        Files.createDirectory(incoming.resolve("folder.h5ad"));
        try (FollowingService service = service()) {
            service.turn(WATCH);
            later(service);

            assertThat(service.state(WATCH).arrivals()).isEmpty();
            assertThat(service.accepted).isEmpty();
        }
    }

    @Test
    void aFileRenamedIntoPlaceArrives() throws Exception {
        Path part = Files.copy(TinyExport.TINY, incoming.resolve("donor1.h5ad.part"));
        try (FollowingService service = service()) {
            service.turn(WATCH);
            later(service);
            Files.move(part, incoming.resolve("donor1.h5ad"));
            service.turn(WATCH);
            later(service);

            assertThat(service.accepted).hasSize(1);
        }
    }

    @Test
    void aMarkerTellsThatAFileIsWhole() throws Exception {
        write(JOB + "watch: {folder: ../data/incoming, pattern: '*', done: .done}\n");
        Path file = Files.copy(TinyExport.TINY, incoming.resolve("donor1.h5ad"));
        try (FollowingService service = service()) {
            service.turn(WATCH);
            later(service);
            assertThat(service.accepted).isEmpty();
            Path marker = Files.createFile(incoming.resolve("donor1.h5ad.done"));
            service.turn(WATCH);
            assertThat(service.accepted).hasSize(1);

            // The next state is being copied over the first; its marker is that of the first.
            Files.writeString(file, "half of the next", StandardOpenOption.APPEND);
            Files.setLastModifiedTime(
                    file,
                    FileTime.from(Files.getLastModifiedTime(marker).toInstant().plusSeconds(5)));
            later(service);
            assertThat(service.accepted).hasSize(1);
            assertThat(service.state(WATCH).arrivals()).hasSize(1);
        }
    }

    @Test
    void whatArrivedIsRememberedAcrossServices() throws Exception {
        Files.copy(TinyExport.TINY, incoming.resolve("donor1.h5ad"));
        try (FollowingService service = service().working()) {
            service.turn(WATCH);
            later(service);
            service.awaitAll();
        }
        try (FollowingService service = service().working()) {
            service.turn(WATCH);
            later(service);

            assertThat(service.accepted).isEmpty();
            assertThat(service.state(WATCH).arrivals()).hasSize(1);
        }
    }

    @Test
    void aFileThatChangesLaterArrivesAgainAndReplacesItsOutput() throws Exception {
        Path file = Files.copy(TinyExport.TINY, incoming.resolve("donor1.h5ad"));
        try (FollowingService service = service().working()) {
            service.turn(WATCH);
            later(service);
            service.awaitAll();
            Files.copy(TinyExport.WIDE, file, StandardCopyOption.REPLACE_EXISTING);
            service.turn(WATCH);
            later(service);
            service.awaitAll();

            assertThat(service.accepted).hasSize(2);
            assertThat(service.state(WATCH).arrivals()).hasSize(2);
            assertThat(OutputManifest.read(home.resolve("exports/donor1"))
                            .orElseThrow()
                            .input())
                    .isEqualTo(InputFingerprint.of(file));
        }
    }

    @Test
    void theNextStateOfAFileWaitsForTheRunOfTheLast() throws Exception {
        Path file = Files.copy(TinyExport.TINY, incoming.resolve("donor1.h5ad"));
        try (FollowingService service = service()) {
            service.turn(WATCH);
            later(service);
            Files.copy(TinyExport.WIDE, file, StandardCopyOption.REPLACE_EXISTING);
            service.turn(WATCH);
            later(service);
            assertThat(service.accepted).hasSize(1);
            assertThat(service.state(WATCH).arrivals()).hasSize(1);

            service.working().awaitAll();
            later(service);
            service.awaitAll();
            assertThat(service.state(WATCH).arrivals()).hasSize(2);
            assertThat(OutputManifest.read(home.resolve("exports/donor1"))
                            .orElseThrow()
                            .input())
                    .isEqualTo(InputFingerprint.of(file));
        }
    }

    @Test
    void manyFilesAtOnceAreAllTaken() throws Exception {
        int files = FollowedWatch.MOST_AT_ONCE * 2 + 10;
        for (int i = 0; i < files; i++) {
            Files.copy(TinyExport.TINY, incoming.resolve("donor%d.h5ad".formatted(i)));
        }
        try (FollowingService service = service()) {
            service.turn(WATCH);
            later(service);
            assertThat(service.accepted).hasSize(FollowedWatch.MOST_AT_ONCE);
            later(service);
            later(service);
            later(service);

            assertThat(service.accepted).hasSize(files).doesNotHaveDuplicates();
        }
    }

    @Test
    void aFolderThatVanishesIsToldAndWatchedOn() throws Exception {
        try (FollowingService service = service()) {
            assertThat(service.turn(WATCH).problem()).isEmpty();
            Files.move(incoming, home.resolve("away"));
            later(service);
            JobFileProblem problem = service.state(WATCH).problem().orElseThrow();
            assertThat(problem.code()).isEqualTo("input-refused");
            assertThat(problem.detail()).isEqualTo("There is no folder data:incoming to watch.");

            Files.move(home.resolve("away"), incoming);
            Files.copy(TinyExport.TINY, incoming.resolve("donor1.h5ad"));
            later(service);
            assertThat(service.state(WATCH).problem()).isEmpty();
            later(service);
            assertThat(service.accepted).hasSize(1);
        }
    }

    @Test
    void placesOutsideOfTheRootsAreRefusedByName() throws Exception {
        write(JOB + "watch: {folder: ../elsewhere, pattern: '*.h5ad'}\n");
        try (FollowingService service = service()) {
            assertThat(service.turn(WATCH).problem().orElseThrow().detail())
                    .isEqualTo(
                            "`watch.folder` leads to ../elsewhere, which is in no folder that this service may read.");
            write(JOB.replace("../exports/{name}", "../data/{name}")
                    + "watch: {folder: ../data/incoming, pattern: '*.h5ad'}\n");
            assertThat(service.turn(WATCH).problem().orElseThrow().detail()).startsWith("`output` leads to ../data/");
        }
    }

    @Test
    void aLinkThatLeadsOutsideIsRefusedAndWrittenDown() throws Exception {
        Path secret = Files.copy(TinyExport.TINY, home.resolve("secret.h5ad"));
        Files.createSymbolicLink(incoming.resolve("donor1.h5ad"), secret);
        try (FollowingService service = service()) {
            service.turn(WATCH);
            later(service);

            LedgerEntry refused = service.state(WATCH).arrivals().getFirst();
            assertThat(refused.state()).isEqualTo(LedgerEntry.REFUSED);
            assertThat(refused.note()).startsWith("request-refused: `input` leads to");
            assertThat(service.accepted).isEmpty();
        }
    }

    private void later(FollowingService service) {
        clock.forward(SETTLE.plusSeconds(1));
        service.turn(WATCH);
    }

    private FollowingService service() {
        return new FollowingService(home, "state", MachineSettings.NOTHING_SAID, batch, clock);
    }

    private void write(String text) throws IOException {
        Files.writeString(home.resolve("jobs").resolve(WATCH), text);
    }
}
