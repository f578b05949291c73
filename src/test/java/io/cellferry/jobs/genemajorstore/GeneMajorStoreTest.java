package io.cellferry.jobs.genemajorstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.DatasetListing;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.Opened;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.SharedBatch;
import io.cellferry.restart.FolderContents;
import io.cellferry.restart.TestMemory;
import io.cellferry.restart.TinyTranspose;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real and odd files, turned into stores of every kind, hold afterwards what they held before: every matrix, column,
/// name, table and graph that the port can list, and the chosen matrix gene by gene.
class GeneMajorStoreTest {

    private static final Path CORPUS = Path.of("src/test/resources/corpus/h5ad");

    private static final Path TWO_MEASUREMENTS =
            Path.of("src/test/resources/soma/tiny.tar.gz").toAbsolutePath();

    /// What a matrix is stored as may change; what it holds may not.
    private static final Pattern LAYOUT = Pattern.compile("\\t(order|stored)=[^\\t]*");

    private static final List<Map<String, String>> KINDS = List.of(
            Map.of(),
            Map.of("zarr", "3"),
            Map.of("zarr", "3", "shards", "3"),
            Map.of("codec", "zstd", "chunk-nnz", "1024"),
            Map.of("codec", "gzip"),
            Map.of("codec", "none"),
            Map.of("codec", "blosc-zstd", "zarr", "3", "shards", "auto"),
            Map.of("order", "cells"),
            Map.of("order", "cells", "zarr", "3", "shards", "2"),
            Map.of("order", "cells", "codec", "gzip", "chunk-nnz", "64"));

    private static SharedBatch batch;

    private static Path folder;

    @BeforeAll
    static void startTheFramework() throws IOException {
        batch = new SharedBatch(List.of(TinyTranspose.JOB));
        folder = TestMemory.newFolder("stores");
    }

    @AfterAll
    static void endTheFramework() throws IOException {
        batch.close();
        Files.delete(FolderContents.emptied(folder));
    }

