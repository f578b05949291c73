package io.cellferry.launch.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.launch.MachineSettings;
import io.cellferry.launch.SharedBatch;
import io.cellferry.launch.schedule.FollowingService.Death;
import io.cellferry.launch.schedule.FollowingService.Died;
import io.cellferry.restart.TinyExport;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two services with one folder of job files and one real PostgreSQL launch each planned time once between them.
class SharedLedgerTest {

    private static final int FILES = 20;
    private static final int NIGHTS = 5;

    private static EmbeddedPostgres server;
    private static SharedBatch batch;

    @TempDir
    Path temporary;

    private Path home;
    private final SettableClock clock = new SettableClock("2026-01-10T12:00:00Z");

    @BeforeAll
    static void startTheServer() throws IOException {
        server = EmbeddedPostgres.builder().start();
        batch = new SharedBatch(List.of(TinyExport.JOB));
    }

    @AfterAll
    static void endTheServer() throws IOException {
        batch.close();
        server.close();
    }

    @BeforeEach
    void makeTheFolders() throws Exception {
        execute("DROP SCHEMA public CASCADE");
        execute("CREATE SCHEMA public");
        home = temporary.toRealPath();
        for (String folder : List.of("jobs", "data", "exports")) {
            Files.createDirectory(home.resolve(folder));
        }
        Files.copy(TinyExport.TINY, home.resolve("data/in.h5ad"));
    }

    @Test
    void ofTwoServicesThatLookAtOnceOneLaunches() throws Exception {
        for (int i = 0; i < FILES; i++) {
            write(i);
        }
        try (FollowingService a = service("a");
                FollowingService b = service("b")) {
            turnAtOnce(a, b);
            for (int night = 0; night < NIGHTS; night++) {
                clock.set("2026-01-%dT02:00:00Z".formatted(11 + night));
                turnAtOnce(a, b);
            }

            // Nothing works here: from the second night on, whoever takes a time either finds its own run waiting or,
            // being the other service, launches it too; no time is taken twice.
            assertThat(count("SELECT COUNT(*) FROM cellferry_firing")).isEqualTo(FILES * NIGHTS);
            assertThat(count("SELECT COUNT(*) FROM cellferry_firing WHERE state = 'claimed'"))
                    .isZero();
            assertThat(count("SELECT COUNT(*) FROM cellferry_firing WHERE planned_at = '2026-01-11T02:00:00Z'"
                            + " AND state = 'accepted'"))
                    .isEqualTo(FILES);
            assertThat(count("SELECT COUNT(*) FROM cellferry_firing WHERE state = 'accepted'"))
                    .isEqualTo(a.accepted.size() + b.accepted.size());
            System.out.println("launched by a: %d, by b: %d".formatted(a.accepted.size(), b.accepted.size()));
        }
    }

    @Test
    void ofTwoServicesThatSeeAFileArriveOneTakesIt() throws Exception {
        Files.writeString(
                home.resolve("jobs/incoming.yml"),
                "job: cellucid-export\ninput: \"{file}\"\noutput: ../exports/{name}\n"
                        + "watch: {folder: ../data, pattern: '*.h5ad'}\n");
        for (int i = 0; i < FILES; i++) {
            Files.copy(TinyExport.TINY, home.resolve("data/donor%d.h5ad".formatted(i)));
        }
        try (FollowingService a = service("a");
                FollowingService b = service("b")) {
            turnAtOnce(a, b);
            clock.forward(Duration.ofSeconds(31));
            turnAtOnce(a, b);

            List<String> all = new ArrayList<>(a.accepted);
            all.addAll(b.accepted);
            assertThat(all).hasSize(FILES + 1).doesNotHaveDuplicates();
        }
    }

