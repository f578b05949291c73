package io.cellferry.storage;

import io.cellferry.failure.RequestRefused;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Where everything of one output lies:
///
/// ```
/// PARENT/NAME                               the output
/// PARENT/NAME.cellferry.json                its manifest
/// PARENT/.cellferry/NAME.lock               who is at work on it
/// PARENT/.cellferry/NAME.part               a staging folder being made or removed; whoever owns the output deletes it
/// PARENT/.cellferry/RUN/journal             what the run has finished
/// PARENT/.cellferry/RUN/output/             the future output (a single file: output/NAME)
/// PARENT/.cellferry/RUN/scratch/            scratch files, unless --work-dir moved them
/// PARENT/.cellferry/RUN/stop                somebody asked the run to stop
/// PARENT/.cellferry/RUN/replaced            the output that the new one takes the place of, during the swap
/// PARENT/.cellferry/RUN/manifest.part       the manifest before it gets its name
/// ```
///
/// Run ids hold no dot, so they never meet the names that end in `.lock` or `.part`.
record RunPlaces(Path parent, String name) {

    static final String RUNS = ".cellferry";
    static final String MANIFEST_SUFFIX = ".cellferry.json";
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    static RunPlaces of(Path output) {
        Path absolute = output.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        Path file = absolute.getFileName();
        if (parent == null || file == null || !isOutputName(absolute)) {
            throw new RequestRefused(
                    "%s: expected the name of an output inside a folder, found %s."
                            .formatted(
                                    output,
                                    file == null ? "the root of a file system" : "a name cellferry uses itself"),
                    "Choose another name for the output.");
        }
        return new RunPlaces(parent, file.toString());
    }

    static boolean isOutputName(Path absolute) {
        Path file = absolute.getFileName();
        return file != null && !file.toString().equals(RUNS) && !file.toString().endsWith(MANIFEST_SUFFIX);
    }

    static void requireRunId(String runId) {
        if (!isRunId(runId)) {
            throw new RequestRefused(
                    "%s: expected a run id of letters, digits, - and _, found something else.".formatted(runId),
                    "Take the id as cellferry runs prints it.");
        }
    }

    static boolean isRunId(String name) {
        return RUN_ID.matcher(name).matches();
    }

    Path output() {
        return parent.resolve(name);
    }

    Path manifest() {
        return parent.resolve(name + MANIFEST_SUFFIX);
    }

    Path runs() {
        return parent.resolve(RUNS);
    }

    Path lock() {
        return runs().resolve(name + ".lock");
    }

    Path leftover() {
        return runs().resolve(name + ".part");
    }

    Staging staging(String runId) {
        return new Staging(runs().resolve(runId));
    }

    /// The staging folder of one run.
    record Staging(Path folder) {
        String runId() {
            return String.valueOf(folder.getFileName());
        }

        Path journal() {
            return folder.resolve("journal");
        }

        Path output() {
            return folder.resolve("output");
        }

        Path scratch() {
            return folder.resolve("scratch");
        }

        Path stop() {
            return folder.resolve("stop");
        }

        Path replaced() {
            return folder.resolve("replaced");
        }

        Path manifestPart() {
            return folder.resolve("manifest.part");
        }

        /// What takes the name of the output at the end.
        Path staged(JournalRecord.Begun begun) {
            return begun.singleFile() ? output().resolve(begun.output()) : output();
        }
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
