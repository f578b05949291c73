package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines are kept in order, the newest in the plain file, and never more than the bound.
class BoundedLogTest {

    @TempDir
    Path folder;

    @Test
    void theOldestFileGoesWhenANewOneIsBegun() throws IOException {
        StateFolder state = StateFolder.open(new RealDisk(), folder);
        try (BoundedLog log = state.log("audit.log", 20, 3)) {
            for (int i = 0; i < 10; i++) {
                log.append("line %04d".formatted(i)); // 10 bytes each, two a file
            }
        }

        assertThat(Files.readAllLines(folder.resolve("audit.log"))).containsExactly("line 0008", "line 0009");
        assertThat(Files.readAllLines(folder.resolve("audit.log.1"))).containsExactly("line 0006", "line 0007");
        assertThat(Files.readAllLines(folder.resolve("audit.log.2"))).containsExactly("line 0004", "line 0005");
        assertThat(folder.resolve("audit.log.3")).doesNotExist();
    }

    @Test
    void anOpenedLogGoesOnWhereItWas() throws IOException {
        StateFolder state = StateFolder.open(new RealDisk(), folder);
        try (BoundedLog log = state.log("audit.log", 1000, 2)) {
            log.append("one");
        }
        try (BoundedLog log = state.log("audit.log", 1000, 2)) {
            log.append("two");
            assertThat(Files.readAllLines(folder.resolve("audit.log"))).containsExactly("one", "two");
        }
    }

    @Test
    void aLineCannotPretendToBeTwo() {
        StateFolder state = StateFolder.open(new RealDisk(), folder);
        try (BoundedLog log = state.log("audit.log", 1000, 2)) {
            assertThatThrownBy(() -> log.append("a\nb")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
