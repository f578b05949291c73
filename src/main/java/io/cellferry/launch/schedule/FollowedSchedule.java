package io.cellferry.launch.schedule;

import io.cellferry.failure.Refusal;
import io.cellferry.launch.jobfile.JobFile;
import io.cellferry.launch.jobfile.Schedule;
import java.time.Instant;
import java.util.Optional;

/// A job file with `schedule:`.
final class FollowedSchedule implements Followed {

    private static final int TIDY_EVERY = 100;

    private final String name;
    private final JobFile file;
    private final Schedule times;
    private final String schedule;
    private final Ledger ledger;
    private final Launching launching;
    private Optional<Instant> lookedAt = Optional.empty();
    private Optional<Instant> next = Optional.empty();
    private Optional<LedgerEntry> last = Optional.empty();
    private Optional<JobFileProblem> problem = Optional.empty();
    private int idle;

    FollowedSchedule(String name, JobFile file, Schedule times, Ledger ledger, Launching launching) {
        this.name = name;
        this.file = file;
        this.times = times;
        this.schedule = Occasion.schedule(file, times);
        this.ledger = ledger;
        this.launching = launching;
    }

    @Override
    public void turn(Instant now) {
        boolean look = Followed.isTime(lookedAt, LEDGER_LOOK, now);
        if (!look && next.filter(planned -> planned.isAfter(now)).isPresent()) {
            return;
        }
        problem = Optional.empty();
        try {
            launching.request(file, false);
        } catch (Refusal standing) {
            problem = Optional.of(launching.problem(standing));
        }
        // Known from now on, also when nothing can be launched: what is missed is made up for later.
        Instant after = ledger.after(schedule, now);
        if (problem.isEmpty()) {
            for (Occasion.PlannedTime left : ledger.takeOver(schedule)) {
                launch(left, true);
            }
            launchDue(after, now);
        }
        last = ledger.history().last(schedule);
        next = Optional.of(times.next(ledger.after(schedule, now)));
        lookedAt = Optional.of(now);
    }

    private void launchDue(Instant after, Instant now) {
        Optional<Timetable.Due> due = Timetable.due(times, after, now);
        if (due.isEmpty()) {
            return;
        }
        var time = new Occasion.PlannedTime(schedule, due.get().planned());
        if (!ledger.claim(time)) {
            return;
        }
        if (due.get().missed() && times.missed() == Schedule.Missed.SKIP) {
            ledger.settle(
                    time,
                    LedgerEntry.SKIPPED,
                    "",
                    "No service was there at that time, and the file says `missed: skip`.");
        } else {
            launch(time, false);
        }
    }

    private void launch(Occasion.PlannedTime time, boolean again) {
        try {
            Optional<Launching.Outcome> outcome = launching.launch(
                    file,
                    "schedule " + name,
                    again,
                    run -> ledger.history().launched(Occasion.owner(name, file.output()), run),
                    () -> ledger.hold(time));
            outcome.ifPresent(one -> settle(time, one));
        } catch (Refusal refusal) {
            JobFileProblem why = launching.problem(refusal);
            if (Followed.isFinal(refusal)) {
                ledger.settle(time, LedgerEntry.REFUSED, "", why.text());
            } else {
                problem = Optional.of(why);
                ledger.release(time);
            }
        }
    }

    private void settle(Occasion.PlannedTime time, Launching.Outcome outcome) {
        ledger.settle(time, outcome.state(), outcome.runId(), outcome.note());
        if (!outcome.state().equals(LedgerEntry.ACCEPTED) && ++idle % TIDY_EVERY == 0) {
            ledger.history().tidy(schedule);
        }
    }

    @Override
    public JobFileState state(Instant now) {
        return new JobFileState(
                name, Optional.of(file), problem, Optional.of(times.next(now)), last, java.util.List.of());
    }
}
