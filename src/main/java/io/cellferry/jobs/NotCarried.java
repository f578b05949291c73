package io.cellferry.jobs;

import io.cellferry.failure.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an output lacks of its input although the run did what was asked, as the manifest keeps it: by name, with what
/// was found and what to do.
///
/// Other than [RunContext#LEFT_OUT] it does not change the exit code: it was foretold, and nobody could mend it.
public final class NotCarried {

    /// Stands in manifests: published.
    private static final String KEY = "notCarried";

    private NotCarried() {}

    /// Adds `problems` to the details of a publication.
    public static void put(Map<String, Object> details, List<Problem> problems) {
        details.put(KEY, problems.stream().map(NotCarried::json).toList());
    }

    private static Map<String, Object> json(Problem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", problem.code());
        json.put("where", problem.where());
        json.put("found", problem.found());
        json.put("remedy", problem.remedy());
        return json;
    }

    /// Those in the details of a publication; none where it has none.
    public static List<Problem> in(Map<String, Object> details) {
        List<Problem> problems = new ArrayList<>();
        if (details.get(KEY) instanceof List<?> all) {
            for (Object one : all) {
                if (one instanceof Map<?, ?> json) {
                    problems.add(Problem.warning(
                            text(json, "code"), text(json, "where"), text(json, "found"), text(json, "remedy")));
                }
            }
        }
        return problems;
    }

    private static String text(Map<?, ?> json, String name) {
        return json.get(name) instanceof String text ? text : "";
    }
}
