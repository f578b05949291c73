package io.cellferry.dataset.soma;

import io.cellferry.dataset.CellDatasetContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;

/// A SOMA experiment in a `.tar.gz` keeps the promises of the port; written by TileDB itself.
class SomaArchiveTest extends CellDatasetContract {

    @TempDir
    private static Path folder;

    @Override
    protected Path complete() {
        return SomaFixtures.own("tiny");
    }

    @Override
    protected Path cutOff() {
        try {
            byte[] whole = Files.readAllBytes(complete());
            return Files.write(folder.resolve("cut.tar.gz"), Arrays.copyOf(whole, whole.length / 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
