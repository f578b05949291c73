package io.cellferry.cellucid;

import io.cellferry.failure.Problem;
import java.util.ArrayList;
import java.util.List;

/// Collects what a check finds; at most one finding per kind and file part, and a bounded number per file.
final class Findings {

    private static final String EXPORT_AGAIN = "Export the data set again.";

    private final List<Problem> problems = new ArrayList<>();

    void add(String code, String where, String found) {
        problems.add(Problem.refusal(code, where, found, EXPORT_AGAIN));
    }

    void warn(String code, String where, String found, String remedy) {
        problems.add(Problem.warning(code, where, found, remedy));
    }

    void note(String code, String where, String found, String remedy) {
        problems.add(Problem.note(code, where, found, remedy));
    }

    List<Problem> all() {
        return List.copyOf(problems);
    }
}
