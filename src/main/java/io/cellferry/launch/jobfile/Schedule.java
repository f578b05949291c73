package io.cellferry.launch.jobfile;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/// When a job file is to be run: five or six fields of cron, in a time zone.
///
/// Nights on which clocks change: a time of day that does not exist counts at the moment of the change, one that exists
/// twice counts the first time, so what is planned once a day happens once a day. A schedule for every hour follows
/// real time instead: it takes every time that a clock shows, the doubled ones twice.
public record Schedule(String cron, ZoneId zone, Missed missed) {

    /// What becomes of planned times at which no service was there.
    public enum Missed {
        /// All of them together are made up for by one run.
        ONCE,
        SKIP
    }

    private static final int FIELDS = 6;
    private static final int HOURS = 2;
    private static final int DAYS_OF_MONTH = 3;
    private static final int DAYS_OF_WEEK = 5;
    private static final Set<String> EVERY_HOUR = Set.of("*", "*/1", "0-23");
    private static final Set<String> EVERY_DAY = Set.of("*", "?");
    private static final LocalDateTime LONG_AGO = LocalDateTime.of(2000, 1, 1, 0, 0);

    public Schedule {
        CronExpression expression = CronExpression.parse(sixFields(cron));
        String[] fields = expression.toString().split(" ", FIELDS);
        if (!EVERY_DAY.contains(fields[DAYS_OF_MONTH]) && !EVERY_DAY.contains(fields[DAYS_OF_WEEK])) {
            throw new IllegalArgumentException(
                    "it says a day of the month and a day of the week, and programs differ on"
                            + " whether one or both must hold; write * for one of them (MON#1 is the first Monday of a month)");
        }
        if (expression.next(LONG_AGO) == null) {
            throw new IllegalArgumentException("there is no such day, so it would never run");
        }
    }

    /// Cron as people know it has no seconds.
    private static String sixFields(String said) {
        String cron = said.strip().replaceAll("\\s+", " ");
        int fields = cron.split(" ", -1).length;
        if (cron.startsWith("@") || fields == FIELDS) {
            return cron;
        }
        if (fields != FIELDS - 1) {
            throw new IllegalArgumentException(
                    "it has %d fields; five (minute hour day month weekday) or six (with seconds first) are expected"
                            .formatted(fields));
        }
        return "0 " + cron;
    }

    /// The first planned time after `after`.
    public Instant next(Instant after) {
        CronExpression expression = CronExpression.parse(sixFields(cron));
        if (EVERY_HOUR.contains(expression.toString().split(" ", FIELDS)[HOURS])) {
            return inRealTime(expression, after);
        }
        LocalDateTime local = LocalDateTime.ofInstant(after, zone);
        Instant planned;
        do {
            local = found(expression.next(local));
            planned = instant(local);
        } while (!planned.isAfter(after)); // The second pass of a doubled hour was served by the first.
        return planned;
    }

    /// From one change of the clocks to the next as if there were none. Spring's own arithmetic in a zone takes changes
    /// to be whole hours: where they are half of one, as on Lord Howe, it passes over times or stays where it is.
    private Instant inRealTime(CronExpression expression, Instant after) {
        ZoneRules rules = zone.getRules();
        ZoneOffset offset = rules.getOffset(after);
        Instant planned =
                found(expression.next(LocalDateTime.ofInstant(after, offset))).toInstant(offset);
        ZoneOffsetTransition change = rules.nextTransition(after);
        while (change != null && !planned.isBefore(change.getInstant())) {
            LocalDateTime justBefore = change.getDateTimeAfter().minusNanos(1);
            planned = found(expression.next(justBefore)).toInstant(change.getOffsetAfter());
            change = rules.nextTransition(change.getInstant());
        }
        return planned;
    }

    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : ZonedDateTime.of(local, zone).toInstant();
    }

    /// What fires once in the calendar fires again.
    private <T> T found(@Nullable T next) {
        return Optional.ofNullable(next).orElseThrow(() -> new IllegalStateException(cron + " ends"));
    }
}
