package io.cellferry.launch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptException;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/// Creates the job repository's tables once, with two indexes that the framework's own schema lacks: without them a
/// restart of 10,000 partitions takes six times as long.
final class RepositorySchema {

    private static final String FIRST_TABLE = "BATCH_JOB_INSTANCE";
    private static final String LAST_INDEX = "CELLFERRY_EXECUTION_BY_INSTANCE";
    private static final List<String> INDEXES = List.of(
            "CREATE INDEX CELLFERRY_STEP_BY_NAME ON BATCH_STEP_EXECUTION (JOB_EXECUTION_ID, STEP_NAME)",
            "CREATE INDEX " + LAST_INDEX + " ON BATCH_JOB_EXECUTION (JOB_INSTANCE_ID)");

    private static final List<String> SEQUENCES =
            List.of("BATCH_JOB_INSTANCE_SEQ", "BATCH_JOB_EXECUTION_SEQ", "BATCH_STEP_EXECUTION_SEQ");

    private RepositorySchema() {}

    static void createIfAbsent(DataSource source, RepositoryAddress address) throws SQLException {
        try (Connection connection = source.getConnection()) {
            if (address.isH2()) {
                createInH2(connection, address.firstId());
            } else {
                createInPostgres(connection);
            }
        }
    }

    /// Every statement commits itself here, so a process that died on the way leaves half a schema behind. Nothing
    /// is in it yet, and nobody else uses the file.
    private static void createInH2(Connection connection, long firstId) throws SQLException {
        if (hasTable(connection, FIRST_TABLE) && hasIndex(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
            create(connection, "h2");
            for (String sequence : SEQUENCES) {
                statement.execute("ALTER SEQUENCE %s RESTART WITH %d".formatted(sequence, firstId));
            }
            createIndexes(connection);
        }
    }

    /// All or nothing, in one transaction; the loser of a race finds what the winner has made. Tables that somebody
    /// else made are used as they are.
    private static void createInPostgres(Connection connection) throws SQLException {
        String table = FIRST_TABLE.toLowerCase(Locale.ROOT);
        if (hasTable(connection, table)) {
            return;
        }
        boolean formerAutoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            create(connection, "postgresql");
            createIndexes(connection);
            connection.commit();
        } catch (ScriptException | SQLException e) {
            connection.rollback();
            if (!hasTable(connection, table)) {
                throw e;
            }
        } finally {
            connection.setAutoCommit(formerAutoCommit);
        }
    }

    private static void create(Connection connection, String platform) {
        ScriptUtils.executeSqlScript(
                connection, new ClassPathResource("org/springframework/batch/core/schema-" + platform + ".sql"));
    }

    private static void createIndexes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String index : INDEXES) {
                statement.execute(index);
            }
        }
    }

    // Only the schema that the framework will look in: another one may hold tables of the same names.
    private static boolean hasTable(Connection connection, String name) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, connection.getSchema(), name, null)) {
            return tables.next();
        }
    }

    private static boolean hasIndex(Connection connection) throws SQLException {
        try (ResultSet indexes = connection
                .getMetaData()
                .getIndexInfo(null, connection.getSchema(), "BATCH_JOB_EXECUTION", false, true)) {
            while (indexes.next()) {
                if (LAST_INDEX.equals(indexes.getString("INDEX_NAME"))) {
                    return true;
                }
            }
            return false;
        }
    }
}
