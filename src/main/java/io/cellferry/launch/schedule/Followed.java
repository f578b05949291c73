package io.cellferry.launch.schedule;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One job file that launches by itself, looked at once a second.
sealed interface Followed permits FollowedSchedule, FollowedWatch {

    /// How often the ledger is asked what others did, and for what the dead left.
    Duration LEDGER_LOOK = Duration.ofSeconds(30);

    /// Launches what is due.
    void turn(Instant now);

    JobFileState state(Instant now);

    /// A refusal that stands until somebody corrects the file or the input; everything else is tried again.
    static boolean isFinal(Refusal refusal) {
        return refusal instanceof RequestRefused || refusal instanceof InputRefused;
    }

    /// Whether it is time for something done last at `before`; a clock that was put back makes it so.
    static boolean isTime(Optional<Instant> before, Duration pause, Instant now) {
        return before.map(last -> last.isAfter(now) || !last.plus(pause).isAfter(now))
                .orElse(true);
    }
}
