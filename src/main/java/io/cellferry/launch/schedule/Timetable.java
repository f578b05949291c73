package io.cellferry.launch.schedule;

import io.cellferry.launch.jobfile.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Which planned time of a schedule is due.
final class Timetable {

    /// How late a service that is there may be; whatever is later was missed while none was.
    static final Duration PUNCTUAL = Duration.ofMinutes(1);

    private Timetable() {}

    /// `missed` when no service was there at that time.
    record Due(Instant planned, boolean missed) {}

    /// The last planned time after `after` and not after `now`: those before it were missed with it, and one run makes
    /// up for all. Found in some thirty steps, however many they are.
    static Optional<Due> due(Schedule schedule, Instant after, Instant now) {
        if (schedule.next(after).isAfter(now)) {
            return Optional.empty();
        }
        Instant low = after; // the next planned time after it has come
        Instant high = now; // and after this one it has not
        while (Duration.between(low, high).compareTo(Duration.ofSeconds(1)) > 0) {
            Instant middle = low.plus(Duration.between(low, high).dividedBy(2));
            if (schedule.next(middle).isAfter(now)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        Instant planned = schedule.next(low);
        return Optional.of(new Due(planned, Duration.between(planned, now).compareTo(PUNCTUAL) > 0));
    }
}
