package io.cellferry.jobs.cellucidexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.RunProgress;
import io.cellferry.jobs.StepProgress;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.TestRuns;
import io.cellferry.restart.TinyExport;
import io.cellferry.restart.TinyHvg;
import io.cellferry.storage.OutputManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `--genes hvg:N` exports the genes that the job `hvg` chooses, and says so before and afterwards.
class VariableGenesTest {

    private static final Path DEMO = Path.of("jobs/data/demo.h5ad").toAbsolutePath();

    @AutoClose
    private static final TestRuns RUNS = new TestRuns("variable-genes", TinyExport.JOB, TinyHvg.JOB);

    @ParameterizedTest
    @ValueSource(strings = {"seurat", "seurat_v3", "pearson_residuals"})
    void theGenesAreThoseThatTheJobChooses(String flavor) throws IOException {
        boolean counts = !flavor.equals("seurat");
        Map<String, String> choosing = new HashMap<>(Map.of("flavor", flavor, "batch-key", "donor"));
        if (counts) {
            choosing.put("matrix", "layers/counts");
        }
        Map<String, String> exporting = new HashMap<>(Map.of("genes", "hvg:70"));
        choosing.forEach((name, value) -> exporting.put("hvg-" + name, value));
        choosing.put("top", "70");
        Path export = RUNS.at(flavor);
        Path table = RUNS.at(flavor + ".csv");

        assertThat(RUNS.run(TinyExport.request(DEMO, export, exporting)).reason())
                .isEmpty();
        assertThat(RUNS.run(TinyHvg.request(DEMO, table, choosing)).reason()).isEmpty();

        List<String> chosen = chosen(table);
        assertThat(chosen).hasSize(70);
        assertThat(exported(export)).isEqualTo(chosen);
        Map<String, Object> details = OutputManifest.read(export).orElseThrow().details();
        assertThat(details).containsEntry("genes", 70);
        JsonNode selection = JsonMapper.builder().build().valueToTree(details.get("selection"));
        assertThat(selection.path("flavor").asString()).isEqualTo(flavor);
        assertThat(selection.path("genes").valueStream().map(gene -> gene.path("gene")
                        .asString()))
                .isEqualTo(chosen);
        assertThat(TinyExport.JOB.verify(export, Optional.of(DEMO), new CheckDepth.Full()))
                .noneMatch(Problem::refuses);
    }

    @Test
    void thePlanSaysHowGenesAreChosenAndCountsWhatThatTakes() {
        JobPlan plain = plan(Map.of());
        JobPlan choosing = plan(Map.of("genes", "hvg:70"));

        assertThat(choosing.problems()).noneMatch(Problem::refuses);
        assertThat(choosing.sheet().tables().getFirst().rows())
                .anySatisfy(row -> assertThat(row.getLast()).contains("seurat of X"));
        assertThat(choosing.scratchBytes()).isGreaterThan(plain.scratchBytes());
        assertThat(choosing.units()).isGreaterThan(4);
        assertThat(choosing.files()).isLessThan(plain.files());
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        assertThatThrownBy(() -> check(Map.of("hvg-flavor", "seurat")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("--hvg-flavor");
        assertThatThrownBy(() -> check(Map.of("genes", "hvg:many")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("hvg:many");
        assertThatThrownBy(() -> check(Map.of("genes", "hvg:5", "matrix", "none")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("--matrix none");
        assertThat(plan(Map.of("genes", "hvg:5", "hvg-batch-key", "doner")).problems())
                .anySatisfy(problem -> assertThat(problem.found()).contains("--hvg-batch-key"));
        assertThat(plan(Map.of("genes", "hvg:5", "hvg-flavor", "seurat_v3")).problems())
                .anySatisfy(problem -> assertThat(problem.found()).contains("no whole numbers"));
    }

    /// What led to the choice is not looked at again, but it was done: the steps together keep what the journal keeps.
    @ParameterizedTest
    @ValueSource(strings = {"seurat", "pearson_residuals"})
    void aResumedRunCountsEveryUnitOfChoosingAsKept(String flavor) {
        Map<String, String> said = new HashMap<>(Map.of("genes", "hvg:20", "hvg-flavor", flavor, "obs-keys", "donor"));
        said.put("hvg-matrix", "layers/counts");
        if (flavor.equals("seurat")) {
            said.put("hvg-log-normalize", "median");
        }
        int resumedBehindTheChoice = 0;
        boolean ended = false;
        for (int units = 1; !ended; units += 3) {
            RunRequest request = TinyExport.request(DEMO, RUNS.at(flavor + "-stopped-" + units), said);
            AtomicInteger left = new AtomicInteger(units);
            RunProgress first = new RunProgress();
            ended = RUNS.run(request, TestRuns.ROOM, first, () -> left.getAndDecrement() <= 0)
                            .end()
                    == RunOutcome.End.DONE;
            if (!ended) {
                RunProgress resumed = new RunProgress();
                assertThat(RUNS.run(request, TestRuns.ROOM, resumed, () -> false)
                                .end())
                        .isEqualTo(RunOutcome.End.DONE);

                long kept = resumed.steps().stream()
                        .mapToLong(StepProgress::keptUnits)
                        .sum();
                assertThat(kept)
                        .as("after %d units: %s", units, resumed.steps())
                        .isEqualTo(resumed.keptUnits());
                assertThat(resumed.plannedUnits()).isEqualTo(resumed.keptUnits() + resumed.doneUnits());
                if (first.steps().stream().anyMatch(step -> step.name().equals("select") && step.doneUnits() == 1)) {
                    resumedBehindTheChoice++;
                }
            }
        }
        assertThat(resumedBehindTheChoice).isPositive();
    }

    private static void check(Map<String, String> said) {
        TinyExport.JOB.check(TinyExport.request(DEMO, RUNS.at("refused"), said).request());
    }

    private static JobPlan plan(Map<String, String> said) {
        return TinyExport.JOB.plan(
                TinyExport.request(DEMO, RUNS.at("planned"), said).request(), TestRuns.ROOM);
    }

    private static List<String> exported(Path export) throws IOException {
        JsonNode manifest =
                JsonMapper.builder().build().readTree(Files.readString(export.resolve("var_manifest.json")));
        List<String> names = new ArrayList<>();
        manifest.path("fields").forEach(field -> names.add(field.path(1).asString()));
        return names;
    }

    private static List<String> chosen(Path table) throws IOException {
        List<String> lines = Files.readAllLines(table);
        int flag = List.of(lines.getFirst().split(",", -1)).indexOf("highly_variable");
        return lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(row -> row[flag].equals("True"))
                .map(row -> row[0])
                .toList();
    }
}
