package io.cellferry.launch.cli;

import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.jobs.FactSheet;
import io.cellferry.storage.StandardOutput;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Where words go: results to standard output, messages to standard error.
final class Console {

    private static final int MOST_WARNINGS = 20;

    private final StandardOutput output;
    private final PrintStream results;
    private final PrintStream messages;
    private boolean quiet;

    Console(StandardOutput output, PrintStream messages) {
        this.output = output;
        this.results = new PrintStream(output, true, StandardCharsets.UTF_8);
        this.messages = messages;
    }

    void quiet(boolean quiet) {
        this.quiet = quiet;
    }

    PrintStream messages() {
        return messages;
    }

    PrintStream results() {
        return results;
    }

    void say(String line) {
        if (!quiet) {
            messages.println("cellferry: " + printable(line));
        }
    }

    void result(String line) {
        results.println(printable(line));
        results.flush();
    }

    /// Names of files and annotations may hold what a terminal takes for commands.
    static String printable(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]", "\uFFFD");
    }

    /// Why results did not get through.
    Optional<IOException> lost() {
        results.flush();
        return output.failure();
    }

    void json(Map<String, ?> value) {
        result(JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(value));
    }

    void refusal(Refusal refusal) {
        messages.println(
                "cellferry: " + printable(String.valueOf(refusal.getMessage())).replace("\n", "\n           "));
        messages.println("  to do: " + printable(refusal.remedy()));
    }

    void defect(Throwable defect, String logFile) {
        messages.println("cellferry: a defect of ours: " + defect);
        messages.println("  to do: please report it with the log " + logFile + "; the same command continues the run.");
    }

    void sheet(FactSheet sheet) {
        result(sheet.title());
        for (FactSheet.Table table : sheet.tables()) {
            result("");
            result(table.title());
            TextTable.lines(table).forEach(line -> result("  " + line));
        }
        if (!sheet.problems().isEmpty()) {
            result("");
            problems(sheet.problems());
        }
    }

    void problems(List<Problem> problems) {
        for (Problem problem : problems) {
            result("%s %s".formatted(word(problem.severity()), problem.code()));
            result("  %s: %s".formatted(problem.where(), problem.found()));
            if (!problem.remedy().isEmpty()) {
                result("  to do: " + problem.remedy());
            }
        }
    }

    /// One line each, the first [#MOST_WARNINGS]; what to do once for all that have the same remedy. `all` names what
    /// lists every one of them.
    void warnings(String heading, List<Problem> warnings, String all) {
        if (warnings.isEmpty()) {
            return;
        }
        say(heading.formatted(warnings.size() == 1 ? "one thing" : "%,d things".formatted(warnings.size())));
        List<Problem> shown = warnings.subList(0, Math.min(MOST_WARNINGS, warnings.size()));
        shown.forEach(one -> say("  %s %s".formatted(one.where(), one.found())));
        if (shown.size() < warnings.size()) {
            say("  and %,d more; %s lists them all".formatted(warnings.size() - shown.size(), all));
        }
        shown.stream()
                .map(Problem::remedy)
                .filter(remedy -> !remedy.isEmpty())
                .distinct()
                .forEach(remedy -> say("  to do: " + remedy));
    }

    static List<Map<String, String>> jsonOf(List<Problem> problems) {
        return problems.stream()
                .map(p -> {
                    Map<String, String> one = new java.util.LinkedHashMap<>();
                    one.put("severity", word(p.severity()));
                    one.put("code", p.code());
                    one.put("where", p.where());
                    one.put("found", p.found());
                    one.put("remedy", p.remedy());
                    return one;
                })
                .toList();
    }

    private static String word(Problem.Severity severity) {
        return switch (severity) {
            case REFUSAL -> "refused";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }
}
