package io.cellferry.launch.schedule;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// What the [Ledger] says of occasions that were taken, by whatever service. For any thread.
final class LedgerHistory {

    private static final int SHOWN = 20;

    /// Of the rows that tell that nothing was to do, more than anybody looks at; a schedule of every second makes as
    /// many in a quarter of an hour.
    private static final int KEPT_IDLE = 1000;

    private final JdbcClient sql;
    private final TransactionTemplate commits;

    LedgerHistory(JdbcClient sql, TransactionTemplate commits) {
        this.sql = sql;
        this.commits = commits;
    }

    /// Whether a file arrived in that size with that time before; then it need not be read again to know it.
    boolean knows(String watch, Path path, WatchedFolder.Stamp stamp) {
        return sql.sql("""
                        SELECT COUNT(*) FROM CELLFERRY_ARRIVAL
                        WHERE WATCH = ? AND ARRIVAL LIKE ? AND PATH = ? AND BYTES = ? AND MODIFIED = ?""")
                        .params(
                                watch,
                                Occasion.hash(path.toString()) + "-%",
                                path.toString(),
                                stamp.bytes(),
                                stamp.modified().toString())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /// Whether a run was launched by the schedule of that job file for that output, at whatever times.
    boolean launched(String owner, String runId) {
        return sql
                .sql("SELECT DISTINCT SCHEDULE FROM CELLFERRY_FIRING WHERE RUN_ID = ?")
                .param(runId)
                .query(String.class)
                .list()
                .stream()
                .anyMatch(schedule -> schedule.startsWith(owner));
    }

    boolean launchedAtArrival(String watch, String runId) {
        return sql.sql("SELECT COUNT(*) FROM CELLFERRY_ARRIVAL WHERE WATCH = ? AND RUN_ID = ?")
                        .params(watch, runId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    Optional<LedgerEntry> last(String schedule) {
        return sql.sql("SELECT * FROM CELLFERRY_FIRING WHERE SCHEDULE = ? ORDER BY PLANNED_AT DESC LIMIT 1")
                .param(schedule)
                .query((row, number) -> entry(
                        row,
                        row.getObject("PLANNED_AT", OffsetDateTime.class)
                                .toInstant()
                                .toString()))
                .optional();
    }

    /// The latest arrivals, newest first.
    List<LedgerEntry> arrivals(String watch) {
        return sql.sql("SELECT * FROM CELLFERRY_ARRIVAL WHERE WATCH = ? ORDER BY FIRED_AT DESC, PATH LIMIT " + SHOWN)
                .param(watch)
                .query((row, number) ->
                        entry(row, String.valueOf(Path.of(row.getString("PATH")).getFileName())))
                .list();
    }

    /// Forgets all but the latest planned times at which nothing was to do.
    void tidy(String schedule) {
        commits.executeWithoutResult(status ->
                sql.sql("""
                        DELETE FROM CELLFERRY_FIRING WHERE SCHEDULE = ? AND STATE IN ('unchanged', 'skipped')
                          AND PLANNED_AT < (SELECT MIN(KEPT.PLANNED_AT) FROM (
                            SELECT PLANNED_AT FROM CELLFERRY_FIRING WHERE SCHEDULE = ?
                            ORDER BY PLANNED_AT DESC LIMIT %d) KEPT)""".formatted(KEPT_IDLE)).params(schedule, schedule).update());
    }

    private static LedgerEntry entry(ResultSet row, String occasion) throws SQLException {
        return new LedgerEntry(
                occasion,
                row.getObject("FIRED_AT", OffsetDateTime.class).toInstant(),
                row.getString("STATE"),
                row.getString("RUN_ID"),
                row.getString("NOTE"),
                row.getString("BY_HOST"));
    }
}
