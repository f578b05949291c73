package io.cellferry.storage;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Why a run is not opened, in words.
final class OpeningRefusals {

    private OpeningRefusals() {}

    static InputRefused inputChangedSinceStart(RunTarget target, JournalRecord.Begun begun) {
        return new InputRefused(
                "%s: the unfinished run %s began at %s with another state of its input: %s."
                        .formatted(
                                target.output(),
                                target.runId(),
                                begun.startedAt(),
                                words(begun.input(), target.input())),
                "Bring the input back to that state and run the same command again, or start over with --replace.");
    }

    static InputRefused inputChangedSincePublished(RunTarget target, OutputManifest manifest) {
        return new InputRefused(
                "%s: expected the input it was made from, found another state of it: %s."
                        .formatted(target.output(), words(manifest.input(), target.input())),
                "Choose another output, or make it again from the present input with --replace.");
    }

    private static String words(InputFingerprint then, InputFingerprint now) {
        List<String> differences = then.differences(now);
        return String.join("; ", differences);
    }

    static RequestRefused occupied(RunTarget target, Optional<OutputManifest> manifest) {
        String expected = "%s: expected no output yet, found ".formatted(target.output());
        return manifest.map(made -> new RequestRefused(
                        expected + "the output of another request (run %s).".formatted(made.runId()),
                        "Choose another output, or allow this one to be replaced with --replace."))
                .orElseGet(
                        () -> new RequestRefused(
                                expected + "something there that has no readable cellferry manifest.",
                                "Choose another output, or move away what is there; only what cellferry has made is replaced."));
    }

    static RequestRefused otherRun(RunTarget target, String otherRunId) {
        return new RequestRefused(
                "%s: expected no other work on it, found the unfinished run %s of another request."
                        .formatted(target.output(), otherRunId),
                "Finish that run with cellferry resume %1$s or give it up with cellferry clean %1$s; --replace discards it, also where it came with a folder that was moved or copied."
                        .formatted(otherRunId));
    }

    static RequestRefused noWorkFolder(Path workFolder) {
        return new RequestRefused(
                "%s: expected a folder for scratch files, found none.".formatted(workFolder),
                "Create it, or choose another --work-dir.");
    }

    static RequestRefused noSuchRun(Path output, String runId) {
        return new RequestRefused(
                "%s: expected the unfinished run %s beside it, found none.".formatted(output, runId),
                "See cellferry runs for the runs that are unfinished.");
    }
}
