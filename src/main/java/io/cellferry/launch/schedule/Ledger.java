package io.cellferry.launch.schedule;

import io.cellferry.failure.RequestRefused;
import io.cellferry.launch.ServiceDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// What was launched without being asked for, and by which service: an occasion is claimed by inserting its row, and
/// the unique key lets one service through.
///
/// A claim is settled when the run is accepted. One that is not belongs to a service that died on the way, and the next
/// that looks takes it over. A service is alive as long as its row is younger than [#LEASE] by the database's own
/// clock; whoever opens an embedded database knows that all others are dead. Used by one thread; the [#history()] may
/// be read by others.
final class Ledger implements AutoCloseable {

    /// When this program did not exist yet: what a machine says that has just started and asked nobody for the time.
    private static final Instant NO_CLOCK_IS_RIGHT_BEFORE = Instant.parse("2026-01-01T00:00:00Z");

    /// Far longer than the second or two between two looks, so that a slow one is not taken for a death.
    private static final String LEASE = "INTERVAL '60' SECOND";

    private static final int MOST_NOTE = 4000;

    private final ServiceDatabase database;
    private final JdbcClient sql;
    private final TransactionTemplate commits;
    private final LedgerHistory history;
    private final String host;
    private final Clock clock;
    private final String id = UUID.randomUUID().toString();
    private boolean prepared;

    Ledger(ServiceDatabase database, String host, Clock clock) {
        this.database = database;
        this.sql = database.client();
        this.commits = database.transactions();
        this.history = new LedgerHistory(sql, commits);
        this.host = LedgerSchema.lower(host);
        this.clock = clock;
    }

    /// Refuses an embedded database that another service has open. A shared one may be away for now.
    void open() {
        if (!database.embedded()) {
            return;
        }
        try {
            prepare();
        } catch (DataAccessException | TransactionException e) {
            throw new RequestRefused(
                    "The ledger of schedules in the state folder cannot be opened: %s"
                            .formatted(e.getMostSpecificCause().getMessage()),
                    "If another service uses this state folder, end it or choose another --state-dir; if the file"
                            + " service.mv.db is damaged, move it away (what was missed is forgotten with it).",
                    e);
        }
    }

    private void prepare() {
        LedgerSchema.createIfAbsent(database.source());
        commits.executeWithoutResult(status -> {
            if (database.embedded()) {
                sql.sql("DELETE FROM CELLFERRY_SERVICE").update();
            }
            sql.sql("DELETE FROM CELLFERRY_SERVICE WHERE BEAT_AT < CURRENT_TIMESTAMP - INTERVAL '30' DAY")
                    .update();
        });
        prepared = true;
    }

    /// Tells the others that this service is alive. To be called often, and before anything is claimed.
    void beat() {
        if (!prepared) {
            prepare();
        }
        commits.executeWithoutResult(status -> {
            int beaten = sql.sql("UPDATE CELLFERRY_SERVICE SET BEAT_AT = CURRENT_TIMESTAMP WHERE ID = ?")
                    .param(id)
                    .update();
            if (beaten == 0) {
                sql.sql("INSERT INTO CELLFERRY_SERVICE (ID, HOST, BEAT_AT) VALUES (?, ?, CURRENT_TIMESTAMP)")
                        .params(id, host)
                        .update();
            }
        });
    }

    LedgerHistory history() {
        return history;
    }

    /// The moment after which planned times of `schedule` count: the last one taken, or when it was first seen.
    /// What lies after `now` was taken or seen by a clock that was wrong.
    Instant after(String schedule, Instant now) {
        Optional<Instant> last = sql.sql(
                        "SELECT MAX(PLANNED_AT) FROM CELLFERRY_FIRING WHERE SCHEDULE = ? AND PLANNED_AT <= ?")
                .params(schedule, now.atOffset(ZoneOffset.UTC))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
        return last.orElseGet(() -> since(schedule, now));
    }

    private Instant since(String schedule, Instant now) {
        Optional<Instant> known = findSince(schedule);
        if (known.isPresent() && (!known.get().isAfter(now) || now.isBefore(NO_CLOCK_IS_RIGHT_BEFORE))) {
            return known.get();
        }
        // Seen in a year to come: until then nothing would be due.
        commits.executeWithoutResult(
                status -> sql.sql("DELETE FROM CELLFERRY_SCHEDULE WHERE SCHEDULE = ? AND SINCE > ?")
                        .params(schedule, now.atOffset(ZoneOffset.UTC))
                        .update());
        insert(() -> sql.sql("INSERT INTO CELLFERRY_SCHEDULE (SCHEDULE, SINCE) VALUES (?, ?)")
                .params(schedule, now.atOffset(ZoneOffset.UTC))
                .update());
        return findSince(schedule).orElse(now);
    }

