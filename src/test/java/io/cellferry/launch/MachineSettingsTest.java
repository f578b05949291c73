package io.cellferry.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cellferry.failure.RequestRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/// `application.yml` describes this machine; what it may not say is refused by place.
class MachineSettingsTest {

    @TempDir
    Path folder;

    @Test
    void withoutTheFileNothingIsSaid() {
        assertThat(MachineSettings.in(folder)).isEqualTo(MachineSettings.NOTHING_SAID);
    }

    @Test
    void theFileOfThisProjectSaysNothing() {
        assertThat(MachineSettings.in(Path.of("").toAbsolutePath())).isEqualTo(MachineSettings.NOTHING_SAID);
    }

    @Test
    void everythingItMaySayIsRead() throws IOException {
        write("""
                cellferry:
                  memory: 2GB
                  threads: 4
                  work-dir: /scratch
                  state-dir: state
                  repository:
                    url: jdbc:postgresql://db/cellferry
                    username: me
                    password: ${NO_SUCH_VARIABLE:secret}
                """);

        assertThat(MachineSettings.in(folder))
                .isEqualTo(new MachineSettings(
                        DataSize.ofGigabytes(2),
                        4,
                        Path.of("/scratch"),
                        Path.of("state"),
                        new MachineSettings.Repository("jdbc:postgresql://db/cellferry", "me", "secret"),
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memroy: 2GB", "memory: much", "threads: many", "repository:\n    uri: x"})
    void aMistakeIsRefusedWithItsLine(String mistake) throws IOException {
        write("cellferry:\n  " + mistake + "\n");

        RequestRefused refused = catchThrowableOfType(RequestRefused.class, () -> MachineSettings.in(folder));

        assertThat(refused)
                .isNotNull()
                .hasMessageContaining(folder.resolve("application.yml").toString())
                .hasMessageContaining(mistake.substring(0, mistake.indexOf(':')));
        assertThat(refused.remedy()).contains("memory, threads, work-dir, state-dir, repository and serve");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memroy: 2GB|2:11: unknown key `memroy` in `cellferry`; the nearest known key is `memory`.",
                "memory: much|2:11: `cellferry.memory` must be a size such as 2GB, not `much`.",
                "threads: many|2:12: `cellferry.threads` must be a whole number, not `many`.",
                "serve: {prt: 80}|2:16: unknown key `prt` in `cellferry.serve`; the nearest known key is `port`.",
                "serve: {read: data}|2:17: `cellferry.serve.read` must be names with a folder each, not `data`.",
                "state-dir: [a]|2:15: `cellferry.state-dir` is no list."
            })
    void aMistakeIsToldInWords(String mistake, String found) throws IOException {
        write("cellferry:\n  " + mistake + "\n");

        assertThat(catchThrowableOfType(RequestRefused.class, () -> MachineSettings.in(folder)))
                .hasMessage(folder.resolve("application.yml") + ":" + found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "celferry: {memory: 2GB}|1:20: unknown key `celferry`; the nearest known key is `cellferry`.",
                "memory: 2GB|1:9: unknown key `memory`; it belongs below `cellferry:`.",
                "serve: {port: 80}|1:15: unknown key `serve`; it belongs below `cellferry:`.",
                "serves: [a]|1:10: unknown key `serves`; the nearest known key is `server`.",
                "- memory: 2GB|1:11: expected keys such as `cellferry:`, found a list or a single value.",
                "- 2GB|1:3: expected keys such as `cellferry:`, found a list or a single value.",
                "2GB|1:1: expected keys such as `cellferry:`, found a list or a single value."
            })
    void aKeyThatNobodyReadsIsRefused(String text, String found) throws IOException {
        write(text + "\n");

        RequestRefused refused = catchThrowableOfType(RequestRefused.class, () -> MachineSettings.in(folder));

        assertThat(refused).hasMessage(folder.resolve("application.yml") + ":" + found);
        assertThat(refused.remedy()).contains("below `cellferry:`");
    }

    @Test
    void keysOfTheFrameworkArePassedOver() throws IOException {
        write("server: {ssl: {certificate: a.pem}}\nlogging.level.root: warn\nCellferry: {threads: 3}\n");

        assertThat(MachineSettings.in(folder).threads()).isEqualTo(3);
    }

    @Test
    void anotherEncodingIsRefused() throws IOException {
        Files.write(folder.resolve("application.yml"), new byte[] {'#', ' ', (byte) 0xFC, '\n'});

        assertThat(catchThrowableOfType(RequestRefused.class, () -> MachineSettings.in(folder)))
                .hasMessage(folder.resolve("application.yml") + " is not UTF-8 text.");
    }

    @Test
    void brokenYamlIsRefused() throws IOException {
        write("cellferry:\n\tmemory: 2GB\n");

        assertThat(catchThrowableOfType(RequestRefused.class, () -> MachineSettings.in(folder)))
                .hasMessageContaining("cannot be read as YAML");
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("application.yml"), text);
    }
}
