package io.cellferry.launch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.jobs.FactSheet;
import io.cellferry.jobs.StepProgress;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.profile.ProfileSummary;
import io.cellferry.page.Picture;
import io.cellferry.restart.TinyExport;
import io.cellferry.storage.InputFingerprint;
import io.cellferry.storage.OutputManifest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A report says everything, fetches nothing, and takes nothing that people or data say for more than text.
class ReportPageTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final String EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";
    private static final String HASH = "0".repeat(64);

    @Test
    void whateverComesFromDataOrPeopleIsOnlyText() {
        Picture picture = new Picture(
                EVIL,
                EVIL,
                EVIL,
                new Picture.Pixels(new byte[3], 1, 1, 1, true),
                List.of(new Picture.Key(1, EVIL, EVIL)));
        FactSheet sheet = new FactSheet(
                EVIL, List.of(new FactSheet.Table(EVIL, List.of(EVIL), List.of(List.of(EVIL)))), List.of(), Map.of());
        RunFacts facts = new RunFacts(
                subject(EVIL.replace("/", "")),
                new Ending("failed", false, Optional.of(new InputRefused(EVIL, EVIL)), 0, 1, Duration.ofSeconds(2)),
                Optional.of(sheet),
                Optional.of(
                        manifest(List.of(new OutputManifest.FileEntry(EVIL, 5, HASH)), Map.of(EVIL, List.of(EVIL)))),
                timings(attempt("failed", EVIL, step(EVIL)))
                        .remarking(List.of(Problem.warning(EVIL, EVIL, EVIL, EVIL))),
                List.of(picture),
                Optional.of(new ProfileSummary(
                        Path.of("/x"),
                        1,
                        List.of(new ProfileSummary.Spot(EVIL, 1, 1)),
                        1,
                        List.of(new ProfileSummary.Spot(EVIL, 1, 1)),
                        0,
                        Duration.ZERO,
                        Duration.ZERO,
                        0)));

        String page = ReportPage.of(facts);

        assertThat(page).doesNotContain("<script").doesNotContain("<img src").contains("&lt;script&gt;");
        assertThat(page).doesNotContain("onerror=alert(1)>");
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(MultiqcTable.of(facts))
                        .path("data")
                        .propertyNames())
                .hasSize(1);
    }

    @Test
    void nothingIsFetchedAndHugeFactsStayBelowTwoMegabytes() {
        String longText = "word ".repeat(100_000);
        List<OutputManifest.FileEntry> files = IntStream.range(0, 5_000)
                .mapToObj(i -> new OutputManifest.FileEntry("var/%04d.bin".formatted(i), i, HASH))
                .toList();
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            attempts.add(attempt("stopped", longText, step("genes")));
        }
        Timings timings = timings(attempts.toArray(new Attempt[0]))
                .remarking(IntStream.range(0, 500)
                        .mapToObj(i -> Problem.note("a.b", longText, longText, ""))
                        .toList());
        List<Picture> pictures = IntStream.range(0, 5)
                .mapToObj(i -> new Picture(
                        "p" + i, "", "", new Picture.Pixels(new byte[400_000], 10, 10, 1, false), List.of()))
                .toList();
        FactSheet sheet = new FactSheet(
                "",
                List.of(new FactSheet.Table(
                        "columns",
                        List.of("name"),
                        IntStream.range(0, 20_000)
                                .mapToObj(i -> List.of("column-" + i))
                                .toList())),
                List.of(),
                Map.of());
        RunFacts facts = new RunFacts(
                subject("out"),
                new Ending("done", true, Optional.empty(), 3, 1, Duration.ofHours(2)),
                Optional.of(sheet),
                Optional.of(manifest(files, Map.of())),
                timings,
                pictures,
                Optional.empty());

        String page = ReportPage.of(facts);

        assertThat(page.length()).isLessThan(2_000_000);
        assertThat(page)
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("<link")
                .doesNotContain("url(")
                .contains("prefers-color-scheme: dark")
                .contains("5,000 files")
                .contains("var/4999.bin")
                .doesNotContain("var/0017.bin")
                .contains("3 more would make this page too heavy");
        assertThat(timings.attempts()).hasSize(100);
        assertThat(timings.forgotten()).isEqualTo(200);
    }

    @Test
    void stepsTellThisAttemptAndAllOfThem() {
        StepProgress before = new StepProgress("genes", 10, 4, 0, 400, at(0), Optional.empty());
        StepProgress now = new StepProgress("genes", 10, 6, 4, 600, at(100), at(160));
        Attempt killed = new Attempt(NOON, NOON.plusSeconds(30), Attempt.UNHEARD, "", 1, 1, List.of(before));
        Attempt last = new Attempt(NOON.plusSeconds(100), NOON.plusSeconds(170), "done", "", 1, 1, List.of(now));

        String page = ReportPage.of(facts(timings(killed, last), Optional.empty(), true));

        assertThat(page)
                .contains("killed or cut off")
                .containsPattern("genes</th><td>ended</td><td class=\"n\">10</td><td class=\"n\">6</td>"
                        + "<td class=\"n\">4</td><td class=\"n\">600 B</td><td class=\"n\">1 min 0 s</td>"
                        + "<td class=\"n\">1 min 30 s</td>");
    }

    @Test
    void everyEndIsNamedWithItsRemedy() {
        Timings one = timings(attempt("x", "", step("obs")));
        Optional<Throwable> reason = Optional.of(new InputRefused("R003 is left out: torn", "Copy it again."));

        assertThat(ReportPage.of(facts(one, Optional.empty(), true)))
                .contains(">done</span>")
                .doesNotContain("To do");
        assertThat(ReportPage.of(facts(one, reason, true)))
                .contains("done, with something left out")
                .contains("R003 is left out: torn")
                .contains("Copy it again.");
        assertThat(ReportPage.of(facts(one, Optional.empty(), false)))
                .contains(">stopped</span>")
                .contains("The same command continues the run.");
        assertThat(ReportPage.of(facts(one, Optional.of(new IllegalStateException("oh")), false)))
                .contains("A defect of cellferry");
    }

    @Test
    void optionsSayWhetherTheyAreGivenOrStandard() {
        String page = ReportPage.of(facts(timings(attempt("done", "", step("obs"))), Optional.empty(), true));

        assertThat(page)
                .contains("--quantize-genes</th><td>8</td><td>given</td><td>none</td>")
                .contains("--gzip</th><td>none</td><td>standard</td><td>none</td>");
    }

    @Test
    void multiqcFindsOneRowOfATable() {
        RunFacts facts = facts(timings(attempt("done", "", step("obs"))), Optional.empty(), true);

        JsonNode table = JsonMapper.builder().build().readTree(MultiqcTable.of(facts));

        assertThat(table.path("id").asString()).isEqualTo("cellferry_runs");
        assertThat(table.path("section_name").asString()).isEqualTo("cellferry");
        assertThat(table.path("plot_type").asString()).isEqualTo("table");
        assertThat(table.path("description").asString()).isNotEmpty();
        JsonNode row = table.path("data").path("out (0123456789abcdef)");
        assertThat(row.path("end").asString()).isEqualTo("done");
        assertThat(row.path("seconds").asDouble()).isEqualTo(2);
        row.propertyNames()
                .forEach(column ->
                        assertThat(table.path("headers").has(column)).as(column).isTrue());
    }

    private static RunFacts facts(Timings timings, Optional<Throwable> reason, boolean published) {
        String word = published ? "done" : reason.isPresent() ? "failed" : "stopped";
        return new RunFacts(
                subject("out"),
                new Ending(word, published, reason, 4, 6, Duration.ofSeconds(2)),
                Optional.empty(),
                Optional.empty(),
                timings,
                List.of(),
                Optional.empty());
    }

    private static Subject subject(String output) {
        RunRequest run = TinyExport.request(TinyExport.TINY, Path.of("/tmp").resolve(output));
        return new Subject(
                run.job(),
                run.request(),
                "0123456789abcdef",
                "1.0",
                TinyExport.room(2),
                fingerprint(),
                Path.of("/state/logs/x.log"));
    }

    private static InputFingerprint fingerprint() {
        return new InputFingerprint(1, 1000, NOON, HASH, HASH);
    }

    private static OutputManifest manifest(List<OutputManifest.FileEntry> files, Map<String, Object> details) {
        return new OutputManifest(1, "0123456789abcdef", "1.0", NOON, fingerprint(), details, files);
    }

    private static Timings timings(Attempt... attempts) {
        Timings timings = Timings.NONE;
        for (Attempt attempt : attempts) {
            timings = timings.with(attempt);
        }
        return timings;
    }

    private static Attempt attempt(String end, String message, StepProgress... steps) {
        return new Attempt(NOON, NOON.plusSeconds(2), end, message, 1.5, 1 << 20, List.of(steps));
    }

    private static StepProgress step(String name) {
        return new StepProgress(name, 1, 1, 0, 100, at(0), at(1));
    }

    private static Optional<Instant> at(int seconds) {
        return Optional.of(NOON.plusSeconds(seconds));
    }
}
