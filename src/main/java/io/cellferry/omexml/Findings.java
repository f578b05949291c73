package io.cellferry.omexml;

import io.cellferry.failure.Problem;
import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with one description. Thousands of planes may share a mistake, so only the first hundred
/// problems are listed and the others counted.
final class Findings {

    private static final int MOST_LISTED = 100;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private long unlisted;

    Findings(String file) {
        this.file = file;
    }

    void warn(String code, String place, String found, String remedy) {
        add(Problem.warning(code, file + ": " + place, found, remedy));
    }

    void note(String code, String place, String found, String remedy) {
        add(Problem.note(code, file + ": " + place, found, remedy));
    }

    private void add(Problem problem) {
        if (problems.size() < MOST_LISTED) {
            problems.add(problem);
        } else {
            unlisted++;
        }
    }

    List<Problem> all() {
        List<Problem> all = new ArrayList<>(problems);
        if (unlisted > 0) {
            all.add(Problem.warning(
                    "input.ome.more",
                    file + ": OME-XML",
                    "%,d more problems like these".formatted(unlisted),
                    "Correct the ones listed first."));
        }
        return all;
    }
}
