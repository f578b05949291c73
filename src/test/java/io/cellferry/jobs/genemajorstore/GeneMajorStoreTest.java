package io.cellferry.jobs.genemajorstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.DatasetListing;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.Opened;
import io.cellferry.launch.RunOutcome;
import io.cellferry.restart.FolderContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real and odd files, turned into stores of every kind, hold afterwards what they held before: every matrix, column,
/// name, table and graph that the port can list, and the chosen matrix gene by gene.
class GeneMajorStoreTest {

    @AutoClose
    private static final StoreRuns STORES = new StoreRuns("stores");

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
            Map.of("codec", "gzip", "level", "1", "zarr", "3"),
            Map.of("level", "9"),
            Map.of("codec", "none"),
            Map.of("codec", "blosc-zstd", "zarr", "3", "shards", "auto"),
            Map.of("order", "cells"),
            Map.of("order", "cells", "zarr", "3", "shards", "2"),
            Map.of("order", "cells", "codec", "gzip", "chunk-nnz", "64"));

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
            Path output = STORES.at("%s.zarr".formatted(input.getFileName()));
            RunOutcome outcome = STORES.run(input, output, matrix, KINDS.get(kind));

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
            assertThat(StoreRuns.verified(output, input)).isEmpty();
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
        Path byGene = STORES.at(odd + "-by-gene.zarr");
        Path byCell = STORES.at(odd + "-by-cell.zarr");
        Path again = STORES.at(odd + "-by-cell-again.zarr");
        assertThat(STORES.run(input, byGene, "X", Map.of()).reason()).isEmpty();
        assertThat(STORES.run(input, byCell, "X", Map.of("order", "cells")).reason())
                .isEmpty();
        assertThat(STORES.run(byGene, again, "X", Map.of("order", "cells")).reason())
                .isEmpty();

        assertThat(StoreRuns.verified(byCell, input)).isEmpty();
        assertThat(StoreRuns.verified(again, byCell)).isEmpty();
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
        Path output = STORES.at(experiment + ".zarr");
        assertThat(STORES.run(input, output, "X", Map.of("order", "cells")).reason())
                .isEmpty();

        assertThat(StoreRuns.verified(output, input.toAbsolutePath())).isEmpty();
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
        Path output = STORES.at("counts.zarr");
        Path antibodies = STORES.at("antibodies.zarr");
        assertThat(STORES.run(TWO_MEASUREMENTS, output, "X", Map.of("measurement", "RNA", "layer", "counts"))
                        .reason())
                .isEmpty();
        assertThat(STORES.run(TWO_MEASUREMENTS, antibodies, "X", Map.of("measurement", "ADT", "order", "cells"))
                        .reason())
                .isEmpty();

        try (Opened before = Opened.at(TWO_MEASUREMENTS);
                Opened after = Opened.at(output);
                Opened other = Opened.at(antibodies)) {
            assertThat(after.values("X")).isDeepEqualTo(before.values("layers/counts"));
            assertThat(after.values("layers/data")).isDeepEqualTo(before.values("X"));
            assertThat(other.values("X")).isDeepEqualTo(before.values("ms/ADT/X/counts"));
        }
        assertThat(StoreRuns.verified(output, TWO_MEASUREMENTS)).isEmpty();
        assertThat(StoreRuns.verified(antibodies, TWO_MEASUREMENTS)).isEmpty();
    }

    @Test
    void moreEffortOfGzipIsSmallerAndSaidInTheMetadata() throws IOException {
        List<Long> bytes = new ArrayList<>();
        for (String level : List.of("1", "auto", "9")) {
            Path output = STORES.at("effort-%s.zarr".formatted(level));
            assertThat(STORES.run(Path.of("jobs/data/demo.h5ad"), output, "X", Map.of("codec", "gzip", "level", level))
                            .reason())
                    .isEmpty();
            assertThat(StoreRuns.json(output.resolve("X/data/.zarray"))
                            .at("/compressor/level")
                            .asString())
                    .isEqualTo(level.replace("auto", "6"));
            bytes.add(Files.size(output.resolve("X/data/0")));
        }

        assertThat(bytes).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(bytes.getFirst()).isGreaterThan(bytes.getLast());
    }

    @Test
    void valuesBecomeTheTypeThatIsAskedFor() {
        Path input = Opened.oddPath("modern.h5ad");
        Path output = STORES.at("converted.zarr");

        assertThat(STORES.run(input, output, "X", Map.of("value-type", "uint8")).reason())
                .isEmpty();

        try (Opened before = Opened.at(input);
                Opened after = Opened.at(output)) {
            assertThat(after.catalogue().matrix("X").orElseThrow().storedType()).isEqualTo("uint8");
            assertThat(after.values("X")).isDeepEqualTo(before.values("X"));
        }
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
}
