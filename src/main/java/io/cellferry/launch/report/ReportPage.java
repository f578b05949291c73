package io.cellferry.launch.report;

import io.cellferry.failure.Problem;
import io.cellferry.jobs.FactSheet;
import io.cellferry.jobs.OptionRule;
import io.cellferry.page.Html;
import io.cellferry.storage.OutputManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The report of a run as one HTML page: nothing is fetched, no script is needed, light or dark as the reader's screen
/// is. Whatever comes from data or people is escaped.
///
/// Stays below 2 MB: tables and texts are cut to what somebody reads, pictures to [Figures#MOST_BYTES].
final class ReportPage {

    private static final int MOST_FILES = 12;
    private static final int MOST_ROWS = 40;

    private final RunFacts facts;
    private final StringBuilder page = new StringBuilder(1 << 16);
    private final Tables tables = new Tables(page);

    private ReportPage(RunFacts facts) {
        this.facts = facts;
    }

    static String of(RunFacts facts) {
        ReportPage report = new ReportPage(facts);
        report.head();
        report.summary();
        new Figures(report.page).add(facts.pictures());
        new StepsSection(facts, report.page, report.tables).add();
        report.remarks();
        report.parameters();
        report.output();
        report.input();
        facts.profile().ifPresent(profile -> new ProfileSection(report.page, report.tables).add(profile));
        report.versions();
        report.page.append("</main>\n</body></html>\n");
        return report.page.toString();
    }

    private void head() {
        String title = "%s: %s"
                .formatted(facts.subject().request().job(), facts.subject().name());
        page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
                .append(Html.escaped(title))
                .append("</title>\n<style>\n")
                .append(ReportStyle.CSS)
                .append("</style></head>\n<body>\n<main>\n<header>\n<p class=\"job\">")
                .append(Html.escaped(facts.subject().request().job()))
                .append("</p>\n<h1>")
                .append(Html.escaped(facts.subject().name()))
                .append("</h1>\n<p><span class=\"end ")
                .append(
                        facts.ending().reason().isPresent()
                                ? "bad"
                                : facts.ending().published() ? "good" : "wait")
                .append("\">")
                .append(Html.escaped(facts.ending().shown()))
                .append("</span> ")
                .append(Html.escaped("%s, %s"
                        .formatted(
                                Words.time(facts.attempt().lastHeard()),
                                Words.seconds(facts.ending().took()))))
                .append("</p>\n</header>\n");
        if (!facts.ending().found().isEmpty() || !facts.ending().remedy().isEmpty()) {
            page.append("<section class=\"reason\" aria-label=\"How it ended\">\n");
            facts.ending().found().lines().limit(MOST_ROWS).forEach(this::paragraph);
            page.append("<p><strong>To do:</strong> ")
                    .append(Html.escaped(Words.cut(facts.ending().remedy())))
                    .append("</p>\n</section>\n");
        }
    }

    private void paragraph(String text) {
        page.append("<p>").append(Html.escaped(Words.cut(text))).append("</p>\n");
    }

