package io.cellferry.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.ServiceMissing;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.ImpatientStarter;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.RunStarter;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the job repository in a real PostgreSQL, durable as in production, a run survives its own death and that of the
/// server.
class PostgresRepositoryTest {

    private static final int UNITS = 11;

    private static EmbeddedPostgres server;

    @TempDir
    Path temporary;

    private Path output;
    private Path state;

    @BeforeAll
    static void startTheServer() throws IOException {
        server = startServer();
    }

    @AfterAll
    static void endTheServer() throws IOException {
        server.close();
    }

    private static EmbeddedPostgres startServer() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    @BeforeEach
    void useAnEmptyDatabase() throws IOException, SQLException {
        output = temporary.toRealPath().resolve("out");
        state = temporary.resolve("state");
        wipe();
    }

    @Test
    void theServerIsDurable() throws SQLException {
        assertThat(text("SHOW fsync")).isEqualTo("on");
        assertThat(text("SHOW synchronous_commit")).isEqualTo("on");
    }

    @Test
    void anExportKeepsItsBooksThere() throws SQLException {
        RunOutcome outcome = start(server, () -> false);

        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(outcome.doneUnits()).isEqualTo(UNITS);
        assertThat(text("SELECT status FROM batch_job_execution")).isEqualTo("COMPLETED");
        assertThat(text("SELECT count(*) FROM batch_step_execution WHERE step_name LIKE 'obsFields:%'"))
                .isEqualTo("2");
        assertThat(text("SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'cellferry%'"))
                .isEqualTo("2");
        assertThat(state.resolve("repository")).doesNotExist();
        assertThat(FolderContents.of(output)).isEqualTo(undisturbed());
    }

    @Test
    void aKilledRunContinues() throws Exception {
        List<String> arguments =
                List.of(TinyExport.TINY.toString(), output.toString(), state.toString(), "6", url(server));
        try (ChildProcess child = ChildProcess.start(temporary, ExportChild.class.getName(), arguments)) {
            child.awaitLine(ExportChild.STANDING).kill();
        }
        assertThat(text("SELECT status FROM batch_job_execution")).isEqualTo("STARTED");

        RunOutcome resumed = start(server, () -> false);

        assertThat(resumed.reason()).isEmpty();
        assertThat(resumed.keptUnits()).isGreaterThanOrEqualTo(5);
        assertThat(resumed.keptUnits() + resumed.doneUnits()).isEqualTo(UNITS);
        assertThat(text("SELECT string_agg(status, ' ' ORDER BY job_execution_id) FROM batch_job_execution"))
                .isEqualTo("FAILED COMPLETED");
        assertThat(FolderContents.of(output)).isEqualTo(undisturbed());
    }

    @Test
    void aWipedDatabaseCostsNoUnit() throws SQLException {
        AtomicInteger unit = new AtomicInteger();
        assertThat(start(server, () -> unit.getAndIncrement() >= 5).end()).isEqualTo(RunOutcome.End.STOPPED);
        wipe();

        RunOutcome resumed = start(server, () -> false);

        assertThat(resumed.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(resumed.keptUnits()).isEqualTo(5);
        assertThat(FolderContents.of(output)).isEqualTo(undisturbed());
    }

    @Test
    void tablesInAnotherSchemaOfTheDatabaseAreNotTakenForOurs() throws SQLException {
        execute("CREATE SCHEMA other");
        execute("CREATE TABLE other.batch_job_instance (id int)");

        assertThat(start(server, () -> false).end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(text("SELECT count(*) FROM public.batch_job_instance")).isEqualTo("1");
    }

    @Test
    void aServerThatIsDownIsNamedWithARemedyAndTheRunWaits() throws IOException {
        RunOutcome refused = start("jdbc:postgresql://localhost:%d/postgres".formatted(unusedPort()), () -> false);

        requireServiceMissing(refused, "does not answer", "Start the database");
        assertThat(start(server, () -> false).end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(FolderContents.of(output)).isEqualTo(undisturbed());
    }

    @Test
    void aServerThatVanishesEndsTheRunWhichAnotherServerContinues() throws IOException {
        EmbeddedPostgres mortal = startServer();
        AtomicInteger unit = new AtomicInteger();

        RunOutcome broken = start(mortal, () -> {
            if (unit.getAndIncrement() == 5) {
                close(mortal);
            }
            return false;
        });

        requireServiceMissing(broken, "The job repository failed", "run the same command again");
        assertThat(output).doesNotExist();
        RunOutcome resumed = start(server, () -> false);
        assertThat(resumed.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(resumed.keptUnits()).isGreaterThanOrEqualTo(5);
        assertThat(FolderContents.of(output)).isEqualTo(undisturbed());
    }

    private static void requireServiceMissing(RunOutcome outcome, String found, String remedy) {
        assertThat(outcome.end()).isEqualTo(RunOutcome.End.FAILED);
        ServiceMissing reason = (ServiceMissing) outcome.reason().orElseThrow();
        assertThat(reason.exitCode()).isEqualTo(69);
        assertThat(reason).hasMessageContaining(found);
        assertThat(reason.remedy()).contains(remedy);
    }

    private RunOutcome start(EmbeddedPostgres on, BooleanSupplier stopAsked) {
        return start(url(on), stopAsked);
    }

    private RunOutcome start(String url, BooleanSupplier stopAsked) {
        return start(ImpatientStarter.of(state, url, List.of(TinyExport.JOB)), output, stopAsked);
    }

    private static RunOutcome start(RunStarter starter, Path output, BooleanSupplier stopAsked) {
        return starter.start(
                TinyExport.request(TinyExport.TINY, output),
                TinyExport.room(2),
                new RunProgress(),
                stopAsked,
                (id, resumed, kept, log) -> {});
    }

    /// What the embedded repository makes of the same request.
    private Map<String, String> undisturbed() {
        Path elsewhere = temporary.resolve("undisturbed").resolve("out");
        start(
                ExportChild.starter(temporary.resolve("state-of-undisturbed"), java.util.Optional.empty()),
                elsewhere,
                () -> false);
        return FolderContents.of(elsewhere);
    }

    private static String url(EmbeddedPostgres on) {
        return "jdbc:postgresql://localhost:%d/postgres".formatted(on.getPort());
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void close(EmbeddedPostgres one) {
        try {
            one.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void wipe() throws SQLException {
        execute("DROP SCHEMA IF EXISTS other CASCADE");
        execute("DROP SCHEMA public CASCADE");
        execute("CREATE SCHEMA public");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(server), "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(server), "postgres", "postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
