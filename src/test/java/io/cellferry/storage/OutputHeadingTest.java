package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputHeadingTest {

    @TempDir
    Path temporary;

    private Path output;
    private Path manifest;

    @BeforeEach
    void publish() throws IOException {
        output = temporary.toRealPath().resolve("out");
        manifest = output.resolveSibling("out.cellferry.json");
        Publishing.folder(output, Map.of("a", "content"));
    }

    @Test
    void saysWhatTheManifestSays() {
        OutputManifest whole = OutputManifest.read(output).orElseThrow();
        assertThat(OutputHeading.read(output)).hasValueSatisfying(heading -> {
            assertThat(heading.runId()).isEqualTo(whole.runId());
            assertThat(heading.toolVersion()).isEqualTo(whole.toolVersion());
            assertThat(heading.startedAt()).isEqualTo(whole.startedAt());
            assertThat(heading.input()).isEqualTo(whole.input());
            assertThat(heading.details()).isEqualTo(whole.details());
        });
    }

    @Test
    void doesNotLookAtTheList() throws IOException {
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.substring(0, text.lastIndexOf("\"files\"")) + "\"files\" : [ nonsense");
        assertThat(OutputManifest.read(output)).isEmpty();
        assertThat(OutputHeading.read(output)).isPresent();
    }

    @Test
    void isEmptyWhereThereIsNoneOrADamagedOne() throws IOException {
        String text = Files.readString(manifest);
        for (String damaged : new String[] {
            "",
            "[]",
            "null",
            "{}",
            "{\"files\":[]}",
            text.substring(0, text.indexOf("\"input\"")),
            text.replace("\"version\" : 1", "\"version\" : 2"),
            text.replace("\"runId\"", "\"run\""),
        }) {
            Files.writeString(manifest, damaged);
            assertThat(OutputHeading.read(output)).as(damaged).isEmpty();
        }
        Files.delete(manifest);
        assertThat(OutputHeading.read(output)).isEmpty();
    }
}
