package io.cellferry.launch;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.failure.ServiceMissing;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.report.Ending;
import io.cellferry.launch.report.RunReport;
import io.cellferry.launch.report.Subject;
import io.cellferry.storage.InputFingerprint;
import io.cellferry.storage.Opening;
import io.cellferry.storage.OutputManifest;
import io.cellferry.storage.RunFolder;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.RunTarget;
import io.cellferry.storage.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one way a run starts, whoever asked: check, identify, own, recover, work, release.
public final class RunStarter {

    private static final Logger LOG = LoggerFactory.getLogger(RunStarter.class);

    private final RunFolders folders;
    private final StateFolder state;
    private final RunRecords records;
    private final MachineSettings settings;
    private final BatchWork batch;
    private final Clock clock;

    public RunStarter(
            RunFolders folders, StateFolder state, MachineSettings settings, List<ConversionJob> jobs, Clock clock) {
        this(folders, state, settings, BatchEngine.forEachRun(jobs), clock);
    }

    RunStarter(RunFolders folders, StateFolder state, MachineSettings settings, BatchWork batch, Clock clock) {
        this.folders = folders;
        this.state = state;
        this.records = new RunRecords(state);
        this.settings = settings;
        this.batch = batch;
        this.clock = clock;
    }

    /// What the caller is told while the run works.
    public interface Listener {
        /// The run owns its output now; `keptUnits` were finished before, 0 for a new run.
        void owned(String runId, boolean resumed, int keptUnits, Path log);
    }

    /// Does the run on this thread. Refusals that leave no trace (wrong request, bad input, output owned) are thrown;
    /// how a run ended that did start is the outcome.
    public RunOutcome start(
            RunRequest run, MachineRoom room, RunProgress progress, BooleanSupplier stopAsked, Listener listener) {
        Instant begun = clock.instant();
        run.job().check(run.request());
        RunIdentity identity = RunIdentity.of(run.request(), run.job().namedContent(run.request()));
        Optional<JobPlan> plan = isKnown(run, identity) ? Optional.empty() : Optional.of(settle(run, room));
        InputFingerprint input = InputFingerprint.of(run.request().input());
        RunTarget target = new RunTarget(
                identity.id(),
                run.request().output(),
                run.job().writesOneFile(run.request()),
                room.workDir(),
                run.replace(),
                identity.canonicalRequest(),
                input,
                Version.TEXT);
        return switch (folders.open(target)) {
            case Opening.AlreadyDone done ->
                outcome(
                        RunOutcome.End.ALREADY_DONE,
                        identity.id(),
                        run,
                        0,
                        0,
                        Optional.of(done.manifest()),
                        begun,
                        leftOut(done.manifest()));
            case Opening.Opened opened -> {
                Subject subject = new Subject(
                        run.job(), run.request(), identity.id(), Version.TEXT, room, input, logFile(identity.id()));
                try (RunLog log = RunLog.open(subject.log(), identity.id())) {
                    RunOutcome outcome;
                    RunReport report;
                    try (RunFolder folder = opened.folder()) {
                        report = report(subject, progress, begun, plan, run.profile());
                        outcome = work(
                                run,
                                room,
                                progress,
                                stopAsked,
                                listener,
                                folder,
                                opened.resumed(),
                                begun,
                                plan,
                                report);
                    }
                    discardHopeless(run, outcome);
                    // Only now: the output belongs to whoever wants it next, and drawing it may take a while.
                    report.write();
                    yield outcome;
                }
            }
        };
    }

    /// What the run could not convert, told again to whoever asks for the same output again.
    private static Optional<Throwable> leftOut(OutputManifest manifest) {
        if (!(manifest.details().get(RunContext.LEFT_OUT) instanceof Map<?, ?> missing) || missing.isEmpty()) {
            return Optional.empty();
        }
        String found = missing.entrySet().stream()
                .map(one -> "%s is left out: %s".formatted(one.getKey(), one.getValue()))
                .collect(Collectors.joining("\n"));
        return Optional.of(new InputRefused(
                found, "Once that is mended, run the same command with --replace, or into another output."));
    }

    /// A run that was started before was planned then: its plan is stored with it, or it is finished. What is to
    /// replace the result of an earlier state of the input begins anew.
    private boolean isKnown(RunRequest run, RunIdentity identity) {
        Path output = run.request().output();
        boolean finished = OutputManifest.read(output)
                .filter(manifest -> manifest.runId().equals(identity.id()))
                .filter(manifest -> isInput(run, manifest.input()))
                .isPresent();
        return finished
                || Optional.ofNullable(output.getParent()).stream()
                        .flatMap(folder -> folders.unfinished(folder).stream())
                        .filter(unfinished -> unfinished.runId().equals(identity.id()))
                        .anyMatch(unfinished -> unfinished
                                .start()
                                .map(start -> isInput(run, start.input()))
                                .orElse(true));
    }

    /// Without leave to replace, another input is refused where the output is opened.
    private static boolean isInput(RunRequest run, InputFingerprint then) {
        return !run.replace() || then.equals(InputFingerprint.of(run.request().input()));
    }

    private static JobPlan settle(RunRequest run, MachineRoom room) {
        JobPlan plan = run.job().admit(run.request(), room);
        refuseUnlessPossible(plan);
        return plan;
    }

