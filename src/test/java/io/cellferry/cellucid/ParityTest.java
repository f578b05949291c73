package io.cellferry.cellucid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.JsonReader;
import io.cellferry.failure.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Exports equal those of a reference writer of contract 0.9.1 in every JSON character and every payload byte, and what
/// it refuses is refused. The cases were written by `src/test/scripts/make_cellucid_parity.py`.
class ParityTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("accepted")
    void everyFileEqualsTheReference(Case parity) {
        Map<String, String> expected = new TreeMap<>();
        parity.outcome().asMembers().byName().forEach((path, digest) -> expected.put(path, digest.asText()));

        RecipeExport.write(parity.recipe(), RecipeExport.settings(parity.recipe()), folder);

        assertThat(FolderDigest.of(folder)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatTheReferenceRefusesIsRefused(Case parity) {
        assertThatThrownBy(() -> RecipeExport.write(parity.recipe(), RecipeExport.settings(parity.recipe()), folder))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.remedy()).isNotBlank());
    }

    @Test
    void atLeastThirtyDataSetsAreCompared() throws IOException {
        assertThat(accepted()).hasSizeGreaterThanOrEqualTo(30);
    }

    static Stream<Case> accepted() throws IOException {
        return cases().filter(parity -> parity.outcome() instanceof Json.Members);
    }

    static Stream<Case> refused() throws IOException {
        return cases().filter(parity -> parity.outcome() instanceof Json.Text);
    }

    static Recipe recipe(String name) throws IOException {
        return cases().map(Case::recipe)
                .filter(recipe -> recipe.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Case> cases() throws IOException {
        try (var in = ParityTest.class.getResourceAsStream("/cellucid/parity.json")) {
            return JsonReader.read(in.readAllBytes()).asItems().stream()
                    .map(Json::asMembers)
                    .map(json -> new Case(new Recipe(json.member("recipe").asMembers()), json.member("outcome")));
        }
    }

    record Case(Recipe recipe, Json outcome) {
        @Override
        public String toString() {
            return recipe.name();
        }
    }
}
