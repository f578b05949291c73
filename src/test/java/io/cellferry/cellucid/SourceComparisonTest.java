package io.cellferry.cellucid;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An export equals the data it was made from, and what a check of the export alone cannot see is seen here.
class SourceComparisonTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u8-gz6",
                "plain-f32",
                "csc",
                "dense",
                "csr-int64",
                "explicit-zeros",
                "every-obs-kind-u8",
                "reordered-subset",
                "graph-dense",
                "no-genes",
                "one-vector-default"
            })
    void aFaithfulExportHasNoDifferences(String name) throws IOException {
        Recipe recipe = write(name);

        assertThat(compare(recipe, ExportSource.Sample.EVERYTHING)).isEmpty();
    }

    @Test
    void genesInAWrongOrderAreFoundThoughTheExportLooksSound() throws IOException {
        Recipe recipe = write("plain-f32");
        Path first = folder.resolve("var/0.values.f32");
        Path second = folder.resolve("var/1.values.f32");
        byte[] bytes = Files.readAllBytes(first);
        Files.write(first, Files.readAllBytes(second));
        Files.write(second, bytes);

        assertThat(ExportCheck.check(folder)).isEmpty();
        assertThat(compare(recipe, ExportSource.Sample.EVERYTHING))
                .extracting(Problem::where)
                .containsExactlyInAnyOrder("var/0.values.f32", "var/1.values.f32");
    }

    @Test
    void geneNamesInAWrongOrderAreFound() throws IOException {
        Recipe recipe = write("u8-gz6");
        Path manifest = folder.resolve("var_manifest.json");
        String text = Files.readString(manifest)
                .replace("\"GENE0\"", "\"?\"")
                .replace("\"GENE1\"", "\"GENE0\"")
                .replace("\"?\"", "\"GENE1\"");
        Files.writeString(manifest, text);

        assertThat(ExportCheck.check(folder)).isEmpty();
        assertThat(compare(recipe, ExportSource.Sample.EVERYTHING))
                .extracting(Problem::where)
                .contains("var/0.values.u8.gz", "var/1.values.u8.gz");
    }

    @Test
    void aFlippedByteOfAnUncompressedFileIsFound() throws IOException {
        Recipe recipe = write("plain-f32");
        Path file = folder.resolve("var/3.values.f32");
        byte[] bytes = Files.readAllBytes(file);
        bytes[41] ^= 1;
        Files.write(file, bytes);

        assertThat(compare(recipe, ExportSource.Sample.EVERYTHING))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("cellucid.source.differs");
                    assertThat(problem.where()).isEqualTo("var/3.values.f32");
                    assertThat(problem.found()).contains("byte 41");
                });
    }

    @Test
    void onlySampledGenesAreCompared() throws IOException {
        Recipe recipe = write("plain-f32");
        Files.write(folder.resolve("var/3.values.f32"), new byte[480]);

        ExportSource.Sample without = new ExportSource.Sample(Optional.of(List.of(0, 5)), Optional.of(List.of()));
        ExportSource.Sample with = new ExportSource.Sample(Optional.of(List.of(3)), Optional.of(List.of()));
        assertThat(compare(recipe, without)).isEmpty();
        assertThat(compare(recipe, with)).hasSize(1);
    }

    @Test
    void aMovedCentroidIsFound() throws IOException {
        Recipe recipe = write("plain-f32");
        Path manifest = folder.resolve("obs_manifest.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replaceFirst("\"position\": \\[[^,]+", "\"position\": [0.5"));

        assertThat(compare(recipe, ExportSource.Sample.EVERYTHING))
                .extracting(Problem::where)
                .singleElement()
                .asString()
                .startsWith("obs_manifest.json: cell type: centroids.2[0].position[0]");
    }

    @Test
    void aFileThatIsLongerThanTheSourceIsFound() throws IOException {
        Recipe recipe = write("graph-dense");
        Path file = folder.resolve("connectivity/edges.src.bin");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length + 2));

        assertThat(compare(recipe, ExportSource.Sample.EVERYTHING))
                .extracting(Problem::where)
                .containsExactly("connectivity/edges.src.bin");
    }

    @Test
    void whatTheSourceHasNoMoreIsNamedAndTheRestIsCompared() throws IOException {
        Recipe recipe = write("graph-dense");
        Path gene = folder.resolve("var/0.values.f32");
        Files.write(gene, new byte[(int) Files.size(gene)]);
        ExportSource whole = source(recipe);
        ExportSource other = new ExportSource(
                whole.matrix(),
                whole.duplicates(),
                Map.of(2, "obsm/gone", 3, "obsm/gone3"),
                "obsm/latent",
                Optional.of("obsp/gone"),
                whole.vectors(),
                whole.centroidMinPoints());

        List<Problem> found =
                SourceComparison.compare(folder, new RecipeDataset(recipe), other, ExportSource.Sample.EVERYTHING);

        assertThat(found)
                .filteredOn(problem -> problem.code().equals("cellucid.source.lacks"))
                .extracting(Problem::where)
                .contains("obsm/latent", "obsp/gone", "obsm/gone");
        assertThat(found).extracting(Problem::where).contains("var/0.values.f32");
        ExportSource without = new ExportSource(
                Optional.of("layers/gone"),
                whole.duplicates(),
                whole.embeddings(),
                whole.latent(),
                whole.graph(),
                whole.vectors(),
                whole.centroidMinPoints());
        assertThat(SourceComparison.compare(folder, new RecipeDataset(recipe), without, ExportSource.Sample.EVERYTHING))
                .extracting(Problem::where)
                .containsExactly("layers/gone");
    }

    @Test
    void aGeneAndAFieldThatTheSourceHasNoMoreAreNamed() throws IOException {
        Recipe recipe = write("plain-f32");
        Path genes = folder.resolve("var_manifest.json");
        Files.writeString(genes, Files.readString(genes).replace("\"GENE1\"", "\"renamed\""));
        Path fields = folder.resolve("obs_manifest.json");
        Files.writeString(fields, Files.readString(fields).replace("\"cell type\"", "\"cell kind\""));

        assertThat(compare(recipe, ExportSource.Sample.EVERYTHING))
                .allMatch(problem -> problem.code().equals("cellucid.source.lacks"))
                .extracting(Problem::where)
                .containsExactly("obs/cell kind", "var_manifest.json: renamed");
    }

    private Recipe write(String name) throws IOException {
        Recipe recipe = ParityTest.recipe(name);
        RecipeExport.write(recipe, RecipeExport.settings(recipe), folder);
        return recipe;
    }

    private List<Problem> compare(Recipe recipe, ExportSource.Sample sample) {
        return SourceComparison.compare(folder, new RecipeDataset(recipe), source(recipe), sample);
    }

    private static ExportSource source(Recipe recipe) {
        Map<Integer, String> embeddings = new HashMap<>();
        recipe.list("embeddings")
                .forEach(e -> embeddings.put(
                        e.member("axes").asInt(),
                        "embedding/" + e.member("axes").asInt()));
        Map<String, String> vectors = new HashMap<>();
        for (int i = 0; i < recipe.list("vectors").size(); i++) {
            var vector = recipe.list("vectors").get(i);
            vectors.put(
                    vector.member("id").asText() + "_" + vector.member("axes").asInt() + "d", "vector/" + i);
        }
        return new ExportSource(
                Optional.of("X"),
                DuplicatePolicy.REFUSE,
                embeddings,
                "latent",
                Optional.of("obsp/connectivities"),
                vectors,
                recipe.settings().member("minPoints").asInt());
    }
}
