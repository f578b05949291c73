package io.cellferry.cellucid;

import io.cellferry.failure.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects what a check finds; at most one finding per kind and file part, and a bounded number per file.
final class Findings {

    /// The source has no more what the export was made from.
    static final String LACKING = "cellucid.source.lacks";

    private final String remedy;
    private final List<Problem> problems = new ArrayList<>();

    private Findings(String remedy) {
        this.remedy = remedy;
    }

    /// Of an export alone.
    static Findings ofExport() {
        return new Findings("Export the data set again.");
    }

    /// Of an export beside the data set it was made from, which may be another one.
    static Findings besideSource() {
        return new Findings(
                "Make sure it is this input the export was made from; if it is, export the data set again.");
    }

    void add(String code, String where, String found) {
        problems.add(Problem.refusal(code, where, found, remedy));
    }

    /// Whether the source has no `element` at `path` any more, which is a finding.
    boolean lacks(Optional<?> element, String path) {
        if (element.isEmpty()) {
            add(LACKING, path, "The source has nothing of this name that could be compared.");
        }
        return element.isEmpty();
    }

    void warn(String code, String where, String found, String advice) {
        problems.add(Problem.warning(code, where, found, advice));
    }

    void note(String code, String where, String found, String advice) {
        problems.add(Problem.note(code, where, found, advice));
    }

    List<Problem> all() {
        return List.copyOf(problems);
    }
}
