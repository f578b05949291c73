package io.cellferry.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A figure of memory that cannot be kept is refused wherever it was said.
class MachineTest {

    @TempDir
    Path folder;

    private void room(Map<String, String> environment, Optional<String> flag) {
        new Machine(environment, folder).room(flag, Optional.empty(), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "lots, Option CELLFERRY_MEMORY must be a size",
        "-1GB, Option CELLFERRY_MEMORY must be a size",
        "10MB, CELLFERRY_MEMORY says 10 MB; at least 512 MB are needed"
    })
    void theEnvironmentIsTakenAtItsWord(String said, String found) {
        assertThatThrownBy(() -> room(Map.of("CELLFERRY_MEMORY", said), Optional.empty()))
                .isInstanceOf(RequestRefused.class)
                .hasMessageStartingWith(found);
    }

    @Test
    void soAreTheSettings() throws IOException {
        Files.writeString(folder.resolve("application.yml"), "cellferry:\n  memory: 10MB\n");

        assertThatThrownBy(() -> room(Map.of(), Optional.empty()))
                .isInstanceOf(RequestRefused.class)
                .hasMessageStartingWith("`memory` in application.yml says 10 MB");
        assertThatCode(() -> room(Map.of("CELLFERRY_MEMORY", "1GB"), Optional.empty()))
                .as("what the environment overrides")
                .doesNotThrowAnyException();
    }

    @Test
    void aPathLeadsWhereItLeadsForEveryOtherProgram() throws IOException {
        Path real = Files.createDirectories(folder.resolve("elsewhere/deep")).toRealPath();
        Files.createSymbolicLink(folder.resolve("link"), real);

        assertThat(new Machine(Map.of(), folder).resolve(Path.of("link/../a.h5ad")))
                .isEqualTo(real.resolveSibling("a.h5ad"));
    }

    @Test
    void aHomeFolderIsOneThatSomebodyNamed() {
        assertThat(Machine.home("/home/ada", "/root")).contains(Path.of("/home/ada"));
        assertThat(Machine.home("", "/root")).contains(Path.of("/root"));
        assertThat(Machine.home("", "?")).as("a user in no list of users").isEmpty();
    }

    @Test
    void theFlagWins() {
        assertThat(new Machine(Map.of("CELLFERRY_MEMORY", "lots"), folder)
                        .room(Optional.of("2GB"), Optional.empty(), Optional.empty())
                        .memoryBytes())
                .isEqualTo(2L << 30);
    }
}
