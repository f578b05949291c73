package io.cellferry.launch.cli;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.failure.StorageFailed;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.storage.StandardOutput;
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
        PrintStream messages = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        List<ConversionJob> jobs = ServiceLoader.load(ConversionJob.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        Path here = Path.of("").toAbsolutePath();
        Console console = new Console(StandardOutput.ofThisProcess(), messages);
        int code = new Cellferry(jobs, console, System.getenv(), here).run(arguments);
        // Halting would skip flushing; exiting also ends stray pool threads.
        System.exit(code);
    }

    /// Runs one command and returns its exit code.
    int run(String... arguments) {
        CommandLine commandLine = Verbs.commandLine(jobs, console, machine, List.of(arguments));
        commandLine.registerConverter(Path.class, Cellferry::path);
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
            return told(commandLine.execute(arguments));
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

    /// A script whose variable is empty does not mean the folder it runs in.
    private static Path path(String said) {
        if (said.isEmpty()) {
            throw new CommandLine.TypeConversionException("expected a path, found an empty text");
        }
        return Path.of(said);
    }

    /// A result that nobody could read is no success, whatever the command itself has done.
    private int told(int code) {
        return console.lost()
                .map(why -> {
                    StorageFailed lost = new StorageFailed(
                            "The result cannot be written to standard output: %s.".formatted(IoWords.of(why)),
                            "Make room where it goes, or send it elsewhere, and run the same command again.",
                            why);
                    console.refusal(lost);
                    return code == OK ? lost.exitCode() : code;
                })
                .orElse(code);
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
