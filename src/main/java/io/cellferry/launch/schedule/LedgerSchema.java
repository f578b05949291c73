package io.cellferry.launch.schedule;

import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/// The tables of the ledger, the same words for H2 and PostgreSQL.
///
/// `CELLFERRY_SERVICE` has a row for each service that is alive; `CELLFERRY_SCHEDULE` says since when a schedule is
/// followed; the other two have a row for each planned time that was taken, and each file in each state in which it
/// arrived. `ARRIVAL` and the end of `SCHEDULE` are hashes ([Occasion]).
final class LedgerSchema {

    private static final String OUTCOME = """
            STATE VARCHAR(16) NOT NULL, RUN_ID VARCHAR(64) NOT NULL, NOTE VARCHAR(4000) NOT NULL,
            BY_HOST VARCHAR(255) NOT NULL, CLAIMER VARCHAR(64) NOT NULL""";

    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE IF NOT EXISTS CELLFERRY_SERVICE (
              ID VARCHAR(64) PRIMARY KEY, HOST VARCHAR(255) NOT NULL, BEAT_AT TIMESTAMP WITH TIME ZONE NOT NULL)""",
            """
            CREATE TABLE IF NOT EXISTS CELLFERRY_SCHEDULE (
              SCHEDULE VARCHAR(400) PRIMARY KEY, SINCE TIMESTAMP WITH TIME ZONE NOT NULL)""",
            """
            CREATE TABLE IF NOT EXISTS CELLFERRY_FIRING (
              SCHEDULE VARCHAR(400) NOT NULL, PLANNED_AT TIMESTAMP WITH TIME ZONE NOT NULL,
              FIRED_AT TIMESTAMP WITH TIME ZONE NOT NULL, %s, PRIMARY KEY (SCHEDULE, PLANNED_AT))""".formatted(OUTCOME),
            """
            CREATE TABLE IF NOT EXISTS CELLFERRY_ARRIVAL (
              WATCH VARCHAR(255) NOT NULL, ARRIVAL VARCHAR(80) NOT NULL, PATH VARCHAR(4096) NOT NULL,
              BYTES BIGINT NOT NULL, MODIFIED VARCHAR(40) NOT NULL, FIRED_AT TIMESTAMP WITH TIME ZONE NOT NULL, %s,
              PRIMARY KEY (WATCH, ARRIVAL))""".formatted(OUTCOME),
            "CREATE INDEX IF NOT EXISTS CELLFERRY_FIRING_BY_RUN ON CELLFERRY_FIRING (RUN_ID)",
            "CREATE INDEX IF NOT EXISTS CELLFERRY_ARRIVAL_BY_TIME ON CELLFERRY_ARRIVAL (WATCH, FIRED_AT)");

    private LedgerSchema() {}

    static void createIfAbsent(DataSource source) {
        JdbcTemplate database = new JdbcTemplate(source);
        for (String statement : TABLES) {
            try {
                database.execute(statement);
            } catch (DataAccessException raced) {
                // PostgreSQL lets the loser of two simultaneous creations fail; then it is there.
                database.execute(statement);
            }
        }
    }

    /// A text cut to what its column holds.
    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    static String lower(String host) {
        return cut(host.toLowerCase(Locale.ROOT), 255);
    }
}