    @Test
    void theClaimOfADeadServiceIsTakenOverByOneOfTheOthersWhenItsLeaseIsOver() throws Exception {
        write(0);
        FollowingService dead = service("dead").dying(Death.BEFORE_ACCEPTING);
        dead.schedules.turn();
        clock.set("2026-01-11T02:00:00Z");
        assertThatThrownBy(dead.schedules::turn).isInstanceOf(Died.class);
        dead.die();
        try (FollowingService a = service("a");
                FollowingService b = service("b")) {
            turnAtOnce(a, b);
            assertThat(a.accepted).isEmpty();
            assertThat(b.accepted).isEmpty();

            execute(
                    "UPDATE cellferry_service SET beat_at = beat_at - INTERVAL '61 seconds' WHERE host = 'host of dead'");
            clock.forward(Followed.LEDGER_LOOK);
            turnAtOnce(a, b);

            assertThat(a.accepted.size() + b.accepted.size()).isEqualTo(1);
            assertThat(count("SELECT COUNT(*) FROM cellferry_firing WHERE state = 'accepted'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aServiceThatWasOnlySlowDoesNotLaunchWhatWasTakenOver() throws Exception {
        write(0);
        try (FollowingService slow = service("slow")) {
            Ledger ledger = new Ledger(slow.database, "slow", clock);
            ledger.beat();
            var time = new Occasion.PlannedTime("x", clock.instant());
            assertThat(ledger.claim(time)).isTrue();
            assertThat(ledger.claim(time)).isFalse();
            execute("UPDATE cellferry_service SET beat_at = beat_at - INTERVAL '61 seconds'");
            Ledger other = new Ledger(slow.database, "other", clock);
            other.beat();

            assertThat(other.takeOver("x")).containsExactly(time);

            assertThat(ledger.hold(time)).isFalse();
            assertThat(other.hold(time)).isTrue();
        }
    }

    @Test
    void aDatabaseThatIsAwayIsToldAndWhatWasMissedIsMadeUpFor() throws Exception {
        write(0);
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (FollowingService service = new FollowingService(home, "state", settings(port), batch, clock)) {
            JobFileState away = service.turn("night0.yml");
            assertThat(away.problem().orElseThrow().code()).isEqualTo("service-missing");
            assertThat(service.schedules.problem()).isPresent();

            try (EmbeddedPostgres late =
                    EmbeddedPostgres.builder().setPort(port).start()) {
                assertThat(service.turn("night0.yml").problem()).isEmpty();
                clock.set("2026-01-11T02:00:00Z");
                service.turn("night0.yml");
                assertThat(service.accepted).hasSize(1);
                assertThat(late.getPort()).isEqualTo(port);
            }
            clock.set("2026-01-12T02:00:00Z");
            assertThat(service.turn("night0.yml").problem()).isPresent();
        }
    }

    private static void turnAtOnce(FollowingService... services) throws Exception {
        CyclicBarrier together = new CyclicBarrier(services.length);
        try (ExecutorService threads = Executors.newFixedThreadPool(services.length)) {
            List<Future<?>> turns = new ArrayList<>();
            for (FollowingService service : services) {
                turns.add(threads.submit(() -> {
                    together.await();
                    service.schedules.turn();
                    return null;
                }));
            }
            for (Future<?> turn : turns) {
                turn.get();
            }
        }
        for (FollowingService service : services) {
            assertThat(service.schedules.states())
                    .allSatisfy(state -> assertThat(state.problem()).isEmpty());
        }
    }

    private FollowingService service(String name) {
        return new FollowingService(home, name, settings(server.getPort()), batch, clock);
    }

    private static MachineSettings settings(int port) {
        return new MachineSettings(
                null, null, null, null, new MachineSettings.Repository(url(port), "postgres", "postgres"), null);
    }

    private static String url(int port) {
        return "jdbc:postgresql://localhost:%d/postgres".formatted(port);
    }

    private void write(int number) throws IOException {
        Files.writeString(
                home.resolve("jobs/night%d.yml".formatted(number)),
                "job: cellucid-export\ninput: ../data/in.h5ad\noutput: ../exports/out%d\nschedule: 0 2 * * *\n"
                        .formatted(number));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(server.getPort()), "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(server.getPort()), "postgres", "postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
