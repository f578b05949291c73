package io.cellferry.launch.jobfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is planned once a day happens once a day, also when clocks change. In Berlin they go from 2:00 to 3:00 on
/// 2026-03-29 and from 3:00 back to 2:00 on 2026-10-25, both at 1:00 UTC.
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
    void sixFieldsBeginWithSeconds() {
        assertThat(next("*/20 30 2 1 * *", "2026-05-30T00:00:00Z", 3))
                .containsExactly("2026-06-01T00:30:00Z", "2026-06-01T00:30:20Z", "2026-06-01T00:30:40Z");
    }

    private static List<String> next(String cron, String from, int count) {
        Schedule schedule = new Schedule(cron, ZoneId.of("Europe/Berlin"), Schedule.Missed.ONCE);
        List<String> found = new ArrayList<>();
        Instant at = Instant.parse(from);
        for (int i = 0; i < count; i++) {
            at = schedule.next(at);
            found.add(at.toString());
        }
        return found;
    }
}
