package io.cellferry.launch.cli;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.launch.Version;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The verbs: those of the jobs, made from their option rules, and those for looking and tidying.
final class Verbs {

    private Verbs() {}

    /// What understands `words`. Of the verbs it knows only the one they begin with, because making them all takes as
    /// long as starting Java; all of them where the words name none.
    static CommandLine commandLine(List<ConversionJob> jobs, Console console, Machine machine, List<String> words) {
        CommandSpec root = CommandSpec.create().name("cellferry").version("cellferry " + Version.TEXT);
        root.usageMessage()
                .description(
                        "Converts huge single-cell and microscopy data into what viewers read. Stop it, kill it, power it off:"
                                + " the same command continues and the bytes are the same.")
                .footer(
                        "",
                        "Exit codes: 0 done, 1 verify found differences, 64 wrong request,",
                        "65 input cannot be converted, 69 a service is missing, 70 a defect of ours,",
                        "73 another run owns the output, 74 I/O error, 75 no room,",
                        "130 stopped (the same command continues), 78 no Java to start with.");
        root.mixinStandardHelpOptions(true);
        Map<String, Supplier<Object>> plans = new LinkedHashMap<>();
        Map<String, Supplier<Object>> verbs = new LinkedHashMap<>();
        for (ConversionJob job : jobs) {
            plans.put(job.verb(), () -> JobVerb.commandLine(job, jobs, console, machine, true));
            verbs.put(job.verb(), () -> JobVerb.commandLine(job, jobs, console, machine, false));
        }
        verbs.put("plan", () -> withNamed(plan(), plans, rest(words)));
        verbs.put("inspect", () -> new InspectVerb(jobs, console, machine));
        verbs.put("run", () -> new RunVerb(jobs, console, machine));
        verbs.put("verify", () -> new VerifyVerb(jobs, console, machine));
        verbs.put("catalog", () -> new CatalogVerb(jobs, console, machine));
        verbs.put("runs", () -> new RunsVerb(console, machine));
        verbs.put("resume", () -> new ResumeVerb(jobs, console, machine));
        verbs.put("stop", () -> new StopVerb(console, machine));
        verbs.put("serve", () -> new ServeVerb(jobs, console, machine));
        verbs.put("schema", () -> new SchemaVerb(jobs, console));
        verbs.put("token", () -> TokenVerb.commandLine(console, machine));
        verbs.put("clean", () -> new CleanVerb(console, machine));
        CommandLine commandLine = withNamed(new CommandLine(root), verbs, words);
        commandLine.setExpandAtFiles(false);
        commandLine.setOut(new PrintWriter(console.results(), true));
        commandLine.setErr(new PrintWriter(console.messages(), true));
        return commandLine;
    }

    private static List<String> rest(List<String> words) {
        return words.isEmpty() ? words : words.subList(1, words.size());
    }

    private static CommandLine plan() {
        CommandSpec plan = CommandSpec.create();
        plan.usageMessage()
                .description("Foretell a run: every refusal and limit at once, files, bytes, memory, scratch.");
        plan.mixinStandardHelpOptions(true);
        return new CommandLine(plan);
    }

    private static CommandLine withNamed(CommandLine command, Map<String, Supplier<Object>> verbs, List<String> words) {
        boolean named = !words.isEmpty() && verbs.containsKey(words.getFirst());
        verbs.forEach((verb, made) -> {
            if (!named || verb.equals(words.getFirst())) {
                command.addSubcommand(verb, made.get());
            }
        });
        return command;
    }
}
