package io.cellferry.dataset.hdf5;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RoomExhausted;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who has to act where memory runs out while a file is read: its owner where a length must be wrong, whoever runs the
/// machine where it may be right.
class GuardTest {

    @TempDir
    Path folder;

    @Test
    void aSmallFileThatAsksForAllMemoryIsRefused() throws IOException {
        Path small = file("small.h5ad", 1_000);

        assertThatThrownBy(() -> readBeyondMemory(small))
                .isInstanceOf(InputRefused.class)
                .hasMessage(small + ": /obs/s cannot be read: it needs more memory than there is.");
    }

    /// The file has a hole instead of contents, so it takes no room on the disk.
    @Test
    void aFileLargerThanTheMemoryMayNeedMore() throws IOException {
        Path large = file("large.h5ad", Runtime.getRuntime().maxMemory() + (1 << 20));

        assertThatThrownBy(() -> readBeyondMemory(large))
                .isInstanceOf(RoomExhausted.class)
                .hasMessage(large + ": /obs/s cannot be read: it needs more memory than there is.");
    }

    private static void readBeyondMemory(Path file) {
        Guard.running(file, "/obs/s", () -> {
            throw new OutOfMemoryError("Java heap space");
        });
    }

    private Path file(String name, long bytes) throws IOException {
        Path path = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(bytes);
        }
        return path;
    }
}
