package io.cellferry.launch.jobfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is planned once a day happens once a day, also when clocks change. In Berlin they go from 2:00 to 3:00 on
/// 2026-03-29 and from 3:00 back to 2:00 on 2026-10-25, both at 1:00 UTC. On Lord Howe Island they change by half an
/// hour, from 2:00 back to 1:30 on 2026-04-05, at 15:00 UTC of the day before, and from 2:00 to 2:30 on 2026-10-04, at
/// 15:30 UTC of the day before.
class ScheduleTest {

    @Test
    void aTimeThatDoesNotExistCountsAtTheChange() {
        assertThat(next("30 2 * * *", "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void severalTimesThatDoNotExistCountOnce() {
        assertThat(next("0,20,40 2 * * *", "2026-03-28T23:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z");
        assertThat(next("30 2,3 * * *", "2026-03-28T23:00:00Z", 3))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void aTimeThatExistsTwiceCountsTheFirstTime() {
        assertThat(next("30 2 * * *", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(next("30 2 * * *", "2026-10-25T00:45:00Z", 1)).containsExactly("2026-10-26T01:30:00Z");
        assertThat(next("30 2 * * *", "2026-10-25T01:15:00Z", 1)).containsExactly("2026-10-26T01:30:00Z");
    }

    @Test
    void everyHourFollowsRealTime() {
        assertThat(next("0 * * * *", "2026-10-24T23:30:00Z", 4))
                .containsExactly(
                        "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z");
        assertThat(next("*/30 * * * *", "2026-03-29T00:10:00Z", 3))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
    }

    @Test
    void everyHourFollowsRealTimeWhereClocksChangeByHalfAnHour() {
        assertThat(lordHowe("15 * * * *", "2026-04-04T14:00:00Z", 3))
                .containsExactly("2026-04-04T14:15:00Z", "2026-04-04T15:45:00Z", "2026-04-04T16:45:00Z");
        assertThat(lordHowe("*/20 * * * *", "2026-04-04T14:30:00Z", 4))
                .containsExactly(
                        "2026-04-04T14:40:00Z", "2026-04-04T15:10:00Z", "2026-04-04T15:30:00Z", "2026-04-04T15:50:00Z");
        assertThat(lordHowe("30 * * * *", "2026-10-03T13:30:00Z", 4))
                .containsExactly(
                        "2026-10-03T14:00:00Z", "2026-10-03T15:00:00Z", "2026-10-03T15:30:00Z", "2026-10-03T16:30:00Z");
    }

    @Test
    void everyHourOfOneDayGoesOnAYearLater() {
        assertThat(next("0 * 31 12 *", "2026-12-31T22:00:00Z", 1)).containsExactly("2027-12-30T23:00:00Z");
    }

    @Test
    void sixFieldsBeginWithSeconds() {
        assertThat(next("*/20 30 2 1 * *", "2026-05-30T00:00:00Z", 3))
                .containsExactly("2026-06-01T00:30:00Z", "2026-06-01T00:30:20Z", "2026-06-01T00:30:40Z");
    }

    private static List<String> next(String cron, String from, int count) {
        return next("Europe/Berlin", cron, from, count);
    }

    private static List<String> lordHowe(String cron, String from, int count) {
        return next("Australia/Lord_Howe", cron, from, count);
    }

    private static List<String> next(String zone, String cron, String from, int count) {
        Schedule schedule = new Schedule(cron, ZoneId.of(zone), Schedule.Missed.ONCE);
        List<String> found = new ArrayList<>();
        Instant at = Instant.parse(from);
        for (int i = 0; i < count; i++) {
            at = schedule.next(at);
            found.add(at.toString());
        }
        return found;
    }
}
