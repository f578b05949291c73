package io.cellferry.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Real files that other people's software wrote give the numbers h5py and scipy find in them (`listing.tsv`, made by
/// `dataset_listing.py`), or are refused for a reason that is written down here.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/corpus/h5ad");

    /// Words of the refusal of every file that is not opened.
    private static final Map<String, String> REFUSED = Map.of(
            "hubmap/objects.h5mu", "MuData",
            "hubmap/secondary_analysis.h5mu", "MuData",
            "mudata/v0.1.2_axis0.h5mu", "MuData",
            "mudata/v0.4.1_axis0.h5mu", "MuData",
            "loom/loompy_test.loom", "loom",
            "scp-ingest/test_loom.loom", "loom",
            "scp-ingest/bad.h5", "240,602",
            "tenx/cellranger1.2_multiple_genomes.h5", "another_genome, hg19_chr21");

    /// Codes of all problems found in files that are opened; files without any are left out.
    private static final Map<String, List<String>> PROBLEMS = Map.ofEntries(
            Map.entry("anndata-rs/sample.h5ad", List.of("input.matrix.missing")),
            Map.entry("anndata/v0.11.4.h5ad", List.of("input.matrix.missing")),
            Map.entry("anndata/v0.7.0.h5ad", List.of("input.table.type", "input.table.type")),
            Map.entry("anndata/v0.7.8.h5ad", List.of("input.table.type", "input.table.type")),
            Map.entry("bpcells/mini_mat.anndata-v0.6.22.h5ad", List.of("input.table.type")),
            Map.entry("bpcells/mini_mat.anndata-v0.7.h5ad", List.of("input.table.type")),
            Map.entry("bpcells/mini_mat.anndata-v0.10.9.h5ad", List.of("input.table.type")),
            Map.entry("bpcells/mini_mat_uint_16.anndata-v0.10.9.h5ad", List.of("input.table.type")),
            Map.entry("bpcells/mini_mat_int_64.anndata-v0.12.6.h5ad", List.of("input.table.type")),
            Map.entry("bpcells/mini_mat_int_64_neg.anndata-v0.12.6.h5ad", List.of("input.table.type")),
            Map.entry("scp-ingest/dup_cell.h5ad", List.of("input.names.duplicate")),
            Map.entry("scp-ingest/dup_feature.h5ad", List.of("input.names.duplicate")),
            Map.entry("tenx/tenx.sub.h5", List.of("input.barcodes.missing")));

    private final Map<String, List<String>> listing = new TreeMap<>();

    CorpusTest() throws IOException {
        for (String line : Files.readAllLines(CORPUS.resolve("listing.tsv"))) {
            int tab = line.indexOf('\t');
            listing.computeIfAbsent(line.substring(0, tab), file -> new ArrayList<>())
                    .add(line.substring(tab + 1));
        }
    }

    Stream<String> listed() {
        return listing.keySet().stream();
    }

    Stream<String> refused() {
        return REFUSED.keySet().stream();
    }

    @Test
    void everyFileIsEitherListedOrRefused() throws IOException {
        try (var files = Files.walk(CORPUS)) {
            TreeSet<String> all = files.map(file -> CORPUS.relativize(file).toString())
                    .filter(name -> name.matches(".*\\.(h5|h5ad|h5mu|loom)"))
                    .collect(Collectors.toCollection(TreeSet::new));
            TreeSet<String> known = new TreeSet<>(listing.keySet());
            known.addAll(REFUSED.keySet());

            assertThat(all).isEqualTo(known);
        }
    }

    @ParameterizedTest
    @MethodSource("listed")
    void everythingInTheFileIsFoundAsTheListingHasIt(String file) {
        try (Opened opened = Opened.at(CORPUS.resolve(file))) {
            List<String> found = DatasetListing.of(opened);
            List<String> expected = listing.getOrDefault(file, List.of());

            assertThat(withoutFields(found)).isEqualTo(withoutFields(expected));
            for (int i = 0; i < found.size(); i++) {
                compare(found.get(i), expected.get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("listed")
    void problemsAreTheOnesWrittenDownHere(String file) {
        try (Opened opened = Opened.at(CORPUS.resolve(file))) {
            assertThat(opened.codes()).isEqualTo(PROBLEMS.getOrDefault(file, List.of()));
            assertThat(opened.catalogue().problems()).allSatisfy(CorpusTest::isComplete);
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void filesOfOtherKindsAreRefusedByName(String file) {
        Path path = CORPUS.resolve(file);

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        InputRefused.class, () -> CellDatasets.open(path)))
                .hasMessageContaining(path.toString())
                .hasMessageContaining(REFUSED.get(file))
                .satisfies(refusal -> assertThat(refusal.remedy()).isNotBlank());
    }

    /// BPCells keeps one matrix as four ages of anndata wrote it: before 0.7, 0.7 and 0.10, as float32, float64 and
    /// uint16, by cell, by gene and dense.
    @Test
    void oneMatrixIsTheSameInEveryAge() {
        double[][] expected = {{1, 2, 0, 3, 0}, {0, 0, 2, 2, 1}, {0, 0, 2, 0, 2}};

        for (String age : List.of(
                "mini_mat.anndata-v0.6.22",
                "mini_mat.anndata-v0.7",
                "mini_mat.anndata-v0.10.9",
                "mini_mat_uint_16.anndata-v0.10.9")) {
            try (Opened opened = Opened.at(CORPUS.resolve("bpcells/" + age + ".h5ad"))) {
                for (String matrix : List.of("X", "layers/dense", "layers/transpose")) {
                    assertThat(opened.values(matrix)).as(age + " " + matrix).isDeepEqualTo(expected);
                }
            }
        }
    }

    private static void isComplete(Problem problem) {
        assertThat(problem.code()).startsWith("input.");
        assertThat(problem.where()).isNotBlank();
        assertThat(problem.found()).isNotBlank();
        assertThat(problem.remedy()).isNotBlank();
    }

    private static List<String> withoutFields(List<String> lines) {
        return lines.stream()
                .map(line -> line.split("\t", -1))
                .map(fields -> fields[0] + " " + fields[1])
                .toList();
    }

    /// Sums of many floating-point numbers depend on the order of adding; everything else is compared to the letter.
    private static void compare(String found, String expected) {
        Map<String, String> left = fields(found);
        Map<String, String> right = fields(expected);
        assertThat(left.keySet()).as(expected).isEqualTo(right.keySet());
        left.forEach((key, value) -> {
            String other = right.getOrDefault(key, "");
            if (List.of("sum", "placed", "first", "last").contains(key)) {
                double wanted = Double.parseDouble(other);
                double scale = Math.max(1e-3, Math.abs(wanted));
                assertThat(Double.parseDouble(value))
                        .as("%s of %s", key, expected)
                        .satisfies(number -> assertThat(
                                        Double.isInfinite(wanted)
                                                ? number == wanted
                                                : Math.abs(number - wanted) <= 1e-9 * scale)
                                .isTrue());
            } else {
                assertThat(value).as("%s of %s", key, expected).isEqualTo(other);
            }
        });
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new HashMap<>();
        String[] parts = line.split("\t", -1);
        for (int i = 2; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            fields.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
        return fields;
    }
}