    static Stream<Path> inputs() throws IOException {
        List<Path> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CORPUS)) {
            inputs.addAll(files.filter(file -> file.toString().matches(".*\\.(h5ad|zarr\\.zip)|.*/cellranger3.*"))
                    .filter(file -> !file.endsWith("v0.11.4.h5ad") && !file.endsWith("v0.11.4.zarr.zip"))
                    .filter(file -> !file.endsWith("sample.h5ad"))
                    .toList());
        }
        for (String odd : List.of(
                "modern",
                "seven",
                "six",
                "by_gene",
                "by_gene_unsorted",
                "unsorted",
                "duplicates",
                "duplicates_order",
                "explicit_zeros",
                "negative_zero_dense",
                "not_finite",
                "no_values",
                "chunks_of_3",
                "index_categorical",
                "index_nullable",
                "values_bool",
                "values_float16",
                "values_int16",
                "values_int64_big",
                "values_uint16",
                "values_uint32",
                "values_uint64",
                "values_uint8",
                "big_endian")) {
            inputs.add(Opened.oddPath(odd + ".h5ad"));
        }
        return inputs.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aStoreHoldsWhatItsInputHolds(Path input) {
        try (Opened before = Opened.at(input)) {
            String matrix = before.catalogue().matrices().getFirst().path();
            // Every file as one kind of store, every kind with some files.
            int kind = Math.floorMod(input.toString().hashCode(), KINDS.size());
            Path output = folder.resolve("%s.zarr".formatted(input.getFileName()));
            RunOutcome outcome = run(input, output, matrix, KINDS.get(kind));

            assertThat(outcome.reason()).isEmpty();
            try (Opened after = Opened.at(output)) {
                assertThat(after.catalogue().matrix(matrix).orElseThrow().order())
                        .isEqualTo(
                                KINDS.get(kind).containsKey("order")
                                        ? MatrixInfo.Order.CELL_MAJOR
                                        : MatrixInfo.Order.GENE_MAJOR);
                assertThat(listing(after, matrix)).isEqualTo(listing(before, matrix));
                assertThat(after.catalogue().problems()).noneMatch(problem -> problem.refuses());
            }
            assertThat(verified(output, input)).isEmpty();
        }
    }

    /// By cell from every layout there is: rows as they lie, turned columns, dense rows, a store by gene, and SOMA.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "modern",
                "by_gene",
                "by_gene_unsorted",
                "duplicates",
                "negative_zero_dense",
                "no_values",
                "explicit_zeros"
            })
    void aStoreByCellHoldsEveryEntryOfItsInput(String odd) {
        Path input = Opened.oddPath(odd + ".h5ad");
        Path byGene = folder.resolve(odd + "-by-gene.zarr");
        Path byCell = folder.resolve(odd + "-by-cell.zarr");
        Path again = folder.resolve(odd + "-by-cell-again.zarr");
        assertThat(run(input, byGene, "X", Map.of()).reason()).isEmpty();
        assertThat(run(input, byCell, "X", Map.of("order", "cells")).reason()).isEmpty();
        assertThat(run(byGene, again, "X", Map.of("order", "cells")).reason()).isEmpty();

        assertThat(verified(byCell, input)).isEmpty();
        assertThat(verified(again, byCell)).isEmpty();
        for (String part : List.of("X/data", "X/indices", "X/indptr")) {
            assertThat(FolderContents.of(again.resolve(part))).isEqualTo(FolderContents.of(byCell.resolve(part)));
        }
        try (Opened before = Opened.at(input);
                Opened after = Opened.at(byCell)) {
            assertThat(after.catalogue().matrix("X").orElseThrow().order()).isEqualTo(MatrixInfo.Order.CELL_MAJOR);
            assertThat(listing(after, "X")).isEqualTo(listing(before, "X"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soma-exp-pbmc-small", "soma-exp-pbmc-small-pre-1.15"})
    void anExperimentBecomesAnnDataByCell(String experiment) {
        Path input = Path.of("src/test/resources/corpus/soma", experiment + ".tar.gz");
        Path output = folder.resolve(experiment + ".zarr");
        assertThat(run(input, output, "X", Map.of("order", "cells")).reason()).isEmpty();

        assertThat(verified(output, input.toAbsolutePath())).isEmpty();
        try (Opened before = Opened.at(input);
                Opened after = Opened.at(output);
                Opened original = Opened.at(Path.of("src/test/resources/corpus/soma/pbmc-small.h5ad"))) {
            assertThat(listing(after, "X")).isEqualTo(listing(before, "X"));
            assertThat(after.catalogue().matrix("X").orElseThrow().order()).isEqualTo(MatrixInfo.Order.CELL_MAJOR);
            assertThat(after.catalogue().matrix("X").orElseThrow().storedValues())
                    .isEqualTo(
                            original.catalogue().matrix("raw/X").orElseThrow().storedValues());
        }
    }

    @Test
    void aMeasurementAndItsLayerAreTheDataSetThatIsAskedFor() {
        Path output = folder.resolve("counts.zarr");
        Path antibodies = folder.resolve("antibodies.zarr");
        assertThat(run(TWO_MEASUREMENTS, output, "X", Map.of("measurement", "RNA", "layer", "counts"))
                        .reason())
                .isEmpty();
        assertThat(run(TWO_MEASUREMENTS, antibodies, "X", Map.of("measurement", "ADT", "order", "cells"))
                        .reason())
                .isEmpty();

        try (Opened before = Opened.at(TWO_MEASUREMENTS);
                Opened after = Opened.at(output);
                Opened other = Opened.at(antibodies)) {
            assertThat(after.values("X")).isDeepEqualTo(before.values("layers/counts"));
            assertThat(after.values("layers/data")).isDeepEqualTo(before.values("X"));
            assertThat(other.values("X")).isDeepEqualTo(before.values("ms/ADT/X/counts"));
        }
        assertThat(verified(output, TWO_MEASUREMENTS)).isEmpty();
        assertThat(verified(antibodies, TWO_MEASUREMENTS)).isEmpty();
    }

    @Test
    void whatIsNotClearOrNotThereIsRefusedWithTheListOfWhatIs() {
        Path output = folder.resolve("unclear.zarr");

        assertThatThrownBy(() -> run(TWO_MEASUREMENTS, output, "X", Map.of()))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("ADT, RNA");
        assertThatThrownBy(() -> run(TWO_MEASUREMENTS, output, "X", Map.of("measurement", "ATAC")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("ADT, RNA");
        assertThatThrownBy(() -> run(TWO_MEASUREMENTS, output, "X", Map.of("measurement", "RNA", "layer", "spliced")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("counts, data");
        assertThatThrownBy(() -> run(Opened.oddPath("modern.h5ad"), output, "X", Map.of("layer", "counts")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("AnnData");
        assertThat(output).doesNotExist();
    }

    /// Some are noticed while planning, some only when the values are read.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "index_out_of_range",
                "index_negative",
                "by_gene_index_out_of_range",
                "indptr_beyond_data",
                "indptr_before_end",
                "indptr_decreasing",
                "indptr_wrapped",
                "data_too_short",
                "shape_other_genes",
                "unknown_filter"
            })
    void aMatrixThatCannotBeRightIsRefusedByNameAndNothingAppears(String odd) {
        Path output = folder.resolve("refused-%s.zarr".formatted(odd));
        Throwable reason;
        try {
            reason = run(Opened.oddPath(odd + ".h5ad"), output, "X", Map.of())
                    .reason()
                    .orElseThrow();
        } catch (InputRefused refusal) {
            reason = refusal;
        }

        assertThat(reason).isInstanceOf(InputRefused.class).hasMessageContaining("X");
        assertThat(((InputRefused) reason).remedy()).isNotBlank();
        assertThat(output).doesNotExist();
    }

    @Test
    void valuesBecomeTheTypeThatIsAskedFor() {
        Path input = Opened.oddPath("modern.h5ad");
        Path output = folder.resolve("converted.zarr");

        assertThat(run(input, output, "X", Map.of("value-type", "uint8")).reason())
                .isEmpty();

        try (Opened before = Opened.at(input);
                Opened after = Opened.at(output)) {
            assertThat(after.catalogue().matrix("X").orElseThrow().storedType()).isEqualTo("uint8");
            assertThat(after.values("X")).isDeepEqualTo(before.values("X"));
        }
    }

    @Test
    void aValueThatDoesNotFitIsRefusedByCellAndGene() {
        Path output = folder.resolve("too-large.zarr");
        RunOutcome outcome = run(Opened.oddPath("values_int64_big.h5ad"), output, "X", Map.of("value-type", "int32"));
        Path mirrored = folder.resolve("too-large-by-cell.zarr");
        RunOutcome byCell = run(
                Opened.oddPath("values_int64_big.h5ad"),
                mirrored,
                "X",
                Map.of("value-type", "int32", "order", "cells"));
        assertThat(byCell.reason().orElseThrow()).hasMessageContaining("cell 0, gene 0 ");

        assertThat(outcome.reason().orElseThrow())
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("cell")
                .hasMessageContaining("gene")
                .hasMessageContaining("int32");
        assertThat(output).doesNotExist();
    }

    @Test
    void whatIsComparedWithItsInputIsFoundEqualAndADamagedStoreIsNot() throws IOException {
        Path input = Opened.oddPath("modern.h5ad");
        Path output = folder.resolve("verified.zarr");
        assertThat(run(input, output, "X", Map.of("codec", "none")).reason()).isEmpty();

        assertThat(verified(output, input)).isEmpty();

        Path data = output.resolve("X/data/0");
        byte[] sound = Files.readAllBytes(data);
        byte[] damaged = sound.clone();
        damaged[3] ^= 1;
        Files.write(data, damaged);
        assertThat(verified(output, input)).contains("store.differs");
        Files.write(data, sound);
        Path cells = output.resolve("X/indices/0");
        byte[] places = Files.readAllBytes(cells);
        places[0] ^= 8;
        Files.write(cells, places);
        assertThat(verified(output, input)).contains("store.cells");
    }

    @Test
    void aDamagedStoreByCellIsFound() throws IOException {
        Path input = Opened.oddPath("modern.h5ad");
        Path output = folder.resolve("verified-by-cell.zarr");
        assertThat(run(input, output, "X", Map.of("codec", "none", "order", "cells"))
                        .reason())
                .isEmpty();
        assertThat(verified(output, input)).isEmpty();

        Path genes = output.resolve("X/indices/0");
        byte[] places = Files.readAllBytes(genes);
        places[0] ^= 8;
        Files.write(genes, places);
        assertThat(verified(output, input)).contains("store.genes");
    }

    /// Whoever reads a value holds the chunk it lies in, decoded. The promise counts that.
    @Test
    void aChunkThatDoesNotFitIntoTheMemoryIsForetold() throws IOException {
        Path store = folder.resolve("one-chunk.zarr");
        assertThat(run(Opened.oddPath("modern.h5ad"), store, "X", Map.of()).reason())
                .isEmpty();
        Files.delete(store.resolve(".zmetadata"));
        for (String array : List.of("X/data", "X/indices")) {
            Path document = store.resolve(array).resolve(".zarray");
            Files.writeString(
                    document,
                    Files.readString(document).replaceAll("\"chunks\" *: *\\[[^]]*]", "\"chunks\":[25000000]"));
        }

        assertThat(foretold(store, 256L << 20)).contains("room.memory");
        assertThat(foretold(store, 2048L << 20)).isEmpty();
    }

    private static List<String> foretold(Path input, long memoryBytes) {
        JobRequest request = TinyTranspose.request(input, folder.resolve("foretold.zarr"), Map.of())
                .request();
        MachineRoom room = new MachineRoom(memoryBytes, memoryBytes / 2, 1, Optional.empty());
        return TinyTranspose.JOB.plan(request, room).problems().stream()
                .filter(Problem::refuses)
                .map(Problem::code)
                .toList();
    }

    private static List<String> verified(Path output, Path input) {
        return TinyTranspose.JOB.verify(output, Optional.of(input), new CheckDepth.Full()).stream()
                .filter(Problem::refuses)
                .map(Problem::code)
                .toList();
    }

    private static List<String> listing(Opened opened, String matrix) {
        return DatasetListing.of(opened).stream()
                .filter(line -> !line.endsWith("kind=other"))
                .sorted()
                .map(line -> line.startsWith("matrix\t" + matrix + "\t")
                        ? LAYOUT.matcher(line).replaceAll("")
                        : line)
                .toList();
    }

    private RunOutcome run(Path input, Path output, String matrix, Map<String, String> more) {
        Map<String, String> said = new java.util.HashMap<>(more);
        said.put("matrix", matrix);
        StateFolder state = StateFolder.open(new RealDisk(), folder.resolve("state"));
        return batch.starter(new RunFolders(new RealDisk(), Clock.systemUTC()), state, Clock.systemUTC())
                .start(
                        TinyTranspose.request(input.toAbsolutePath(), output.toAbsolutePath(), said),
                        new MachineRoom(1L << 30, 512L << 20, 2, Optional.empty()),
                        new RunProgress(),
                        () -> false,
                        (id, resumed, kept, log) -> {});
    }
}
