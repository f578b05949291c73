package io.cellferry.jobs.planning;

import io.cellferry.dataset.Catalogue;
import io.cellferry.failure.Problem;
import java.util.List;
import java.util.Set;

/// What the reader found wrong with the input, as it matters for one export: a refusal about a part that is not
/// exported is no more than a note.
public final class RelevantProblems {

    private static final List<String> PARTS =
            List.of("X", "raw", "layers/", "obsm/", "varm/", "obsp/", "varp/", "uns", "obs/", "var/");

    private RelevantProblems() {}

    /// `used` holds the paths the export reads (`X`, `obsm/X_umap`, `obs/leiden`).
    public static List<Problem> of(Catalogue catalogue, Set<String> used) {
        return catalogue.problems().stream()
                .map(problem -> problem.refuses() && isOtherPart(problem.where(), used)
                        ? Problem.note(problem.code(), problem.where(), problem.found() + " It is not exported.", "")
                        : problem)
                .toList();
    }

    private static boolean isOtherPart(String where, Set<String> used) {
        boolean isPart = PARTS.stream().anyMatch(where::startsWith);
        return isPart && used.stream().noneMatch(path -> where.equals(path) || where.startsWith(path + "/"));
    }
}
