package io.cellferry.launch.cli;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.storage.StandardOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/// The program as a person meets it, without a process of its own: a working folder with the example jobs, a state
/// folder beside it, and everything it says caught.
final class Program {

    /// What one command printed and how it ended.
    record Answer(int code, String results, String messages) {}

    private final Path folder;
    private final Path state;

    Program(Path empty) throws IOException {
        folder = Files.createDirectory(empty.resolve("work"));
        state = empty.resolve("state");
        try (var files = Files.walk(Path.of("jobs"))) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(file);
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    Path folder() {
        return folder;
    }

    Answer run(String... arguments) {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        Answer answer = run(new StandardOutput(results), arguments);
        return new Answer(answer.code(), results.toString(StandardCharsets.UTF_8), answer.messages());
    }

    /// The same where results go to `output`; there are none in the answer.
    Answer run(StandardOutput output, String... arguments) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        List<ConversionJob> jobs = ServiceLoader.load(ConversionJob.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        Console console = new Console(output, new PrintStream(messages, true, StandardCharsets.UTF_8));
        int code = new Cellferry(jobs, console, Map.of("CELLFERRY_HOME", state.toString()), folder).run(arguments);
        return new Answer(code, "", messages.toString(StandardCharsets.UTF_8));
    }
}
