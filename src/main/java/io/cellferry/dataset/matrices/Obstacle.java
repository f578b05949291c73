package io.cellferry.dataset.matrices;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.nio.file.Path;

/// What keeps a part of a file from being used, in its two shapes: listed by `inspect` beside all others, and thrown
/// when the part is asked for. Both say the same.
public final class Obstacle {

    private Obstacle() {}

    /// The obstacle as the refusal of whoever asked for the part.
    public static InputRefused refusal(Path file, Problem problem) {
        return new InputRefused("%s: %s: %s".formatted(file, problem.where(), problem.found()), problem.remedy());
    }

    /// The refusal met while looking at a part, as a listed problem. Its message starts with the file, which a problem
    /// does not name.
    public static Problem listed(Path file, String code, String where, InputRefused refusal) {
        String found = String.valueOf(refusal.getMessage());
        String named = file + ": ";
        return Problem.refusal(
                code, where, found.startsWith(named) ? found.substring(named.length()) : found, refusal.remedy());
    }

    /// The same finding about a part that a conversion can do without.
    public static Problem optional(Problem problem) {
        return problem.refuses()
                ? Problem.warning(problem.code(), problem.where(), problem.found(), problem.remedy())
                : problem;
    }
}
