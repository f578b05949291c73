package io.cellferry.launch.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.launch.jobfile.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Of all planned times that have come, the last one is due.
class TimetableTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void nothingIsDueBeforeItsTime() {
        assertThat(due("0 2 * * *", "2026-01-10T12:00:00Z", "2026-01-11T00:59:59Z"))
                .isEmpty();
    }

    @Test
    void aTimeIsDueAtItsSecond() {
        assertThat(due("0 2 * * *", "2026-01-10T12:00:00Z", "2026-01-11T01:00:00Z"))
                .contains(new Timetable.Due(Instant.parse("2026-01-11T01:00:00Z"), false));
    }

    @Test
    void manyMissedTimesAreOne() {
        assertThat(due("0 2 * * *", "2024-01-10T12:00:00Z", "2026-01-11T09:00:00Z"))
                .contains(new Timetable.Due(Instant.parse("2026-01-11T01:00:00Z"), true));
        assertThat(due("* * * * 1 *", "2020-01-10T12:00:00Z", "2026-02-15T09:00:00Z"))
                .contains(new Timetable.Due(Instant.parse("2026-01-31T22:59:59Z"), true));
    }

    @Test
    void theLastOneIsFoundWhateverTheSteps() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String[] crons = {"*/7 * * * *", "30 2 * * *", "15 3,4 * * SUN", "10 * * * * *", "0 0 1 * *", "0 */2 * * *"};
        for (int trial = 0; trial < 300; trial++) {
            Schedule schedule = new Schedule(crons[random.nextInt(crons.length)], BERLIN, Schedule.Missed.ONCE);
            Instant after = Instant.parse("2026-03-20T00:00:00Z")
                    .plusMillis(random.nextLong(Duration.ofDays(250).toMillis()));
            Instant now = after.plusMillis(random.nextLong(Duration.ofHours(60).toMillis()));
            Optional<Instant> expected = Optional.empty();
            for (Instant one = schedule.next(after); !one.isAfter(now); one = schedule.next(one)) {
                expected = Optional.of(one);
            }
            assertThat(Timetable.due(schedule, after, now).map(Timetable.Due::planned))
                    .as("%s after %s at %s, seed %d", schedule.cron(), after, now, seed)
                    .isEqualTo(expected);
        }
    }

    private static Optional<Timetable.Due> due(String cron, String after, String now) {
        return Timetable.due(
                new Schedule(cron, BERLIN, Schedule.Missed.ONCE), Instant.parse(after), Instant.parse(now));
    }
}
