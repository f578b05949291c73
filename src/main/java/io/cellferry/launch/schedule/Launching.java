package io.cellferry.launch.schedule;

import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.RunDesk;
import io.cellferry.launch.RunIdentity;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.RunState;
import io.cellferry.launch.jobfile.JobFile;
import io.cellferry.storage.InputFingerprint;
import io.cellferry.storage.OutputHeading;
import io.cellferry.storage.UnfinishedRun;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Launches what a job file says, as nobody is there to answer questions: what is up to date is left alone, an earlier
/// result of the same schedule or of an earlier state of the input is replaced when the new one is whole, and anything
/// else in the place of the output is refused.
final class Launching {

    private final RunDesk desk;
    private final DataRoots roots;
    private final Path jobFiles;
    private final Acceptance acceptance;

    Launching(RunDesk desk, DataRoots roots, Path jobFiles, Acceptance acceptance) {
        this.desk = desk;
        this.roots = roots;
        this.jobFiles = jobFiles;
        this.acceptance = acceptance;
    }

    /// Takes a run on for good: [RunDesk#submit].
    interface Acceptance {
        RunDesk.Accepted accept(RunRequest run, String origin);
    }

    /// What came of it: a state of [LedgerEntry].
    record Outcome(String state, String runId, String note) {}

    /// Refuses what would be refused each time: an unknown job or option, a place outside of the data roots.
    RunRequest request(JobFile file, boolean replace) {
        if (!roots.readable().isEmpty() || !roots.writable().isEmpty()) {
            return desk.request(
                    file.job(),
                    within("input", file.input(), roots::checkedInput),
                    within("output", file.output(), roots::checkedOutput),
                    file.options(),
                    replace);
        }
        throw new RequestRefused(
                "This service may neither read nor write data.",
                "Name folders below cellferry.serve.read and cellferry.serve.write in application.yml.");
    }

    private interface Check {
        Path real(Path path);
    }

    private Path within(String key, Path path, Check check) {
        try {
            return check.real(path);
        } catch (RequestRefused outside) {
            throw new RequestRefused(
                    "`%s` leads to %s, which is in no folder that this service may %s."
                            .formatted(key, jobFiles.relativize(path), key.equals("output") ? "write" : "read"),
                    "Correct it, or name the folder below cellferry.serve.%s in application.yml."
                            .formatted(key.equals("output") ? "write" : "read"),
                    outside);
        }
    }

    /// A folder that is watched must lie where inputs may.
    void checkWatched(Path folder) {
        within("watch.folder", folder, roots::checkedInput);
    }

    /// Whether a run for the output of `file` waits or works.
    Optional<String> underWay(JobFile file) {
        return desk.underWay(roots.checkedOutput(file.output()));
    }

    /// Launches `file`. `ours` tells whether an earlier run was launched by the same schedule. `hold` is asked last,
    /// and if it says no, nothing is launched and the result is empty. `again` when a service died while it did
    /// this: what is under way may be the very run.
    Optional<Outcome> launch(JobFile file, String origin, boolean again, Predicate<String> ours, Hold hold) {
        RunRequest run = request(file, false);
        run.check();
        Path output = run.request().output();
        String id = RunIdentity.of(run.request(), run.job().namedContent(run.request()))
                .id();
        Optional<String> underWay = desk.underWay(output);
        if (underWay.isPresent()) {
            return Optional.of(
                    again && underWay.get().equals(id)
                            ? new Outcome(LedgerEntry.ACCEPTED, id, "")
                            : new Outcome(
                                    LedgerEntry.SKIPPED,
                                    underWay.get(),
                                    "Run %s for the same output was still under way.".formatted(underWay.get())));
        }
        InputFingerprint input = run.job().stateOf(run.request().input());
        Optional<OutputHeading> made = OutputHeading.read(output);
        boolean occupied = Files.exists(output, LinkOption.NOFOLLOW_LINKS);
        List<UnfinishedRun> unfinished = desk.unfinished(output);
        boolean upToDate = occupied
                && unfinished.isEmpty()
                && made.filter(manifest ->
                                manifest.runId().equals(id) && manifest.input().equals(input))
                        .isPresent();
        if (upToDate) {
            return Optional.of(new Outcome(LedgerEntry.UNCHANGED, id, ""));
        }
        requireOurs(output, occupied, made, unfinished, one -> one.equals(id) || ours.test(one));
        boolean resumed = !occupied
                && unfinished.stream()
                        .allMatch(one -> one.runId().equals(id)
                                && one.start()
                                        .filter(start -> start.input().equals(input))
                                        .isPresent());
        RunRequest wanted = new RunRequest(run.job(), run.request(), !resumed);
        if (!hold.isHeld()) {
            return Optional.empty();
        }
        RunDesk.Accepted accepted = acceptance.accept(wanted, origin);
        boolean done = !accepted.fresh() && accepted.run().state().equals(RunState.DONE);
        return Optional.of(new Outcome(done ? LedgerEntry.UNCHANGED : LedgerEntry.ACCEPTED, id, ""));
    }

    interface Hold {
        boolean isHeld();
    }

    /// A schedule never takes the place of what somebody else put there.
    private static void requireOurs(
            Path output,
            boolean occupied,
            Optional<OutputHeading> made,
            List<UnfinishedRun> unfinished,
            Predicate<String> ours) {
        List<String> others = new ArrayList<>();
        if (occupied && made.filter(manifest -> ours.test(manifest.runId())).isEmpty()) {
            others.add(made.map(manifest -> "the output of another request (run %s)".formatted(manifest.runId()))
                    .orElse("something that has no readable cellferry manifest"));
        }
        unfinished.stream()
                .map(UnfinishedRun::runId)
                .filter(ours.negate())
                .map("the unfinished run %s of another request"::formatted)
                .forEach(others::add);
        if (!others.isEmpty()) {
            throw new RequestRefused(
                    "%s: expected nothing or a result of this job file, found %s."
                            .formatted(output, String.join(" and ", others)),
                    "Move it away, or choose another output.");
        }
    }

    JobFileProblem problem(Refusal refusal) {
        return JobFileProblem.of(refusal, jobFiles, roots);
    }
}
