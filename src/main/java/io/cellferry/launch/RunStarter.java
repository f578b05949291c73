package io.cellferry.launch;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.report.Subject;
import io.cellferry.storage.InputFingerprint;
import io.cellferry.storage.Opening;
import io.cellferry.storage.OutputHeading;
import io.cellferry.storage.OutputManifest;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.RunTarget;
import io.cellferry.storage.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// The one way a run starts, whoever asked: check, identify, own, recover, work, release.
public final class RunStarter {

    private final RunFolders folders;
    private final RunAttempt.Machine machine;

    public RunStarter(
            RunFolders folders, StateFolder state, MachineSettings settings, List<ConversionJob> jobs, Clock clock) {
        this(folders, state, settings, BatchEngine.forEachRun(jobs), clock);
    }

    RunStarter(RunFolders folders, StateFolder state, MachineSettings settings, BatchWork batch, Clock clock) {
        this.folders = folders;
        this.machine = new RunAttempt.Machine(folders, state, settings, batch, clock);
    }

    /// What the caller is told while the run works.
    public interface Listener {
        /// The run owns its output now; `keptUnits` were finished before, 0 for a new run.
        void owned(String runId, boolean resumed, int keptUnits, Path log);

        /// What the plan had to say of input and request; nothing where an earlier attempt was planned.
        default void planned(List<Problem> remarks) {}
    }

    /// Does the run on this thread. Refusals that leave no trace (wrong request, bad input, output owned) are thrown;
    /// how a run ended that did start is the outcome.
    public RunOutcome start(
            RunRequest run, MachineRoom room, RunProgress progress, BooleanSupplier stopAsked, Listener listener) {
        Instant begun = machine.clock().instant();
        run.check(room);
        RunIdentity identity = RunIdentity.of(run.request(), run.job().namedContent(run.request()));
        Optional<InputFingerprint> found = stateOfFile(run);
        Optional<JobPlan> plan = isKnown(run, identity) ? Optional.empty() : Optional.of(settle(run, room));
        InputFingerprint input =
                found.orElseGet(() -> run.job().stateOf(run.request().input()));
        RunTarget target = target(run, identity, input, room);
        Subject subject =
                new Subject(run.job(), run.request(), identity.id(), Version.TEXT, room, input, logFile(identity.id()));
        RunAttempt attempt = new RunAttempt(
                run, subject, begun, plan, new RunAttempt.Caller(progress, stopAsked, listener), machine);
        return switch (folders.open(target)) {
            case Opening.AlreadyDone done -> attempt.alreadyDone(done.manifest(), leftOut(done.manifest()));
            case Opening.PublishedNow now ->
                attempt.published(now.manifest(), now.keptUnits(), leftOut(now.manifest()));
            case Opening.Opened opened -> attempt.work(opened.folder(), opened.resumed());
        };
    }

    /// Before it is planned, so that a change in between is noticed at the end at the latest. A folder is not walked
    /// before somebody knows what it is, and of what cannot be read the plan says more.
    private static Optional<InputFingerprint> stateOfFile(RunRequest run) {
        Path input = run.request().input();
        if (!Files.isRegularFile(input)) {
            return Optional.empty();
        }
        try {
            return Optional.of(run.job().stateOf(input));
        } catch (Refusal unreadable) {
            return Optional.empty();
        }
    }

    static RunTarget target(RunRequest run, RunIdentity identity, InputFingerprint input, MachineRoom room) {
        return new RunTarget(
                identity.id(),
                run.request().output(),
                run.job().writesOneFile(run.request()),
                room.workDir(),
                run.replace(),
                identity.canonicalRequest(),
                input,
                Version.TEXT);
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
        boolean finished = OutputHeading.read(output)
                .filter(manifest -> manifest.runId().equals(identity.id()))
                .filter(manifest -> isInput(run, manifest.input()))
                .isPresent();
        return finished
                || folders.unfinished(output, identity.id())
                        .filter(unfinished -> unfinished
                                .start()
                                .map(start -> isInput(run, start.input()))
                                .orElse(true))
                        .isPresent();
    }

    /// Without leave to replace, another input is refused where the output is opened.
    private static boolean isInput(RunRequest run, InputFingerprint then) {
        return !run.replace() || then.equals(run.job().stateOf(run.request().input()));
    }

    private static JobPlan settle(RunRequest run, MachineRoom room) {
        JobPlan plan = run.job().admit(run.request(), room);
        refuseUnlessPossible(plan);
        return plan;
    }

    private Path logFile(String runId) {
        return machine.state().folder(RunPapers.LOGS).path().resolve(runId + ".log");
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
