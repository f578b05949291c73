package io.cellferry.launch.schedule;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.Refusal;
import io.cellferry.launch.jobfile.JobFile;
import io.cellferry.launch.jobfile.Watch;
import io.cellferry.storage.InputFingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A job file with `watch:`.
final class FollowedWatch implements Followed {

    /// Some seconds of reading at most, so that schedules are kept meanwhile.
    static final int MOST_AT_ONCE = 50;

    /// A folder that takes long to look through is looked at less often.
    private static final int LOOK_SHARE = 10;

    private static final Duration LONG_LOOK = Duration.ofSeconds(1);

    private final String name;
    private final JobFile file;
    private final Watch watch;
    private final WatchedFolder folder;
    private final Ledger ledger;
    private final Launching launching;
    private final InstantSource steady;
    private Optional<Instant> lookedAt = Optional.empty();
    private Optional<Instant> ledgerAt = Optional.empty();
    private Duration pause = Duration.ZERO;
    private List<LedgerEntry> arrivals = List.of();
    private Optional<JobFileProblem> problem = Optional.empty();

    FollowedWatch(String name, JobFile file, Watch watch, Ledger ledger, Launching launching, InstantSource steady) {
        this.name = name;
        this.file = file;
        this.watch = watch;
        this.folder = new WatchedFolder(watch);
        this.ledger = ledger;
        this.launching = launching;
        this.steady = steady;
    }

    @Override
    public void turn(Instant now) {
        if (!Followed.isTime(lookedAt, pause, now)) {
            return;
        }
        problem = Optional.empty();
        boolean changed = Followed.isTime(ledgerAt, LEDGER_LOOK, now);
        try {
            launching.checkWatched(watch.folder());
            launching.request(file.arrived(watch.folder().resolve("x")), false);
            if (changed) {
                ledgerAt = Optional.of(now);
                ledger.takeOverArrivals(name).forEach(left -> launch(left, true));
            }
            changed |= look();
        } catch (Refusal standing) {
            problem = Optional.of(launching.problem(standing));
        }
        if (changed) {
            arrivals = ledger.history().arrivals(name);
        }
        lookedAt = Optional.of(now);
    }

    private boolean look() {
        Instant before = steady.instant();
        List<WatchedFolder.Arrived> whole = folder.look(before);
        Duration took = Duration.between(before, steady.instant());
        pause = took.compareTo(LONG_LOOK) > 0 ? took.multipliedBy(LOOK_SHARE) : Duration.ZERO;
        int launched = 0;
        for (WatchedFolder.Arrived one : whole) {
            if (ledger.history().knows(name, one.file(), one.stamp())) {
                folder.dealtWith(one);
            } else if (launched < MOST_AT_ONCE && take(one)) {
                launched++;
            }
        }
        return launched > 0;
    }

    /// Whether something came of it; if not, it is tried again.
    private boolean take(WatchedFolder.Arrived one) {
        try {
            if (isUnderWay(one.file())) {
                return false;
            }
            InputFingerprint state = InputFingerprint.of(one.file());
            if (!WatchedFolder.Stamp.of(one.file()).equals(Optional.of(one.stamp()))) {
                folder.changing(one);
                return false;
            }
            var arrival = Occasion.ArrivedFile.of(name, one.file(), state);
            if (ledger.claim(arrival, one.stamp()) && !launch(arrival, false)) {
                return false;
            }
            folder.dealtWith(one);
            return true;
        } catch (Refusal unreadable) {
            problem = Optional.of(launching.problem(unreadable));
        } catch (IOException e) {
            problem = Optional.of(launching.problem(new InputRefused(
                    "%s cannot be read: %s".formatted(one.file(), IoWords.of(e)), "It is tried again.", e)));
        }
        return false;
    }

    /// The result of an earlier state of the file is still being made.
    private boolean isUnderWay(Path arrived) {
        try {
            return launching.underWay(file.arrived(arrived)).isPresent();
        } catch (Refusal outside) {
            return false; // Written down when it is launched.
        }
    }

    /// Whether the claim is settled.
    private boolean launch(Occasion.ArrivedFile arrival, boolean again) {
        try {
            Optional<Launching.Outcome> outcome = launching.launch(
                    file.arrived(arrival.path()),
                    "watch " + name,
                    again,
                    run -> ledger.history().launchedAtArrival(name, run),
                    () -> ledger.hold(arrival));
            if (outcome.filter(one -> one.state().equals(LedgerEntry.SKIPPED)).isPresent()) {
                ledger.release(arrival);
                return false;
            }
            outcome.ifPresent(one -> ledger.settle(arrival, one.state(), one.runId(), one.note()));
            return true;
        } catch (Refusal refusal) {
            JobFileProblem why = launching.problem(refusal);
            if (Followed.isFinal(refusal)) {
                ledger.settle(arrival, LedgerEntry.REFUSED, "", why.text());
                return true;
            }
            problem = Optional.of(why);
            ledger.release(arrival);
            return false;
        }
    }

    @Override
    public JobFileState state(Instant now) {
        return new JobFileState(name, Optional.of(file), problem, Optional.empty(), Optional.empty(), arrivals);
    }
}
