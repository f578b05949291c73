package io.cellferry.launch.cli;

import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.NearestWord;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.Foretelling;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.RunStarter;
import io.cellferry.launch.profile.RunProfile;
import io.cellferry.launch.report.ReportFolder;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Drives one run, or one plan, from the command line: progress, messages, exit code.
final class RunDriver {

    private static final int DEFECT = 70;
    private static final int STOPPED = 130;
    private static final String LACKS = "the output lacks %s that the input has:";
    private static final String ITS_MANIFEST = "the manifest beside it";

    private final List<ConversionJob> jobs;
    private final Console console;
    private final Machine machine;

    RunDriver(List<ConversionJob> jobs, Console console, Machine machine) {
        this.jobs = jobs;
        this.console = console;
        this.machine = machine;
    }

    Machine machine() {
        return machine;
    }

    ConversionJob job(String name) {
        return jobs.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RequestRefused(
                        "There is no job \"%s\".".formatted(name),
                        "The nearest is \"%s\"."
                                .formatted(NearestWord.to(
                                        name,
                                        jobs.stream().map(ConversionJob::name).toList()))));
    }

    int plan(RunRequest run, CommonFlags flags) {
        console.quiet(flags.quiet);
        return QuickProfile.of(
                flags.profile, "plan", () -> machine.state(flags.stateDir), console, () -> planned(run, flags));
    }

    private int planned(RunRequest run, CommonFlags flags) {
        JobPlan plan = Foretelling.of(run, room(flags), new RunFolders(new RealDisk()));
        if (flags.json) {
            Map<String, Object> json = new LinkedHashMap<>(plan.sheet().json());
            json.put("problems", Console.jsonOf(plan.problems()));
            console.json(json);
        } else {
            console.sheet(plan.sheet());
        }
        return exitCode(plan.problems());
    }

    private MachineRoom room(CommonFlags flags) {
        MachineRoom room = machine.room(flags.memory, flags.threads, flags.workDir);
        return flags.profile ? room.without(RunProfile.MEMORY_BYTES) : room;
    }

    /// 64 when the request is wrong, 65 when the input is, 75 when there is no room, else 0.
    static int exitCode(List<Problem> problems) {
        List<String> codes =
                problems.stream().filter(Problem::refuses).map(Problem::code).toList();
        if (codes.isEmpty()) {
            return Cellferry.ok();
        }
        if (codes.stream().anyMatch(code -> code.startsWith("request."))) {
            return 64;
        }
        return codes.stream().allMatch(code -> code.startsWith("room.")) ? 75 : 65;
    }

    int run(RunRequest run, CommonFlags flags) {
        console.quiet(flags.quiet);
        StateFolder state = machine.state(flags.stateDir);
        RunStarter starter =
                new RunStarter(new RunFolders(new RealDisk()), state, machine.settings(), jobs, Clock.systemUTC());
        RunProgress progress = new RunProgress();
        RunOutcome outcome;
        try (StopSignals signals = StopSignals.listen(console);
                ProgressPrinter printer = ProgressPrinter.start(
                        progress,
                        flags.quiet ? ProgressPrinter.Style.NONE : machine.progressStyle(flags.progress),
                        console.messages())) {
            outcome = starter.start(run, room(flags), progress, signals::asked, new Beginning(run, flags));
        }
        return report(outcome, state, flags);
    }

    /// Says what begins, and what the plan warns of.
    private final class Beginning implements RunStarter.Listener {
        private final RunRequest run;
        private final CommonFlags flags;

        Beginning(RunRequest run, CommonFlags flags) {
            this.run = run;
            this.flags = flags;
        }

        @Override
        public void owned(String id, boolean resumed, int kept, Path log) {
            if (resumed) {
                console.say("run %s resumes, kept %,d units".formatted(id, kept));
            } else {
                console.say("run %s: %s -> %s"
                        .formatted(id, run.request().input(), run.request().output()));
            }
            if (flags.verbose) {
                run.request()
                        .options()
                        .all()
                        .forEach((name, values) -> console.say("  --%s %s".formatted(name, String.join(" ", values))));
                console.say("  log " + log);
            }
        }

        @Override
        public void planned(List<Problem> remarks) {
            console.warnings(
                    "the plan warns of %s:",
                    remarks.stream()
                            .filter(one -> one.severity() == Problem.Severity.WARNING)
                            .toList(),
                    "`plan` with the same words");
        }
    }

    private int report(RunOutcome outcome, StateFolder state, CommonFlags flags) {
        Optional<Path> page = new ReportFolder(state, outcome.runId()).page();
        if (flags.json) {
            console.json(json(outcome, page));
        }
        if (flags.verbose) {
            page.ifPresent(file -> console.say("  report " + file));
        }
        return switch (outcome.end()) {
            case DONE -> {
                console.say("done: %s, %,d files, %s in %.1f s"
                        .formatted(
                                outcome.output(),
                                outcome.outputFiles(),
                                Sizes.text(outcome.outputBytes()),
                                outcome.took().toMillis() / 1000.0));
                console.warnings(LACKS, outcome.notCarried(), ITS_MANIFEST);
                yield incomplete(outcome);
            }
            case ALREADY_DONE -> {
                console.say("already done: %s holds this very result, %,d files; nothing was touched"
                        .formatted(outcome.output(), outcome.outputFiles()));
                console.warnings(LACKS, outcome.notCarried(), ITS_MANIFEST);
                yield incomplete(outcome);
            }
            case STOPPED -> {
                console.say(
                        "stopped; the same command, or `cellferry resume %s`, continues".formatted(outcome.runId()));
                yield STOPPED;
            }
            case FAILED -> failed(outcome, state);
        };
    }

    /// What is published but lacks a part of the input is no success.
    private int incomplete(RunOutcome outcome) {
        if (outcome.reason().orElse(null) instanceof Refusal refusal) {
            console.refusal(refusal);
            return refusal.exitCode();
        }
        return Cellferry.ok();
    }

    private int failed(RunOutcome outcome, StateFolder state) {
        Throwable reason = outcome.reason().orElseThrow();
        if (reason instanceof Refusal refusal) {
            console.refusal(refusal);
            return refusal.exitCode();
        }
        console.defect(
                reason,
                state.folder("logs").path().resolve(outcome.runId() + ".log").toString());
        return DEFECT;
    }

    private static Map<String, Object> json(RunOutcome outcome, Optional<Path> page) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", outcome.runId());
        json.put("end", outcome.end().name().toLowerCase(java.util.Locale.ROOT));
        json.put("output", outcome.output().toString());
        json.put("files", outcome.outputFiles());
        json.put("bytes", outcome.outputBytes());
        json.put("keptUnits", outcome.keptUnits());
        json.put("doneUnits", outcome.doneUnits());
        json.put("seconds", outcome.took().toMillis() / 1000.0);
        page.ifPresent(file -> json.put("report", file.toString()));
        if (!outcome.notCarried().isEmpty()) {
            json.put("notCarried", Console.jsonOf(outcome.notCarried()));
        }
        outcome.reason().ifPresent(reason -> json.put("reason", String.valueOf(reason.getMessage())));
        return json;
    }
}
