package io.cellferry.restart;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Java process of our own classes, with its messages and results in one stream.
public final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader lines;
    private final StringBuilder said = new StringBuilder();

    private ChildProcess(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    public static ChildProcess start(Path workingFolder, String mainClass, List<String> arguments) throws IOException {
        return start(workingFolder, 256, mainClass, arguments);
    }

    /// With a heap of that many megabytes at most.
    static ChildProcess start(Path workingFolder, int heapMegabytes, String mainClass, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx%dm".formatted(heapMegabytes),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                mainClass));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workingFolder.toFile()).redirectErrorStream(true);
        return new ChildProcess(builder.start());
    }

    // Surefire keeps the real one in a property of its own; entries may be relative to the project.
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> absolute = new ArrayList<>();
        for (String entry : all.split(java.io.File.pathSeparator)) {
            absolute.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(java.io.File.pathSeparator, absolute);
    }

    /// Waits for a line that contains `text`.
    public ChildProcess awaitLine(String text) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.contains(text)) {
                return this;
            }
        }
        throw new AssertionError("it ended without saying \"" + text + "\":\n" + said);
    }

    /// SIGTERM.
    void terminate() {
        process.toHandle().destroy(); // Process.destroy would also close what it says while it stops.
    }

    /// SIGHUP, as from a terminal that closes.
    void hangUp() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
    }

    /// SIGKILL; returns when the process is gone.
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// Waits for its end.
    int exitCode() throws IOException, InterruptedException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
        }
        return process.waitFor();
    }

    String said() {
        return said.toString();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
