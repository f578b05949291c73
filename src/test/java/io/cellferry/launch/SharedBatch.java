package io.cellferry.launch;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The real batch framework over one real database in memory, kept for thousands of runs, because starting a framework
/// takes longer than a tiny run. What the database holds can be taken, put back and wiped between two runs.
public final class SharedBatch implements AutoCloseable {

    /// Every table before those it refers to.
    public static final List<String> TABLES = List.of(
            "BATCH_STEP_EXECUTION_CONTEXT",
            "BATCH_STEP_EXECUTION",
            "BATCH_JOB_EXECUTION_CONTEXT",
            "BATCH_JOB_EXECUTION_PARAMS",
            "BATCH_JOB_EXECUTION",
            "BATCH_JOB_INSTANCE");

    /// Two of these in one process must not number their executions alike; see [RepositoryAddress].
    private static final AtomicLong NEXT_FIRST_ID = new AtomicLong(1);

    private final RepositoryAddress address = new RepositoryAddress(
            "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()),
            "sa",
            "",
            Duration.ofSeconds(30),
            NEXT_FIRST_ID.getAndAdd(1L << 30));
    private final List<ConversionJob> jobs;
    private final Map<Integer, BatchEngine> engineByThreads = new ConcurrentHashMap<>();

    public SharedBatch(List<ConversionJob> jobs) {
        this.jobs = jobs;
        engine(new MachineRoom(1, 1, 1, Optional.empty()));
    }

    /// A starter whose runs share this framework.
    public RunStarter starter(RunFolders folders, StateFolder state, Clock clock) {
        MachineSettings nothingSaid = MachineSettings.NOTHING_SAID;
        BatchWork batch =
                (repository, context) -> engine(context.room()).launcher().run(context);
        return new RunStarter(folders, state, nothingSaid, batch, clock);
    }

    private BatchEngine engine(MachineRoom room) {
        return engineByThreads.computeIfAbsent(room.threads(), unused -> BatchEngine.start(address, room, jobs));
    }

    /// Every row the database holds at this moment, as statements.
    public List<String> rows() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet script = statement.executeQuery("SCRIPT SIMPLE")) {
            List<String> inserts = new ArrayList<>();
            while (script.next()) {
                String line = script.getString(1);
                if (line.startsWith("INSERT INTO")) {
                    inserts.add(line);
                }
            }
            return List.copyOf(inserts);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Makes the database hold what [#rows] said. Number sequences go on, so that no number is given twice.
    public void restore(List<String> rows) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET REFERENTIAL_INTEGRITY FALSE");
            for (String table : TABLES) {
                statement.execute("DELETE FROM " + table);
            }
            for (String row : rows) {
                statement.execute(row);
            }
            statement.execute("SET REFERENTIAL_INTEGRITY TRUE");
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void wipe() {
        restore(List.of());
    }

    /// Does to the database what a crash or a person may have done; the statement must change something.
    public void doctor(String statementText) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (statement.executeUpdate(statementText) == 0) {
                throw new IllegalStateException("nothing was changed by " + statementText);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first column of the first row.
    public long count(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(address.url(), address.username(), address.password());
    }

    @Override
    public void close() {
        engineByThreads.values().forEach(BatchEngine::close);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
