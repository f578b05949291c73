package io.cellferry.launch.jobfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A path leads where it leads for every other program.
class SaidPathTest {

    private Path folder;

    @BeforeEach
    void useTheRealFolder(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
    }

    @Test
    void aPathWithoutLinksIsTakenByItsNames() {
        assertThat(in("a/./b")).isEqualTo(folder.resolve("a/b"));
        assertThat(in("a/../b")).isEqualTo(folder.resolve("b"));
        assertThat(in("/x/../../y")).isEqualTo(Path.of("/y"));
        assertThat(in(".")).isEqualTo(folder);
        assertThat(in("")).isEqualTo(folder);
    }

    @Test
    void upFromALinkIsAboveTheFolderThatItLeadsTo() throws IOException {
        Files.createDirectories(folder.resolve("elsewhere/deep"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere/deep"));

        assertThat(in("link/../a.h5ad")).isEqualTo(folder.resolve("elsewhere/a.h5ad"));
        assertThat(in("link/a.h5ad")).isEqualTo(folder.resolve("link/a.h5ad"));
    }

    private Path in(String said) {
        return SaidPath.in(folder, Path.of(said));
    }
}
