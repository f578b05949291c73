package io.cellferry.jobs.hvgselection;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.Opened;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.TestRuns;
import io.cellferry.restart.FolderContents;
import io.cellferry.restart.TinyHvg;
import io.cellferry.restart.TinyTranspose;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole job chooses the genes that scanpy chose, on any machine, and says what is wrong before it starts. That the
/// scores agree to the last digits is checked where they are computed.
class HighlyVariableGenesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/hvg").toAbsolutePath();
    private static final MachineRoom ROOM = new MachineRoom(512L << 20, 256L << 20, 2, Optional.empty());

    @AutoClose
    private static final TestRuns RUNS = new TestRuns("hvg", TinyHvg.JOB, TinyTranspose.JOB);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nb_tiny__seurat__topcut__all",
                "nb_tiny__seurat__top40__batch",
                "nb_tiny__cell_ranger__topcut__batch",
                "nb_tiny__seurat_v3__top40__all",
                "nb_tiny__seurat_v3__top40__batch",
                "nb_tiny__seurat_v3_paper__top40__batch",
                "nb_tiny__pearson_residuals__top40__all",
                "nb_tiny__pearson_residuals__top40__batch",
                "nb_batches__seurat_v3__top200__batch",
            })
    void theGenesAreThoseOfScanpy(String golden) throws IOException {
        String[] parts = golden.split("__");
        Map<String, String> said = new HashMap<>(Map.of("flavor", parts[1]));
        if (!parts[2].equals("topcut")) {
            said.put("top", parts[2].substring("top".length()));
        }
        if (parts[3].equals("batch")) {
            said.put("batch-key", "batch");
        }
        if (!parts[1].equals("seurat") && !parts[1].equals("cell_ranger")) {
            said.put("matrix", "layers/counts");
        }
        Path output = RUNS.at(golden + ".csv");

        assertThat(run(input(parts[0]), output, said, ROOM).reason()).isEmpty();

        assertThat(output).isRegularFile();
        List<String> expected = chosen(lines(GOLDEN.resolve("expected").resolve(golden + ".csv.gz")));
        assertThat(expected).isNotEmpty();
        assertThat(chosen(Files.readAllLines(output))).isEqualTo(expected);
    }

    /// Names of the rows whose `highly_variable` is true, in order.
    private static List<String> chosen(List<String> lines) {
        List<String> names = List.of(lines.getFirst().replace("\"", "").split(",", -1));
        int flag = names.indexOf("highly_variable");
        assertThat(flag).isPositive();
        return lines.stream()
                .skip(1)
                .map(line -> line.replace("\"", "").split(",", -1))
                .filter(row -> row[flag].equals("True"))
                .map(row -> row[0])
                .toList();
    }

    private static List<String> lines(Path file) throws IOException {
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"seurat_v3", "pearson_residuals", "seurat"})
    void theTableIsTheSameForAnyNumberOfThreadsAndAnyMemory(String flavor) throws IOException {
        Map<String, String> said = new HashMap<>(Map.of("flavor", flavor, "batch-key", "batch", "top", "40"));
        said.put("matrix", "layers/counts");
        if (flavor.equals("seurat")) {
            said.put("log-normalize", "median");
        }
        TreeSet<String> tables = new TreeSet<>();
        // The last room has space for one batch at a time.
        List<MachineRoom> rooms = List.of(
                ROOM,
                new MachineRoom(512L << 20, 256L << 20, 3, Optional.empty()),
                new MachineRoom(200L << 20, 41L << 20, 1, Optional.empty()));
        for (int room = 0; room < rooms.size(); room++) {
            Path output = RUNS.at("%s-%d".formatted(flavor, room));
            assertThat(run(input("nb_tiny"), output, said, rooms.get(room)).reason())
                    .isEmpty();
            assertThat(output.resolve("report.html")).content().contains("<svg");
            tables.add(Files.readString(output.resolve("genes.csv")) + Files.readString(output.resolve("genes.json")));
        }
        assertThat(tables).hasSize(1);
    }

    /// Whole numbers give the same table, whichever way the matrix lies.
    @ParameterizedTest
    @ValueSource(strings = {"seurat_v3", "pearson_residuals", "seurat"})
    void aMatrixByGeneGivesTheTableOfTheOneByCell(String flavor) throws IOException {
        Map<String, String> said =
                new HashMap<>(Map.of("flavor", flavor, "batch-key", "batch", "top", "40", "matrix", "layers/counts"));
        if (flavor.equals("seurat")) {
            said.put("log-normalize", "median");
        }
        Path byGene = RUNS.at(flavor + "-by-gene.zarr").toAbsolutePath();
        assertThat(started(
                                TinyTranspose.request(
                                        input("nb_tiny"),
                                        byGene,
                                        Map.of("matrix", "layers/counts", "chunk-nnz", "4096")),
                                ROOM,
                                () -> false)
                        .reason())
                .isEmpty();
        Path expected = RUNS.at(flavor + "-by-cell.csv");
        Path output = RUNS.at(flavor + "-by-gene.csv");
        assertThat(run(input("nb_tiny"), expected, said, ROOM).reason()).isEmpty();
        assertThat(run(byGene, output, said, ROOM).reason()).isEmpty();

        try (Opened turned = Opened.at(byGene)) {
            assertThat(turned.catalogue().matrix("layers/counts").orElseThrow().order())
                    .isEqualTo(MatrixInfo.Order.GENE_MAJOR);
        }
        assertThat(output).hasSameTextualContentAs(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seurat_v3", "pearson_residuals", "seurat", "cell_ranger"})
    void aTableIsComparedWithItsInputToTheLastDigit(String flavor) throws IOException {
        Map<String, String> said = new HashMap<>(Map.of("flavor", flavor, "batch-key", "batch", "top", "40"));
        if (!flavor.equals("cell_ranger")) {
            said.put("matrix", "layers/counts");
        }
        if (flavor.equals("seurat")) {
            said.put("log-normalize", "median");
        }
        Path output = RUNS.at(flavor + "-verified");
        assertThat(run(input("nb_tiny"), output, said, ROOM).reason()).isEmpty();
        assertThat(verified(output)).isEmpty();

        for (String file : List.of("genes.csv", "genes.json")) {
            String sound = Files.readString(output.resolve(file));
            Files.writeString(output.resolve(file), sound.replaceFirst("([0-9]\\.[0-9]*?)([1-8])", "$19"));
            assertThat(verified(output)).as(file).singleElement().satisfies(problem -> assertThat(problem.found())
                    .startsWith("1 of "));
            Files.writeString(output.resolve(file), sound);
        }
    }

    /// With so small a span batch b9 has no fit. A CSV has no place to say so.
    @Test
    void aBatchThatWasSkippedIsToldWithEveryKindOfOutput() {
        Map<String, String> said = Map.of(
                "flavor", "seurat_v3", "matrix", "layers/counts", "batch-key", "batch", "span", "0.05", "top", "40");

        for (String name : List.of("skipped.csv", "skipped.json", "skipped")) {
            RunOutcome outcome = run(input("nb_batches"), RUNS.at(name), said, ROOM);

            assertThat(outcome.reason()).isEmpty();
            assertThat(outcome.notCarried()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("hvg.batch.skipped");
                assertThat(problem.where()).endsWith("layers/counts, batch 'b9'");
                assertThat(problem.remedy()).startsWith("Merge small batches");
            });
        }
        assertThat(run(input("nb_tiny"), RUNS.at("none-skipped.csv"), Map.of("batch-key", "batch"), ROOM)
                        .notCarried())
                .isEmpty();
    }

    @Test
    void cellsWithoutABatchAreForetold() {
        Path odd = Path.of("src/test/resources/odd/modern.h5ad").toAbsolutePath();
        Map<String, String> said = Map.of("flavor", "pearson_residuals", "top", "2", "batch-key", "cat");

        assertThat(TinyHvg.JOB
                        .plan(TinyHvg.request(odd, RUNS.at("left-out"), said).request(), ROOM)
                        .problems())
                .anySatisfy(problem -> {
                    assertThat(problem.code()).isEqualTo("hvg.batch.missing");
                    assertThat(problem.found()).startsWith("1 of 6 cells");
                });
    }

    private static List<Problem> verified(Path output) {
        return TinyHvg.JOB.verify(output, Optional.of(input("nb_tiny")), new CheckDepth.Full());
    }

    /// Sums lie on scratch only. A scratch folder that moves takes them along, wherever the run was stopped.
    @Test
    void aRunStoppedAnywhereGoesOnWithItsScratchElsewhere() throws IOException {
        Map<String, String> said =
                Map.of("flavor", "pearson_residuals", "top", "40", "matrix", "layers/counts", "batch-key", "batch");
        Path whole = RUNS.at("moved-whole");
        assertThat(run(input("nb_tiny"), whole, said, ROOM).reason()).isEmpty();
        boolean ended = false;
        int stops = 0;
        for (int units = 1; !ended; units++) {
            Path output = RUNS.at("moved-" + units);
            AtomicInteger left = new AtomicInteger(units);
            ended = run(input("nb_tiny"), output, said, ROOM, () -> left.getAndDecrement() <= 0)
                            .end()
                    == RunOutcome.End.DONE;
            if (!ended) {
                stops++;
                Path elsewhere = Files.createDirectory(RUNS.at("scratch-" + units));
                MachineRoom moved = new MachineRoom(512L << 20, 256L << 20, 1, Optional.of(elsewhere));
                RunOutcome outcome = run(input("nb_tiny"), output, said, moved);
                assertThat(outcome.reason()).as("stopped after %d units", units).isEmpty();
                assertThat(outcome.end()).isEqualTo(RunOutcome.End.DONE);
            }
            assertThat(FolderContents.of(output)).isEqualTo(FolderContents.of(whole));
        }
        assertThat(stops).as("units between which a run can stop").isGreaterThan(4);
    }

    @Test
    void whatCannotBeScoredIsSaidBeforeAnythingIsWritten() {
        assertThat(problems("nb_tiny", Map.of("flavor", "seurat_v3"))).anySatisfy(problem -> {
            assertThat(problem.found()).contains("no whole numbers");
            assertThat(problem.remedy()).contains("layers/counts").contains("--any-values");
        });
        assertThat(problems("nb_tiny", Map.of("batch-key", "batsh")))
                .anySatisfy(problem -> assertThat(problem.remedy()).contains("\"batch\""));
        assertThat(problems("nb_tiny", Map.of("matrix", "layers/count")))
                .anySatisfy(problem -> assertThat(problem.remedy()).contains("layers/counts"));
    }

    @Test
    void aRoomTooSmallIsForetoldAndTheRemedyIsEnough() {
        Map<String, String> said = Map.of("matrix", "layers/counts", "flavor", "seurat_v3");
        MachineRoom small = new MachineRoom(100L << 20, 8L << 20, 1, Optional.empty());
        Problem missing = TinyHvg.JOB
                .plan(TinyHvg.request(input("nb_tiny"), RUNS.at("small"), said).request(), small)
                .problems()
                .stream()
                .filter(problem -> problem.code().equals("room.memory"))
                .findFirst()
                .orElseThrow();
        long megabytes = Long.parseLong(missing.remedy().replaceAll("[^0-9]", ""));
        MachineRoom enough = new MachineRoom(megabytes << 20, (megabytes << 20) - (92L << 20), 1, Optional.empty());
        assertThat(TinyHvg.JOB
                        .plan(
                                TinyHvg.request(input("nb_tiny"), RUNS.at("small"), said)
                                        .request(),
                                enough)
                        .problems())
                .noneMatch(Problem::refuses);
    }

    private static List<Problem> problems(String input, Map<String, String> said) {
        return TinyHvg.JOB
                .plan(TinyHvg.request(input(input), RUNS.at("refused"), said).request(), ROOM)
                .problems()
                .stream()
                .filter(Problem::refuses)
                .toList();
    }

    private static Path input(String name) {
        return GOLDEN.resolve(name + ".h5ad");
    }

    private static RunOutcome run(Path input, Path output, Map<String, String> said, MachineRoom room) {
        return run(input, output, said, room, () -> false);
    }

    private static RunOutcome run(
            Path input, Path output, Map<String, String> said, MachineRoom room, BooleanSupplier stop) {
        return started(TinyHvg.request(input, output.toAbsolutePath(), said), room, stop);
    }

    private static RunOutcome started(RunRequest request, MachineRoom room, BooleanSupplier stop) {
        try {
            return RUNS.run(request, room, new RunProgress(), stop);
        } catch (Refusal refusal) {
            throw new AssertionError("%s %s".formatted(refusal.getMessage(), refusal.remedy()), refusal);
        }
    }
}