    private Optional<Instant> findSince(String schedule) {
        return sql.sql("SELECT SINCE FROM CELLFERRY_SCHEDULE WHERE SCHEDULE = ?")
                .param(schedule)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /// Whether this service may launch what was planned: only one ever may.
    boolean claim(Occasion.PlannedTime time) {
        return insert(() -> sql.sql("""
                        INSERT INTO CELLFERRY_FIRING
                          (SCHEDULE, PLANNED_AT, FIRED_AT, STATE, RUN_ID, NOTE, BY_HOST, CLAIMER)
                        VALUES (?, ?, ?, 'claimed', '', '', ?, ?)""")
                .params(time.schedule(), time.planned().atOffset(ZoneOffset.UTC), now(), host, id)
                .update());
    }

    /// The same for a file of that size and time.
    boolean claim(Occasion.ArrivedFile file, WatchedFolder.Stamp stamp) {
        return insert(() -> sql.sql("""
                        INSERT INTO CELLFERRY_ARRIVAL
                          (WATCH, ARRIVAL, PATH, BYTES, MODIFIED, FIRED_AT, STATE, RUN_ID, NOTE, BY_HOST, CLAIMER)
                        VALUES (?, ?, ?, ?, ?, ?, 'claimed', '', '', ?, ?)""")
                .params(
                        file.watch(),
                        file.arrival(),
                        file.path().toString(),
                        stamp.bytes(),
                        stamp.modified().toString(),
                        now(),
                        host,
                        id)
                .update());
    }

    /// Whether this service still has the claim, which then is its own for another while: to be asked last before the
    /// launch.
    boolean hold(Occasion occasion) {
        beat();
        return change(occasion, "BY_HOST = ?", host) == 1;
    }

    void settle(Occasion occasion, String state, String runId, String note) {
        change(occasion, "STATE = ?, RUN_ID = ?, NOTE = ?", state, runId, LedgerSchema.cut(note, MOST_NOTE));
    }

    private int change(Occasion occasion, String what, Object... values) {
        List<Object> all = new ArrayList<>(List.of(values));
        all.addAll(occasion.key());
        all.add(id);
        return Optional.ofNullable(commits.execute(
                        status -> sql.sql("UPDATE %s SET %s WHERE %s AND STATE = 'claimed' AND CLAIMER = ?"
                                        .formatted(occasion.table(), what, occasion.condition()))
                                .params(all)
                                .update()))
                .orElse(0);
    }

    /// Gives a claim back: it is to be tried again.
    void release(Occasion occasion) {
        List<Object> all = new ArrayList<>(occasion.key());
        all.add(id);
        commits.executeWithoutResult(status -> sql.sql("DELETE FROM %s WHERE %s AND STATE = 'claimed' AND CLAIMER = ?"
                        .formatted(occasion.table(), occasion.condition()))
                .params(all)
                .update());
    }

    /// Claims that a dead service left, and those of this one that an error cut short: all of them are now its own.
    List<Occasion.PlannedTime> takeOver(String schedule) {
        List<Occasion.PlannedTime> left = sql.sql(orphans(Occasion.PlannedTime.TABLE, "SCHEDULE"))
                .params(schedule, id)
                .query((row, number) -> new Occasion.PlannedTime(
                        schedule,
                        row.getObject("PLANNED_AT", OffsetDateTime.class).toInstant()))
                .list();
        return left.stream().filter(this::takenOver).toList();
    }

    List<Occasion.ArrivedFile> takeOverArrivals(String watch) {
        List<Occasion.ArrivedFile> left = sql.sql(orphans(Occasion.ArrivedFile.TABLE, "WATCH"))
                .params(watch, id)
                .query((row, number) ->
                        new Occasion.ArrivedFile(watch, row.getString("ARRIVAL"), Path.of(row.getString("PATH"))))
                .list();
        return left.stream().filter(this::takenOver).toList();
    }

    private static String orphans(String table, String subject) {
        return """
                SELECT * FROM %s C WHERE %s = ? AND STATE = 'claimed' AND (CLAIMER = ? OR NOT EXISTS (
                  SELECT 1 FROM CELLFERRY_SERVICE S
                  WHERE S.ID = C.CLAIMER AND S.BEAT_AT > CURRENT_TIMESTAMP - %s))""".formatted(table, subject, LEASE);
    }

    /// Of two that try, one still finds the dead claimer there.
    private boolean takenOver(Occasion occasion) {
        List<Object> all = new ArrayList<>(List.of(id, host));
        all.addAll(occasion.key());
        all.add(id);
        String statement = """
                UPDATE %1$s SET CLAIMER = ?, BY_HOST = ? WHERE %2$s AND STATE = 'claimed' AND (CLAIMER = ?
                  OR NOT EXISTS (SELECT 1 FROM CELLFERRY_SERVICE S
                                 WHERE S.ID = %1$s.CLAIMER AND S.BEAT_AT > CURRENT_TIMESTAMP - %3$s))""".formatted(occasion.table(), occasion.condition(), LEASE);
        return Optional.ofNullable(commits.execute(
                                status -> sql.sql(statement).params(all).update()))
                        .orElse(0)
                == 1;
    }

    private boolean insert(Runnable statement) {
        try {
            commits.executeWithoutResult(status -> statement.run());
            return true;
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /// An orderly end: what is claimed and not launched is anybody's at once.
    @Override
    public void close() {
        if (prepared) {
            commits.executeWithoutResult(status -> sql.sql("DELETE FROM CELLFERRY_SERVICE WHERE ID = ?")
                    .param(id)
                    .update());
        }
    }
}
