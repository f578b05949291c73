package io.cellferry.cellucid;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files and payload bytes are foretold exactly, and whatever speaks against an export is listed at once.
class ExportForecastTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plain-f32", "every-obs-kind", "every-obs-kind-u16", "no-genes", "no-obs", "graph-dense"})
    void filesAndPayloadBytesAreExact(String name) throws IOException {
        Recipe recipe = ParityTest.recipe(name);
        ExportSettings settings = RecipeExport.settings(recipe);
        RecipeExport.write(recipe, settings, folder);

        ExportForecast forecast = ExportForecast.of(settings, plan(recipe));

        assertThat(forecast.problems()).isEmpty();
        assertThat(forecast.files()).isEqualTo(files().size());
        assertThat(forecast.payloadBytes())
                .isEqualTo(files().stream()
                        .filter(file -> !file.toString().endsWith(".json"))
                        .mapToLong(ExportForecastTest::size)
                        .sum());
        long json = files().stream()
                .filter(file -> file.toString().endsWith(".json"))
                .mapToLong(ExportForecastTest::size)
                .sum();
        assertThat(forecast.jsonBytes()).isGreaterThanOrEqualTo(json);
    }

    @Test
    void compressionIsCountedByMeasuredRatios() {
        ExportForecast forecast = new ExportForecast(List.of(), 3, 1000, 100, 7);

        assertThat(forecast.bytesOnDisk(0.25, 0.5)).isEqualTo(7 + 250 + 50);
        assertThat(forecast.bytesOnDisk(1, 1)).isEqualTo(1107);
    }

    @Test
    void allProblemsAreListedAtOnce() {
        ExportPlan plan = new ExportPlan(
                150_000_000,
                List.of("A"),
                List.of(2, 3),
                List.of(new ExportPlan.PlannedField("clone", true, 70_000, 70_000L * 500)),
                List.of(),
                OptionalLong.of(12_000_000));

        List<Problem> problems =
                ExportForecast.of(settings(Quantization.NONE), plan).problems();

        assertThat(problems)
                .extracting(Problem::code)
                .containsExactly(
                        "cellucid.labels.many",
                        // Two embeddings, genes and fields.
                        "cellucid.limit.payload",
                        "cellucid.limit.payload",
                        "cellucid.limit.payload",
                        "cellucid.limit.payload",
                        "cellucid.limit.edges",
                        "cellucid.limit.json");
        assertThat(problems).allSatisfy(problem -> assertThat(problem.remedy()).isNotBlank());
    }

    @Test
    void theLimitsAreTheViewers() {
        // 512 MiB / 12 bytes a cell; 512 MiB / 4 bytes a cell.
        assertThat(codes(44_739_242, List.of(3), 0)).isEmpty();
        assertThat(codes(44_739_243, List.of(3), 0)).containsExactly("cellucid.limit.payload");
        // (512 MiB - 4 bytes x 100,000 cells) / 44 bytes an edge, and 48 bytes with two-byte indices.
        assertThat(codes(100_000, List.of(2), 12_192_520)).isEmpty();
        assertThat(codes(100_000, List.of(2), 12_192_521)).containsExactly("cellucid.limit.edges");
        assertThat(codes(60_000, List.of(2), 11_179_810)).isEmpty();
        assertThat(codes(60_000, List.of(2), 11_179_811)).containsExactly("cellucid.limit.edges");
    }

    @Test
    void anExportWithoutEmbeddingIsRefused() {
        assertThat(codes(10, List.of(), 0)).containsExactly("cellucid.embedding.missing");
    }

    private static List<String> codes(int cells, List<Integer> embeddings, long edges) {
        ExportPlan plan = new ExportPlan(
                cells, Collections.nCopies(3, "G"), embeddings, List.of(), List.of(), OptionalLong.of(edges));
        return ExportForecast.of(settings(Quantization.BITS_8), plan).problems().stream()
                .map(Problem::code)
                .toList();
    }

    private static ExportSettings settings(Quantization genes) {
        ExportSettings s = ExportSettingsTest.settings(OptionalInt.empty(), OptionalDouble.of(0.95), 10);
        return new ExportSettings(
                s.contract(),
                genes,
                s.obs(),
                s.obsCodes(),
                s.gzipLevel(),
                s.centroidQuantile(),
                s.centroidMinPoints(),
                s.missing(),
                s.card());
    }

    private static ExportPlan plan(Recipe recipe) {
        RecipeDataset dataset = new RecipeDataset(recipe);
        List<ExportPlan.PlannedField> fields = new ArrayList<>();
        recipe.list("obs").forEach(column -> {
            String name = column.member("name").asText();
            int labels = ObsFieldWriter.labels(dataset.obsColumn(name));
            boolean categorical = !column.member("kind").asText().equals("numbers");
            fields.add(new ExportPlan.PlannedField(name, categorical, labels, 12L * labels));
        });
        return new ExportPlan(
                recipe.cells(),
                recipe.genes().orElse(List.of()),
                recipe.list("embeddings").stream()
                        .map(e -> e.member("axes").asInt())
                        .toList(),
                fields,
                recipe.list("vectors").stream()
                        .map(v -> v.member("axes").asInt())
                        .toList(),
                recipe.graph()
                        .map(graph -> OptionalLong.of(dataset.graph().byColumn().stream()
                                        .mapToLong(column -> column.size())
                                        .sum()
                                / 2))
                        .orElse(OptionalLong.empty()));
    }

    private List<Path> files() {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
