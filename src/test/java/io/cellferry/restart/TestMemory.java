package io.cellferry.restart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Folders that lie in memory where the machine offers that: tests that rewrite a folder a thousand times would
/// otherwise wait for the disk.
public final class TestMemory {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private TestMemory() {}

    /// A new folder, which the caller deletes.
    public static Path newFolder(String name) throws IOException {
        Path folder = Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)
                ? Files.createTempDirectory(SHARED_MEMORY, name)
                : Files.createTempDirectory(name);
        return folder.toRealPath();
    }
}
