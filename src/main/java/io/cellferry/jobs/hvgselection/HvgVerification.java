package io.cellferry.jobs.hvgselection;

import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `verify` adds to the comparison of files with their manifest: nothing without the input; with it, what it would
/// take is said.
final class HvgVerification {

    private HvgVerification() {}

    static List<Problem> of(Path output, Optional<Path> input) {
        return input.isEmpty()
                ? List.of()
                : List.of(Problem.note(
                        "verify.against",
                        output.toString(),
                        "scores are not computed again.",
                        "Run `cellferry hvg` with the same options into another output: the files are the same."));
    }
}
