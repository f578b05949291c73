package io.cellferry.jobs.cellucidexport;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.TableInfo;
import io.cellferry.failure.Problem;
import io.cellferry.jobs.OptionValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Tables are chosen as told, else by name and shape; what was chosen unasked is said aloud.
class TableChoiceTest {

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void aUmapIsFoundByNameAndShape() {
        TableChoice choice = choice(Map.of(), table("X_umap", 2), table("X_umap_3d", 3), table("X_tsne", 2));

        assertThat(choice.embeddings())
                .containsExactly(
                        new ExportPlan.Embedded(2, "obsm/X_umap"), new ExportPlan.Embedded(3, "obsm/X_umap_3d"));
        assertThat(codes()).containsExactly("export.embedding.chosen", "export.embedding.chosen");
    }

    @Test
    void otherEmbeddingsAreTakenWhereThereIsNoUmap() {
        TableChoice choice = choice(Map.of(), table("X_umap", 10), table("X_phate", 2), table("X_tsne", 2));

        assertThat(choice.embeddings()).containsExactly(new ExportPlan.Embedded(2, "obsm/X_tsne"));
    }

    @Test
    void aTableOfUnknownNameIsTakenWhenItIsTheOnlyOneOfItsShape() {
        assertThat(choice(Map.of(), table("X_pca", 50), table("X_umap_orig", 2)).embeddings())
                .containsExactly(new ExportPlan.Embedded(2, "obsm/X_umap_orig"));
        assertThat(choice(Map.of(), table("X_one", 2), table("X_two", 2)).embeddings())
                .isEmpty();
    }

    @Test
    void withoutAnEmbeddingTheTablesAreListed() {
        choice(Map.of(), table("X_pca", 50)).embeddings();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("input.embedding.missing");
            assertThat(problem.found()).contains("obsm/X_pca (50 columns)");
            assertThat(problem.refuses()).isTrue();
        });
    }

    @Test
    void everyMistakeInEmbeddingsIsNamed() {
        TableChoice choice = choice(
                Map.of(
                        "embedding",
                        List.of("umap", "3d=obsm/X_umap", "2d=obsm/X_unap", "2d=obsm/X_umap", "2d=obsm/X_tsne")),
                table("X_umap", 2),
                table("X_tsne", 2));

        assertThat(choice.embeddings()).containsExactly(new ExportPlan.Embedded(2, "obsm/X_umap"));
        assertThat(problems)
                .extracting(Problem::found)
                .satisfiesExactly(
                        found -> assertThat(found).contains("expected DIMENSIONS=PATH", "\"umap\""),
                        found -> assertThat(found).contains("3d=obsm/X_umap has 2 columns, not 3"),
                        found -> assertThat(found).contains("there is no table obsm/X_unap"),
                        found -> assertThat(found).contains("2d is given twice"));
        assertThat(codes()).containsOnly("request.embedding");
    }

    @Test
    void theLatentSpaceIsThePcaElseScviElseTheWidest() {
        assertThat(choice(Map.of(), table("X_scVI", 10), table("X_pca", 5), table("X_wide", 99))
                        .latent())
                .contains("obsm/X_pca");
        assertThat(choice(Map.of(), table("X_scVI", 10), table("X_wide", 99)).latent())
                .contains("obsm/X_scVI");
        assertThat(choice(Map.of(), table("X_umap", 2), table("X_wide", 99)).latent())
                .contains("obsm/X_wide");
        assertThat(codes()).containsOnly("export.latent.chosen");
    }

    @Test
    void aTableThatIsNoTableOfNumbersIsNotTaken() {
        TableInfo text = new TableInfo("obsm/X_pca", 5, 3, "text", false);

        assertThat(choice(Map.of(), text, table("X_umap", 2)).latent()).contains("obsm/X_umap");
        assertThat(choice(Map.of("latent", List.of("obsm/X_pca")), text).latent())
                .isEmpty();
        assertThat(problems.getLast().found()).contains("is text, not a table of numbers");
    }

    @Test
    void vectorFieldsNeedAnEmbeddingOfTheirDimension() {
        List<ExportPlan.Embedded> flat = List.of(new ExportPlan.Embedded(2, "obsm/X_umap"));
        TableInfo[] tables = {table("X_umap", 2), table("velocity_umap", 2), table("velocity_umap_3d", 3)};

        assertThat(choice(Map.of(), tables).vectors(flat))
                .containsExactly(new ExportPlan.Vector("velocity_umap", 2, "obsm/velocity_umap"));
        assertThat(codes()).containsExactly("export.vectors.chosen");
        assertThat(choice(Map.of("vectors", List.of("none")), tables).vectors(flat))
                .isEmpty();

        choice(Map.of("vectors", List.of("velocity_umap,velocity_umap_3d")), tables)
                .vectors(flat);
        assertThat(problems.getLast().code()).isEqualTo("request.vectors");
        assertThat(problems.getLast().found()).contains("obsm/velocity_umap_3d (3 columns) must be called");
    }

    private List<String> codes() {
        return problems.stream().map(Problem::code).toList();
    }

    private TableChoice choice(Map<String, List<String>> options, TableInfo... tables) {
        return new TableChoice(
                Catalogues.with(Arrays.asList(tables), List.of()),
                OptionValues.of(CellucidExportRules.ALL, options),
                problems);
    }

    private static TableInfo table(String name, int columns) {
        return new TableInfo("obsm/" + name, 5, columns, "float32", true);
    }
}
