package io.cellferry.launch.cli;

import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.launch.MachineSettings;
import io.cellferry.launch.jobfile.SaidPath;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.StateFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// This machine as the command line sees it: flags first, then `application.yml`, then what the launcher found out.
final class Machine {

    private static final long LEAST_MEMORY = 512L << 20;
    private static final String MEMORY = "CELLFERRY_MEMORY";

    private final Map<String, String> environment;
    private final Path workingFolder;

    Machine(Map<String, String> environment, Path workingFolder) {
        this.environment = environment;
        this.workingFolder = workingFolder;
    }

    MachineSettings settings() {
        return MachineSettings.in(workingFolder);
    }

    Path resolve(Path said) {
        return SaidPath.in(workingFolder, said);
    }

    StateFolder state(Optional<Path> stateDir) {
        Optional<Path> said = stateDir.or(() -> Optional.ofNullable(settings().stateDir()));
        Optional<Path> home = home(environment.getOrDefault("HOME", ""), System.getProperty("user.home", ""));
        return StateFolder.open(new RealDisk(), StateFolder.locate(said.map(this::resolve), environment, home));
    }

    /// The user's own folder by the environment, else by the system's list of users. Java says "?" for somebody who is
    /// not in it, as in a container with a number for a user.
    static Optional<Path> home(String byEnvironment, String byUserList) {
        return Stream.of(byEnvironment, byUserList)
                .map(Path::of)
                .filter(Path::isAbsolute)
                .findFirst();
    }

    MachineRoom room(Optional<String> memory, Optional<Integer> threads, Optional<Path> workDir) {
        MachineSettings settings = settings();
        long bytes = memory.map(said -> enough("--memory", Sizes.parse("--memory", said)))
                .orElseGet(() -> settledMemory(settings));
        int workers = threads.orElseGet(() -> Optional.ofNullable(settings.threads())
                .orElse(Runtime.getRuntime().availableProcessors()));
        if (workers < 1) {
            throw new RequestRefused(
                    "--threads must be at least 1, not %d.".formatted(workers), "Give it --threads 1 or more.");
        }
        return MachineRoom.ofThisProcess(
                bytes,
                workers,
                workDir.or(() -> Optional.ofNullable(settings.workDir())).map(this::resolve));
    }

    private static long enough(String source, long bytes) {
        if (bytes < LEAST_MEMORY) {
            throw new RequestRefused(
                    "%s says %s; at least %s are needed for the runtime itself."
                            .formatted(source, Sizes.text(bytes), Sizes.text(LEAST_MEMORY)),
                    "Give it 512MB or more.");
        }
        return bytes;
    }

    /// The launcher decides the memory before there is a Java process and passes it on; without the launcher the heap
    /// tells. It passes over what it cannot use, so the words that it found are looked at again.
    private long settledMemory(MachineSettings settings) {
        Optional.ofNullable(environment.get(MEMORY))
                .filter(said -> !said.isBlank())
                .ifPresentOrElse(
                        said -> enough(MEMORY, Sizes.parse(MEMORY, said)), () -> Optional.ofNullable(settings.memory())
                                .ifPresent(said -> enough("`memory` in application.yml", said.toBytes())));
        Long launched = Long.getLong("cellferry.memory.bytes");
        if (launched != null) {
            return launched;
        }
        return settings.memory() != null
                ? settings.memory().toBytes()
                : Math.max(LEAST_MEMORY, Runtime.getRuntime().maxMemory());
    }

    ProgressPrinter.Style progressStyle(String said) {
        return switch (said) {
            case "plain" -> ProgressPrinter.Style.LINES;
            case "json" -> ProgressPrinter.Style.JSON;
            case "none" -> ProgressPrinter.Style.NONE;
            default ->
                Boolean.getBoolean("cellferry.terminal") ? ProgressPrinter.Style.BAR : ProgressPrinter.Style.LINES;
        };
    }
}
