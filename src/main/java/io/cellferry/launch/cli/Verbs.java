package io.cellferry.launch.cli;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.launch.Version;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The verbs: those of the jobs, made from their option rules, and those for looking and tidying.
final class Verbs {

    private Verbs() {}

    static CommandLine commandLine(List<ConversionJob> jobs, Console console, Machine machine) {
        CommandSpec root = CommandSpec.create().name("cellferry").version("cellferry " + Version.TEXT);
        root.usageMessage()
                .description(
                        "Converts huge single-cell data sets into what viewers read. Stop it, kill it, power it off:"
                                + " the same command continues and the bytes are the same.")
                .footer(
                        "",
                        "Exit codes: 0 done, 1 verify found differences, 64 wrong request,",
                        "65 input cannot be converted, 69 a service is missing, 70 a defect of ours,",
                        "73 another run owns the output, 74 I/O error, 75 no room,",
                        "130 stopped (the same command continues), 78 no Java to start with.");
        root.mixinStandardHelpOptions(true);
        CommandLine commandLine = new CommandLine(root);
        CommandSpec plan = CommandSpec.create();
        plan.usageMessage()
                .description("Foretell a run: every refusal and limit at once, files, bytes, memory, scratch.");
        plan.mixinStandardHelpOptions(true);
        for (ConversionJob job : jobs) {
            commandLine.addSubcommand(job.verb(), JobVerb.commandLine(job, jobs, console, machine, false));
            plan.addSubcommand(job.verb(), JobVerb.commandLine(job, jobs, console, machine, true));
        }
        commandLine.addSubcommand("plan", new CommandLine(plan));
        commandLine.addSubcommand("inspect", new InspectVerb(jobs, console, machine));
        commandLine.addSubcommand("run", new RunVerb(jobs, console, machine));
        commandLine.addSubcommand("verify", new VerifyVerb(jobs, console, machine));
        commandLine.addSubcommand("catalog", new CatalogVerb(jobs, console, machine));
        commandLine.addSubcommand("runs", new RunsVerb(console, machine));
        commandLine.addSubcommand("resume", new ResumeVerb(jobs, console, machine));
        commandLine.addSubcommand("stop", new StopVerb(console, machine));
        commandLine.addSubcommand("serve", new ServeVerb(jobs, console, machine));
        commandLine.addSubcommand("schema", new SchemaVerb(jobs, console));
        commandLine.addSubcommand("token", TokenVerb.commandLine(console, machine));
        commandLine.addSubcommand("clean", new CleanVerb(console, machine));
        commandLine.setExpandAtFiles(false);
        commandLine.setOut(new PrintWriter(console.results(), true));
        commandLine.setErr(new PrintWriter(console.messages(), true));
        return commandLine;
    }
}
