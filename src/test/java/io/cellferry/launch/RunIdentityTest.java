package io.cellferry.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionRule;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.cellucidexport.CellucidExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run is its request: what may change a byte changes the id, and nothing else does.
class RunIdentityTest {

    private static final List<OptionRule> RULES = new CellucidExport().options();

    @TempDir
    Path folder;

    @Test
    void theSameRequestHasTheSameId() {
        assertThat(id(Map.of("gzip", "6"))).isEqualTo(id(Map.of("gzip", "6"))).matches("[0-9a-f]{16}");
    }

    @Test
    void sayingAStandardValueChangesNothing() {
        assertThat(id(Map.of("contract", "0.9.1", "gzip", "none"))).isEqualTo(id(Map.of()));
    }

    @Test
    void everyOptionChangesTheId() {
        String plain = id(Map.of());
        for (OptionRule rule : RULES) {
            assertThat(id(Map.of(rule.name(), another(rule)))).as(rule.name()).isNotEqualTo(plain);
        }
    }

    /// A value that is not the standard one.
    private static String another(OptionRule rule) {
        return switch (rule.kind()) {
            case OptionRule.Kind.Text text -> "another";
            case OptionRule.Kind.Choice choice ->
                choice.words().stream()
                        .filter(word -> !rule.standard().equals(java.util.Optional.of(word)))
                        .findFirst()
                        .orElseThrow();
            case OptionRule.Kind.Whole whole -> "3";
            case OptionRule.Kind.Decimal decimal -> "0.75";
            case OptionRule.Kind.Flag flag -> "true";
        };
    }

    @Test
    void aListIsNotItsJoinedText() {
        assertThat(id(Map.of("obs-keys", List.of("a", "b")), "in", "out"))
                .isNotEqualTo(id(Map.of("obs-keys", List.of("a,b")), "in", "out"));
    }

    @Test
    void inputOutputAndJobChangeTheId() {
        String plain = id(Map.of(), "in", "out");

        assertThat(id(Map.of(), "other", "out")).isNotEqualTo(plain);
        assertThat(id(Map.of(), "in", "other")).isNotEqualTo(plain);
        JobRequest another = new JobRequest("another", folder.resolve("in"), folder.resolve("out"), values(Map.of()));
        assertThat(RunIdentity.of(another, "").id()).isNotEqualTo(plain);
    }

    @Test
    void whatANamedFileSaysChangesTheId() {
        JobRequest request = new JobRequest("job", folder.resolve("in"), folder.resolve("out"), values(Map.of()));

        assertThat(RunIdentity.of(request, "GENE1").id())
                .isNotEqualTo(RunIdentity.of(request, "GENE2").id());
    }

    @Test
    void twoSpellingsOfAnInputAreOne() throws IOException {
        Files.createFile(folder.resolve("real.h5ad"));
        Files.createSymbolicLink(folder.resolve("link.h5ad"), folder.resolve("real.h5ad"));

        assertThat(id(Map.of(), "link.h5ad", "out")).isEqualTo(id(Map.of(), "real.h5ad", "out"));
    }

    /// A service asks by real paths, a person by whatever links lead there; also before the folder is there.
    @Test
    void twoSpellingsOfAnOutputAreOne() throws IOException {
        Files.createDirectory(folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

        assertThat(id(Map.of(), "in", "link/out")).isEqualTo(id(Map.of(), "in", "real/out"));
        String before = id(Map.of(), "in", "link/new/out");
        Files.createDirectory(folder.resolve("real/new"));
        assertThat(id(Map.of(), "in", "real/new/out")).isEqualTo(before);
    }

    @Test
    void aLinkInThePlaceOfTheOutputIsNotFollowed() throws IOException {
        Files.createFile(folder.resolve("real"));
        String before = id(Map.of(), "in", "out");
        Files.createSymbolicLink(folder.resolve("out"), folder.resolve("real"));

        assertThat(id(Map.of(), "in", "out")).isEqualTo(before);
    }

    @Test
    void theContentOfTheInputDoesNotChangeTheId() throws IOException {
        Files.writeString(folder.resolve("in"), "one");
        String before = id(Map.of(), "in", "out");
        Files.writeString(folder.resolve("in"), "another");

        assertThat(id(Map.of(), "in", "out")).isEqualTo(before);
    }

    private String id(Map<String, String> options) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        options.forEach((name, value) -> lists.put(name, List.of(value)));
        return id(lists, "in", "out");
    }

    private String id(Map<String, List<String>> options, String input, String output) {
        return RunIdentity.of(
                        new JobRequest(
                                "cellucid-export", folder.resolve(input), folder.resolve(output), values(options)),
                        "")
                .id();
    }

    private static OptionValues values(Map<String, List<String>> options) {
        return OptionValues.of(RULES, options);
    }
}
