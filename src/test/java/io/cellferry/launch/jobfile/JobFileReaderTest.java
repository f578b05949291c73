package io.cellferry.launch.jobfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cellferry.failure.RequestRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A job file is read as it was written; every mistake is told with its place, all at once.
class JobFileReaderTest {

    private static final String HEAD = "job: cellucid-export\ninput: in.h5ad\noutput: ../out\n";

    @TempDir
    Path folder;

    @Test
    void pathsAreRelativeToTheFile() throws IOException {
        JobFile read = read(HEAD);

        assertThat(read.job()).isEqualTo("cellucid-export");
        assertThat(read.input()).isEqualTo(folder.resolve("in.h5ad"));
        assertThat(read.output()).isEqualTo(folder.resolveSibling("out"));
        assertThat(read.options()).isEmpty();
    }

    @Test
    void theExampleOfTheReadmeIsRead() {
        JobFile demo = JobFileReader.read(Path.of("jobs/demo.yml"));

        assertThat(demo.input()).isRegularFile();
        assertThat(demo.options())
                .containsEntry("gzip", List.of("6"))
                .containsEntry("created-at", List.of("2026-01-01T00:00:00Z"))
                .containsEntry("embedding", List.of("2d=obsm/X_umap", "3d=obsm/X_umap_3d"));
    }

    @Test
    void aValueIsTheTextThatWasWritten() throws IOException {
        JobFile read = read(HEAD + """
                options:
                  dataset-id: 007
                  dataset-name: 1.10
                  description: no
                  source-name: 0x1F
                  source-url: ${HOME}
                  source-citation: ~
                  genes: [NO, 1e3, "a,b"]
                """);

        assertThat(read.options())
                .containsEntry("dataset-id", List.of("007"))
                .containsEntry("dataset-name", List.of("1.10"))
                .containsEntry("description", List.of("no"))
                .containsEntry("source-name", List.of("0x1F"))
                .containsEntry("source-url", List.of("${HOME}"))
                .containsEntry("source-citation", List.of("~"))
                .containsEntry("genes", List.of("NO", "1e3", "a,b"));
    }

    @Test
    void nothingBehindTheColonSaysNothing() throws IOException {
        assertThat(read(HEAD + "options:\n").options()).isEmpty();
        assertThat(read(HEAD + "options:\n  gzip:\n  latent: obsm/X_pca\n").options())
                .containsOnlyKeys("latent");
    }

    @Test
    void everyMistakeIsToldWithItsPlaceAtOnce() {
        RequestRefused refused = refusal("""
                jb: cellucid-export
                input: [a, b]
                ouput: x
                options:
                  gzip: {level: 6}
                  genes: []
                  embedding:
                    - 2d=obsm/X_umap
                    - 3d: obsm/X_umap_3d
                """);

        String file = folder.resolve("job.yml").toString();
        assertThat(refused)
                .hasMessageContainingAll(
                        file + ":1:1: unknown key `jb`; the nearest known key is `job`",
                        file + ":2:8: `input` must be one text",
                        file + ":3:1: unknown key `ouput`; the nearest known key is `output`",
                        file + ":5:9: `gzip` must be one text or a list of texts",
                        file + ":6:10: `genes` must be one text or a list of texts",
                        file + ":9:7: each value of `embedding` must be one text",
                        file + ": the key `job:` is missing",
                        file + ": the key `output:` is missing");
        assertThat(refused.exitCode()).isEqualTo(64);
        assertThat(refused.remedy()).contains("README");
    }

    @Test
    void aKeySaidTwiceIsRefused() {
        assertThat(refusal("job: a\n" + HEAD)).hasMessageContaining(":2:1: `job` is said twice");
        assertThat(refusal(HEAD + "options:\n  gzip: 1\n  gzip: 2\n"))
                .hasMessageContaining(":6:3: `gzip` is said twice");
    }

    @Test
    void anchorsAliasesAndTagsAreRefusedByPlace() {
        assertThat(refusal(HEAD + "options:\n  genes: &a [x]\n  vectors: *a\n"))
                .hasMessageContainingAll(":5:10: an anchor", ":6:12: an alias");
        assertThat(refusal(HEAD + "options:\n  genes: !!java.net.URL [x]\n")).hasMessageContaining(":5:10: a tag");
        assertThat(refusal(HEAD + "options:\n  gzip: !!int 6\n")).hasMessageContaining(":5:9: a tag");
    }

    @Test
    void aBombOfAliasesIsRefusedUnopened() {
        StringBuilder bomb = new StringBuilder(HEAD).append("options:\n  a0: &a0 [x, x]\n");
        for (int level = 1; level < 30; level++) {
            bomb.append("  a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(level, level - 1));
        }

        assertThat(refusal(bomb.toString())).hasMessageContaining("an alias (*name) is not taken");
    }

    @Test
    void aTreeThatIsTooDeepIsRefused() {
        assertThat(refusal(HEAD + "options:\n  genes: " + "[".repeat(100_000) + "\n"))
                .hasMessageContaining(":5:24: found more than 16 levels inside each other");
    }

    @Test
    void severalDocumentsAreRefused() {
        assertThat(refusal(HEAD + "---\n" + HEAD)).hasMessageContaining("holds 2 YAML documents");
        assertThat(refusal("")).hasMessageEndingWith("says nothing.");
        assertThat(refusal("# later\n")).hasMessageEndingWith("says nothing.");
    }

    @Test
    void somethingElseThanKeysIsRefused() {
        assertThat(refusal("- job\n- input\n")).hasMessageContaining(":1:1: expected keys such as `job:`");
        assertThat(refusal(HEAD + "options: [gzip]\n")).hasMessageContaining(":4:10: `options` must hold names");
        assertThat(refusal(HEAD + "? [a, b]\n: c\n")).hasMessageContaining(":4:3: a key must be one word");
    }

    @Test
    void aTabIsToldWithItsPlace() {
        assertThat(refusal(HEAD + "options:\n\tgzip: 6\n"))
                .hasMessageContaining(":5:1: cannot be read as YAML")
                .hasMessageContaining("'\\t");
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        assertThat(read("\uFEFF" + HEAD).job()).isEqualTo("cellucid-export");
    }

    @Test
    void anotherEncodingIsRefused() throws IOException {
        write((HEAD + "options:\n  description: Zürich\n").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusal()).hasMessageContaining("is not UTF-8 text");
    }

    @Test
    void aHugeFileIsRefusedUnread() throws IOException {
        write(new byte[(1 << 20) + 1]);

        assertThat(refusal()).hasMessageContaining("has 1,048,577 bytes; a job file has at most 1,048,576");
    }

    @Test
    void aMissingFileAndAFolderAreRefused() {
        assertThat(refusal()).hasMessageContaining("There is no job file");
        assertThat(catchThrowableOfType(RequestRefused.class, () -> JobFileReader.read(folder)))
                .hasMessageContaining("There is no job file");
    }

    @Test
    void aPathThatIsNoneIsRefused() {
        assertThat(refusal("job: a\ninput: \"a\\0b\"\noutput: x\n")).hasMessageContaining("`input` is not a path");
    }

    private JobFile read(String text) throws IOException {
        return JobFileReader.read(write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private RequestRefused refusal(String text) {
        try {
            write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return refusal();
    }

    private RequestRefused refusal() {
        RequestRefused refused =
                catchThrowableOfType(RequestRefused.class, () -> JobFileReader.read(folder.resolve("job.yml")));
        assertThat(refused).isNotNull();
        return refused;
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("job.yml"), bytes);
    }
}