    private Path logFile(String runId) {
        return state.folder(RunPapers.LOGS).path().resolve(runId + ".log");
    }

    private RunReport report(
            Subject subject, RunProgress progress, Instant begun, Optional<JobPlan> plan, boolean profiled) {
        List<Problem> remarks = plan.map(JobPlan::problems).orElse(List.of());
        return RunReport.begin(subject, state, progress, begun, clock, remarks, profiled);
    }

    /// What is wrong with the input or the request stays wrong: keeping the work would only stand in the way of a
    /// corrected request.
    private void discardHopeless(RunRequest run, RunOutcome outcome) {
        boolean hopeless = outcome.end() == RunOutcome.End.FAILED
                && outcome.reason()
                        .filter(reason -> reason instanceof InputRefused || reason instanceof RequestRefused)
                        .isPresent();
        if (hopeless) {
            folders.discard(run.request().output(), outcome.runId());
        }
    }

    private RunOutcome work(
            RunRequest run,
            MachineRoom room,
            RunProgress progress,
            BooleanSupplier stopAsked,
            Listener listener,
            RunFolder folder,
            boolean resumed,
            Instant begun,
            Optional<JobPlan> plan,
            RunReport report) {
        try (report) {
            RunRecord record = remember(run, folder, begun);
            listener.owned(folder.runId(), resumed, folder.keptUnits(), logFile(folder.runId()));
            LOG.info("run {} starts, {} units kept: {}", folder.runId(), folder.keptUnits(), run.request());
            RunContext context =
                    new RunContext(run.request(), folder, room, progress, stopAsked, plan.flatMap(JobPlan::settled));
            Optional<Throwable> broken;
            try (context) {
                broken = execute(context);
            }
            Optional<Throwable> reason = context.firstFailure().or(() -> broken).map(FailureSorting::sorted);
            Optional<OutputManifest> published = context.published();
            RunOutcome.End end = published.isPresent()
                    ? RunOutcome.End.DONE
                    : reason.isPresent() ? RunOutcome.End.FAILED : RunOutcome.End.STOPPED;
            reason.ifPresent(thrown -> LOG.info("run {} failed", folder.runId(), thrown));
            RunOutcome outcome = outcome(
                    end, folder.runId(), run, folder.keptUnits(), progress.doneUnits(), published, begun, reason);
            String endedAt = clock.instant().toString();
            String how = end.name().toLowerCase(Locale.ROOT);
            records.write(reason.map(thrown -> record.ended(endedAt, how, thrown))
                    .orElseGet(() -> record.ended(endedAt, how)));
            report.ended(
                    new Ending(
                            how,
                            published.isPresent(),
                            reason,
                            outcome.keptUnits(),
                            outcome.doneUnits(),
                            outcome.took()),
                    published);
            LOG.info("run {} ends: {}", folder.runId(), end);
            return outcome;
        }
    }

    /// Empty when the job ran to its end or was stopped; what broke it when that was not the work itself.
    private Optional<Throwable> execute(RunContext context) {
        RunRepository repository =
                RunRepository.of(settings, state, context.folder().runId());
        Optional<Throwable> broken;
        try {
            broken = BatchVerdict.reason(batch.run(repository, context), context.stopped());
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

    /// What a service wrote down when it accepted the run stays: who asked, and how often it was taken up again.
    private RunRecord remember(RunRequest run, RunFolder folder, Instant begun) {
        RunRecord record = records.find(folder.runId())
                .orElseGet(() -> RunRecord.asked(folder.runId(), run, RunRecord.COMMAND_LINE, 0, ""))
                .begun(begun.toString(), run.replace());
        records.write(record);
        return record;
    }

    private RunOutcome outcome(
            RunOutcome.End end,
            String id,
            RunRequest run,
            long kept,
            long done,
            Optional<OutputManifest> manifest,
            Instant begun,
            Optional<Throwable> reason) {
        return new RunOutcome(
                end,
                id,
                run.request().output(),
                kept,
                done,
                manifest.map(m -> (long) m.files().size()).orElse(0L),
                manifest.map(m -> m.files().stream()
                                .mapToLong(OutputManifest.FileEntry::bytes)
                                .sum())
                        .orElse(0L),
                Duration.between(begun, clock.instant()),
                reason);
    }

    /// All refusals of the plan in one, by whoever has to act: the request first, then the input, then the room.
    private static void refuseUnlessPossible(JobPlan plan) {
        if (!plan.refuses()) {
            return;
        }
        List<Problem> refusals =
                plan.problems().stream().filter(Problem::refuses).toList();
        String found = refusals.stream().map(p -> p.where() + ": " + p.found()).collect(Collectors.joining("\n"));
        String remedy = refusals.stream()
                .map(Problem::remedy)
                .filter(r -> !r.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
        if (refusals.stream().anyMatch(p -> p.code().startsWith("request."))) {
            throw new RequestRefused(found, remedy);
        }
        if (refusals.stream().anyMatch(p -> !p.code().startsWith("room."))) {
            throw new InputRefused(found, remedy);
        }
        throw new RoomExhausted(found, remedy);
    }
}