    private void summary() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("run", facts.subject().runId());
        all.put("input", facts.subject().request().input().toString());
        all.put("output", facts.subject().request().output().toString());
        facts.output().ifPresent(output -> all.put("published", published(output)));
        long kept = facts.ending().keptUnits();
        all.put(
                "units of work",
                "%,d done now".formatted(facts.ending().doneUnits())
                        + (kept > 0 ? ", %,d kept from earlier attempts".formatted(kept) : ""));
        all.put("time", Words.seconds(facts.ending().took()));
        all.put("processor time", Words.seconds(facts.attempt().processorSeconds()));
        all.put(
                "most memory resident",
                "%s of %s promised"
                        .formatted(
                                Words.bytes(facts.attempt().peakResidentBytes()),
                                Words.bytes(facts.subject().room().memoryBytes())));
        all.put("log", facts.subject().log().toString());
        page.append("<dl>\n");
        all.forEach((name, value) -> page.append("<div><dt>")
                .append(Html.escaped(name))
                .append("</dt><dd>")
                .append(Html.escaped(value))
                .append("</dd></div>\n"));
        page.append("</dl>\n");
    }

    private static String published(OutputManifest output) {
        return "%s, %s".formatted(Words.files(output.files().size()), Words.bytes(bytes(output)));
    }

    private static long bytes(OutputManifest output) {
        return output.files().stream()
                .mapToLong(OutputManifest.FileEntry::bytes)
                .sum();
    }

    private void heading(String text) {
        page.append("<h2>").append(Html.escaped(text)).append("</h2>\n");
    }

    private void remarks() {
        List<List<String>> rows = facts.timings().remarks().stream()
                .limit(MOST_ROWS)
                .map(problem -> List.of(severity(problem), problem.where(), problem.found(), problem.remedy()))
                .toList();
        if (!rows.isEmpty()) {
            heading("Remarks");
            int all = facts.timings().remarks().size();
            tables.table(
                    "What the plan had to say of input and request" + firstOf(rows.size(), all),
                    List.of("kind", "where", "found", "to do"),
                    rows);
        }
    }

    private static String severity(Problem problem) {
        return switch (problem.severity()) {
            case REFUSAL -> "refused";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }

    private void parameters() {
        heading("Parameters");
        List<List<String>> given = new ArrayList<>();
        List<List<String>> standard = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (OptionRule rule : facts.subject().job().options()) {
            String name = "--" + rule.name();
            List<String> values = facts.subject().request().options().texts(rule.name());
            if (!values.equals(rule.standard().map(List::of).orElse(List.of()))) {
                given.add(List.of(
                        name,
                        String.join(", ", values),
                        "given",
                        rule.standard().orElse("")));
            } else if (rule.standard().isPresent()) {
                standard.add(List.of(
                        name, rule.standard().get(), "standard", rule.standard().get()));
            } else {
                open.add(name);
            }
        }
        given.addAll(standard);
        tables.table("Options of this run", List.of("option", "value", "origin", "standard value"), given);
        if (!open.isEmpty()) {
            page.append("<p class=\"names\">Not given, and without a standard value: ")
                    .append(open.stream()
                            .map(name -> "<span>" + Html.escaped(name) + "</span>")
                            .collect(Collectors.joining(", ")))
                    .append(".</p>\n");
        }
    }

    private void output() {
        if (facts.output().isEmpty()) {
            return;
        }
        heading("Output");
        OutputManifest output = facts.output().get();
        List<List<String>> rows = output.files().stream()
                .sorted(Comparator.comparingLong(OutputManifest.FileEntry::bytes)
                        .reversed())
                .limit(MOST_FILES)
                .map(file -> List.of(file.path(), Words.bytes(file.bytes()), file.sha256()))
                .toList();
        tables.table(
                "%s, %s in all; the biggest first"
                        .formatted(Words.files(output.files().size()), Words.bytes(bytes(output))),
                List.of("file", "size", "SHA-256"),
                rows);
        List<List<String>> origin = OriginRows.of(output.details());
        List<List<String>> shown = origin.subList(0, Math.min(origin.size(), MOST_ROWS));
        tables.table("What it was made from" + firstOf(shown.size(), origin.size()), List.of("fact", "value"), shown);
    }

    private void input() {
        heading("Input");
        tables.table(
                "When this attempt began",
                List.of("fact", "value"),
                List.of(
                        List.of("files", "%,d".formatted(facts.subject().input().files())),
                        List.of("size", Words.bytes(facts.subject().input().bytes())),
                        List.of(
                                "last modified",
                                Words.time(facts.subject().input().lastModified()))));
        facts.sheet().ifPresent(sheet -> {
            for (FactSheet.Table table : sheet.tables()) {
                int shown = Math.min(MOST_ROWS, table.rows().size());
                tables.table(
                        table.title() + firstOf(shown, table.rows().size()),
                        table.columns(),
                        table.rows().subList(0, shown));
            }
        });
    }

    private void versions() {
        heading("Versions");
        Runtime runtime = Runtime.getRuntime();
        tables.table(
                "What it ran on",
                List.of("what", "version"),
                List.of(
                        List.of("cellferry", facts.subject().toolVersion()),
                        List.of("Java", property("java.vm.name") + " " + property("java.runtime.version")),
                        List.of(
                                "system",
                                property("os.name") + " " + property("os.version") + " " + property("os.arch")),
                        List.of(
                                "machine",
                                "%d processors, %d workers, %s of heap"
                                        .formatted(
                                                runtime.availableProcessors(),
                                                facts.subject().room().threads(),
                                                Words.bytes(runtime.maxMemory())))));
    }

    /// What the caption of a table adds that shows `shown` rows of `all`.
    private static String firstOf(int shown, int all) {
        return shown < all ? ", the first %,d of %,d".formatted(shown, all) : "";
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }
}
