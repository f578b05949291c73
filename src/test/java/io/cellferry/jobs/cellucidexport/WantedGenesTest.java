package io.cellferry.jobs.cellucidexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--genes` names nothing, a file with one name a line, or the names themselves.
class WantedGenesTest {

    @TempDir
    Path folder;

    @Test
    void nothingSaidMeansAll() {
        assertThat(wanted()).isEmpty();
    }

    @Test
    void namesAreSeparatedByCommas() {
        assertThat(wanted("ACTB, CD3E,,", "MS4A1")).contains(List.of("ACTB", "CD3E", "MS4A1"));
    }

    @Test
    void aFileHasOneNameALine() throws IOException {
        Path file = Files.writeString(folder.resolve("genes.txt"), "ACTB\r\n\n  CD3E \nHLA-A,B\n");

        assertThat(wanted(file.toString())).contains(List.of("ACTB", "CD3E", "HLA-A,B"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        Path file = Files.writeString(folder.resolve("genes.txt"), "\uFEFFACTB\nCD3E\n");

        assertThat(wanted(file.toString())).contains(List.of("ACTB", "CD3E"));
    }

    @Test
    void aNameThatCannotBeAPathIsAGene() {
        assertThat(wanted("a\0b")).contains(List.of("a\0b"));
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("genes.txt"), "Zürich".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> wanted(file.toString()))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("cannot be read as UTF-8 text");
    }

    private Optional<List<String>> wanted(String... said) {
        Map<String, List<String>> options = said.length == 0 ? Map.of() : Map.of("genes", List.of(said));
        return WantedGenes.of(new JobRequest(
                CellucidExportSteps.NAME,
                folder.resolve("in"),
                folder.resolve("out"),
                OptionValues.of(CellucidExportRules.ALL, options)));
    }
}
