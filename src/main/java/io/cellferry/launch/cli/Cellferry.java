package io.cellferry.launch.cli;

import io.cellferry.failure.Refusal;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.jobs.ConversionJob;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine;

/// The program: parses the command line before anything heavy is loaded, and turns how it ended into an exit code.
public final class Cellferry {

    private static final int OK = 0;
    private static final int WRONG_REQUEST = 64;
    private static final int DEFECT = 70;

    private final Console console;
    private final List<ConversionJob> jobs;
    private final Machine machine;

    Cellferry(List<ConversionJob> jobs, Console console, Map<String, String> environment, Path workingFolder) {
        this.console = console;
        this.jobs = List.copyOf(jobs);
        this.machine = new Machine(environment, workingFolder);
    }

    public static void main(String[] arguments) {
        // The same words and numbers on every machine, for people who compare and scripts that read.
        Locale.setDefault(Locale.ROOT);
        PrintStream results = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream messages = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        List<ConversionJob> jobs = ServiceLoader.load(ConversionJob.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        Path here = Path.of("").toAbsolutePath();
        int code = new Cellferry(jobs, new Console(results, messages), System.getenv(), here).run(arguments);
        // Halting would skip flushing; exiting also ends stray pool threads.
        System.exit(code);
    }

    /// Runs one command and returns its exit code.
    int run(String... arguments) {
        CommandLine commandLine = Verbs.commandLine(jobs, console, machine, List.of(arguments));
        commandLine.setParameterExceptionHandler((wrong, unused) -> {
            console.messages().println("cellferry: " + wrong.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(wrong, console.messages());
            console.messages()
                    .println("  to do: `%s --help` lists what it takes."
                            .formatted(wrong.getCommandLine().getCommandSpec().qualifiedName()));
            return WRONG_REQUEST;
        });
        commandLine.setExecutionExceptionHandler((thrown, command, parsed) -> explain(thrown));
        if (arguments.length == 0) {
            commandLine.usage(console.messages());
            return WRONG_REQUEST;
        }
        try {
            return commandLine.execute(arguments);
        } catch (OutOfMemoryError e) {
            // Runs say so themselves. Whoever only looks or plans may meet an input that is larger than any memory.
            RoomExhausted full = new RoomExhausted(
                    "Memory ran out: %s.".formatted(e.getMessage()),
                    "Run the same command again with more memory: --memory 8GB, or CELLFERRY_MEMORY=8GB before it.",
                    e);
            console.refusal(full);
            return full.exitCode();
        }
    }

    private int explain(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                console.refusal(refusal);
                return refusal.exitCode();
            }
        }
        thrown.printStackTrace(console.messages());
        console.defect(thrown, "above");
        return DEFECT;
    }

    static int ok() {
        return OK;
    }
}
