package io.cellferry.launch.cli;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionRule;
import io.cellferry.jobs.OptionValues;
import io.cellferry.launch.RunRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A job's verb, `export INPUT -o DIR …`, with one flag for each of its option rules.
final class JobVerb implements Callable<Integer> {

    private final ConversionJob job;
    private final RunDriver driver;
    private final CommandSpec spec;
    private final CommonFlags common = new CommonFlags();
    private final boolean planOnly;

    private JobVerb(ConversionJob job, RunDriver driver, boolean planOnly) {
        this.job = job;
        this.driver = driver;
        this.planOnly = planOnly;
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    static CommandLine commandLine(
            ConversionJob job, List<ConversionJob> jobs, Console console, Machine machine, boolean planOnly) {
        return new JobVerb(job, new RunDriver(jobs, console, machine), planOnly).commandLine();
    }

    private CommandLine commandLine() {
        String verb = (planOnly ? "plan " : "") + job.verb();
        spec.usageMessage()
                .description(job.summary())
                .customSynopsis("cellferry %s INPUT -o OUTPUT [OPTIONS]".formatted(verb))
                .sortOptions(false);
        spec.mixinStandardHelpOptions(true);
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .paramLabel("INPUT")
                .type(Path.class)
                .required(true)
                .description("What to convert.")
                .build());
        spec.addOption(OptionSpec.builder("-o", "--output")
                .paramLabel("OUTPUT")
                .type(Path.class)
                .required(true)
                .description("What to write. It appears when it is whole, or not at all.")
                .build());
        for (OptionRule rule : job.options()) {
            spec.addOption(option(rule));
        }
        spec.addOption(OptionSpec.builder("--replace")
                .type(boolean.class)
                .description("Build beside an existing output of cellferry and swap at the end.")
                .build());
        if (!planOnly) {
            spec.addOption(OptionSpec.builder("--dry-run")
                    .type(boolean.class)
                    .description("Only plan.")
                    .build());
        }
        spec.addMixin("common", CommandSpec.forAnnotatedObject(common));
        return new CommandLine(spec);
    }

    private static OptionSpec option(OptionRule rule) {
        // Repeatable options collect; the others collect too, so that giving one twice is refused and not silently
        // resolved.
        OptionSpec.Builder option = OptionSpec.builder("--" + rule.name())
                .paramLabel(label(rule))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(rule.help()
                        + rule.standard()
                                .map(standard -> " Default: " + standard + ".")
                                .orElse(""));
        if (rule.kind() instanceof OptionRule.Kind.Flag) {
            option.arity("0..1").fallbackValue("true");
        }
        return option.build();
    }

    private static String label(OptionRule rule) {
        return switch (rule.kind()) {
            case OptionRule.Kind.Choice choice -> String.join("|", choice.words());
            case OptionRule.Kind.Whole whole -> withWords("N", whole.words());
            case OptionRule.Kind.Decimal decimal -> withWords("X", decimal.words());
            case OptionRule.Kind.Text text -> "TEXT";
            case OptionRule.Kind.Flag flag -> "true|false";
        };
    }

    private static String withWords(String label, List<String> words) {
        return words.isEmpty() ? label : label + "|" + String.join("|", words);
    }

    @Override
    public Integer call() {
        CommandLine.ParseResult parsed = spec.commandLine().getParseResult();
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (OptionRule rule : job.options()) {
            List<String> said = parsed.matchedOptionValue("--" + rule.name(), List.of());
            if (!said.isEmpty()) {
                given.put(rule.name(), said);
            }
        }
        Path input = parsed.matchedPositionalValue(0, Path.of(""));
        Path output = parsed.matchedOptionValue("-o", Path.of(""));
        JobRequest request = new JobRequest(
                job.name(),
                driver.machine().resolve(input),
                driver.machine().resolve(output),
                OptionValues.of(job.options(), given));
        RunRequest run = new RunRequest(job, request, parsed.matchedOptionValue("--replace", false), common.profile);
        boolean dry = planOnly || parsed.matchedOptionValue("--dry-run", false);
        return dry ? driver.plan(run, common) : driver.run(run, common);
    }
}
