package io.cellferry.dataset.soma;

import io.cellferry.dataset.CellDatasetContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// A folder with a SOMA experiment keeps the promises of the port.
class SomaFolderTest extends CellDatasetContract {

    @TempDir
    private static Path folder;

    private static Path whole;
    private static Path cut;

    /// In `cut` the ids of the cells end too early.
    @BeforeAll
    static void unpack() throws IOException {
        whole = SomaFixtures.unpacked(SomaFixtures.own("tiny"), folder);
        cut = SomaFixtures.unpacked(SomaFixtures.own("tiny"), folder);
        Path ids = SomaFixtures.file(cut.resolve("obs"), "d0.tdb");
        byte[] bytes = Files.readAllBytes(ids);
        Files.write(ids, Arrays.copyOf(bytes, bytes.length - 1));
    }

    @Override
    protected Path complete() {
        return whole;
    }

    @Override
    protected Path cutOff() {
        return cut;
    }
}
