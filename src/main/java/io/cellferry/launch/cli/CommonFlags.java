package io.cellferry.launch.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags that every verb which does work understands.
final class CommonFlags {

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description =
                    "Most memory the process may use, such as 2GB. Default: a quarter of the machine, at least 512MB.")
    Optional<String> memory = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", description = "Workers at once. Default: one per processor.")
    Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Folder for large temporary files. Default: beside the output.")
    Optional<Path> workDir = Optional.empty();

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Folder for logs and run records. Default: $CELLFERRY_HOME, else ~/.local/state/cellferry.")
    Optional<Path> stateDir = Optional.empty();

    @Option(
            names = "--profile",
            description = "Record where time and memory go, for the run's report. Takes 48 MB of --memory.")
    boolean profile;

    @Option(names = "--progress", paramLabel = "STYLE", description = "auto, plain, json or none. Default: auto.")
    String progress = "auto";

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but the result and refusals.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more: options in force, where the log is.")
    boolean verbose;
}
