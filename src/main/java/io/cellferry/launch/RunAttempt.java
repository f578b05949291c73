package io.cellferry.launch;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.ServiceMissing;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.NotCarried;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.report.Ending;
import io.cellferry.launch.report.RunReport;
import io.cellferry.launch.report.Subject;
import io.cellferry.storage.OutputManifest;
import io.cellferry.storage.RunFolder;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt at a run whose request has been admitted: what is left of it is done, written down and reported.
final class RunAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(RunAttempt.class);

    private final RunRequest run;
    private final Subject subject;
    private final Instant begun;
    private final Optional<JobPlan> plan;
    private final Caller caller;
    private final Machine machine;
    private final RunRecords records;

    /// `plan` is empty when an earlier attempt was planned.
    RunAttempt(RunRequest run, Subject subject, Instant begun, Optional<JobPlan> plan, Caller caller, Machine machine) {
        this.run = run;
        this.subject = subject;
        this.begun = begun;
        this.plan = plan;
        this.caller = caller;
        this.machine = machine;
        this.records = new RunRecords(machine.state());
    }

    /// Who asked for the run, and how to talk to them.
    record Caller(RunProgress progress, BooleanSupplier stopAsked, RunStarter.Listener listener) {}

    /// What every attempt on this machine works with.
    record Machine(RunFolders folders, StateFolder state, MachineSettings settings, BatchWork batch, Clock clock) {}

    /// There is nothing to do, and nothing is written.
    RunOutcome alreadyDone(OutputManifest manifest, Optional<Throwable> leftOut) {
        return outcome(RunOutcome.End.ALREADY_DONE, 0, Optional.of(manifest), leftOut);
    }

    /// An earlier attempt did all the work, and a crash kept it from saying so; the output has its name by now.
    RunOutcome published(OutputManifest manifest, int keptUnits, Optional<Throwable> leftOut) {
        try (RunLog log = RunLog.open(subject.log(), subject.runId())) {
            RunReport report = beginReport();
            RunOutcome outcome = outcome(RunOutcome.End.DONE, keptUnits, Optional.of(manifest), leftOut);
            try (report) {
                RunRecord record = remember();
                caller.listener().owned(subject.runId(), true, keptUnits, subject.log());
                LOG.info("run {} was finished, {} units, and is published now", subject.runId(), keptUnits);
                repository().forget();
                writeDown(record, report, outcome, Optional.of(manifest));
            }
            report.write();
            return outcome;
        }
    }

    /// Works in the run's folder, which is given back at the end.
    RunOutcome work(RunFolder owned, boolean resumed) {
        try (RunLog log = openLog(owned)) {
            RunOutcome outcome;
            RunReport report;
            try (RunFolder folder = owned) {
                report = beginReport();
                outcome = work(folder, resumed, report);
            }
            discardHopeless(outcome);
            // Only now: the output belongs to whoever wants it next, and drawing it may take a while.
            report.write();
            return outcome;
        }
    }

    /// Gives the run back when it cannot be logged: nobody else could have its output otherwise while this process
    /// lives.
    private RunLog openLog(RunFolder owned) {
        try {
            return RunLog.open(subject.log(), subject.runId());
        } catch (RuntimeException | Error e) {
            owned.close();
            throw e;
        }
    }

    private RunReport beginReport() {
        List<Problem> remarks = plan.map(JobPlan::problems).orElse(List.of());
        return RunReport.begin(
                subject, machine.state(), caller.progress(), begun, machine.clock(), remarks, run.profile());
    }

    private RunOutcome work(RunFolder folder, boolean resumed, RunReport report) {
        try (report) {
            RunRecord record = remember();
            int kept = folder.keptUnits();
            caller.listener().owned(folder.runId(), resumed, kept, subject.log());
            caller.listener().planned(plan.map(JobPlan::problems).orElse(List.of()));
            LOG.info("run {} starts, {} units kept: {}", folder.runId(), kept, run.request());
            RunContext context = new RunContext(
                    run.request(),
                    folder,
                    subject.room(),
                    caller.progress(),
                    caller.stopAsked(),
                    plan.flatMap(JobPlan::settled),
                    this::requireSameInput);
            Optional<Throwable> broken;
            try (context) {
                broken = execute(context);
            }
            Optional<Throwable> reason = context.firstFailure()
                    .or(() -> broken)
                    .map(FailureSorting::sorted)
                    .map(this::changeBehind);
            Optional<OutputManifest> published = context.published();
            RunOutcome.End end = published.isPresent()
                    ? RunOutcome.End.DONE
                    : reason.isPresent() ? RunOutcome.End.FAILED : RunOutcome.End.STOPPED;
            reason.ifPresent(thrown -> LOG.info("run {} failed", folder.runId(), thrown));
            RunOutcome outcome = outcome(end, kept, published, reason);
            writeDown(record, report, outcome, published);
            LOG.info("run {} ends: {}", folder.runId(), end);
            return outcome;
        }
    }

    /// Empty when the job ran to its end or was stopped; what broke it when that was not the work itself.
    private Optional<Throwable> execute(RunContext context) {
        RunRepository repository = repository();
        Optional<Throwable> broken;
        try {
            broken = BatchVerdict.reason(machine.batch().run(repository, context), context.stopped());
        } catch (RuntimeException | Error e) {
            broken = Optional.of(e);
        }
        boolean useless = broken.filter(e -> FailureSorting.sorted(e) instanceof ServiceMissing)
                .isPresent();
        if (useless || context.published().isPresent()) {
            repository.forget();
        }
        return broken;
    }

    /// Every part of a run opens the input anew. What was read of a file that somebody writes to, or puts another in
    /// the place of, is a mixture of two.
    private void requireSameInput() {
        if (!run.job().needsSameInputAtEnd()) {
            return;
        }
        Path input = run.request().input();
        List<String> differences = subject.input().differences(run.job().stateOf(input));
        if (!differences.isEmpty()) {
            throw InputRefused.ofAnotherState(
                    "%s: expected the state in which the run began, found that it changed while it was read: %s."
                            .formatted(input, String.join("; ", differences)),
                    "Nothing is published. Once nothing writes to it any more, start over with --replace; if only its"
                            + " time has changed, set it back and run the same command again.");
        }
    }

    /// What is wrong with an input that changed meanwhile, or is wrong with us because of it, follows from that.
    private Throwable changeBehind(Throwable reason) {
        boolean maybe = reason instanceof InputRefused refused ? !refused.mayComeBack() : !(reason instanceof Refusal);
        if (maybe) {
            try {
                requireSameInput();
            } catch (Refusal change) {
                change.addSuppressed(reason);
                return change;
            }
        }
        return reason;
    }

    private RunRepository repository() {
        return RunRepository.of(machine.settings(), machine.state(), subject.runId());
    }

    /// What is wrong with the input or the request stays wrong: keeping the work would only stand in the way of a
    /// corrected request.
    private void discardHopeless(RunOutcome outcome) {
        boolean hopeless = outcome.end() == RunOutcome.End.FAILED
                && outcome.reason()
                        .filter(reason -> reason instanceof InputRefused input
                                ? !input.mayComeBack()
                                : reason instanceof RequestRefused)
                        .isPresent();
        if (hopeless) {
            machine.folders().discard(run.request().output(), outcome.runId());
        }
    }

    /// What a service wrote down when it accepted the run stays: who asked, and how often it was taken up again.
    private RunRecord remember() {
        RunRecord record = records.find(subject.runId())
                .orElseGet(() -> RunRecord.asked(subject.runId(), run, RunRecord.COMMAND_LINE, 0, begun.toString()))
                .begun(begun.toString(), run.replace());
        records.write(record);
        return record;
    }

    private void writeDown(RunRecord record, RunReport report, RunOutcome outcome, Optional<OutputManifest> published) {
        String endedAt = machine.clock().instant().toString();
        String how = outcome.end().name().toLowerCase(Locale.ROOT);
        records.write(outcome.reason()
                .map(thrown -> record.ended(endedAt, how, thrown))
                .orElseGet(() -> record.ended(endedAt, how)));
        report.ended(
                new Ending(
                        how,
                        published.isPresent(),
                        outcome.reason(),
                        outcome.keptUnits(),
                        outcome.doneUnits(),
                        outcome.took()),
                published);
    }

    private RunOutcome outcome(
            RunOutcome.End end, long kept, Optional<OutputManifest> manifest, Optional<Throwable> reason) {
        return new RunOutcome(
                end,
                subject.runId(),
                run.request().output(),
                kept,
                caller.progress().doneUnits(),
                manifest.map(m -> (long) m.files().size()).orElse(0L),
                manifest.map(m -> m.files().stream()
                                .mapToLong(OutputManifest.FileEntry::bytes)
                                .sum())
                        .orElse(0L),
                Duration.between(begun, machine.clock().instant()),
                reason,
                manifest.map(m -> NotCarried.in(m.details())).orElse(List.of()));
    }
}
