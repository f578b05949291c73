package io.cellferry.jobs.genemajorstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `verify` finds a store equal to the input it was made from, and any byte of its matrix that is not.
class StoreVerificationTest {

    @AutoClose
    private static final StoreRuns STORES = new StoreRuns("verified");

    @Test
    void whatIsComparedWithItsInputIsFoundEqualAndADamagedStoreIsNot() throws IOException {
        Path input = Opened.oddPath("modern.h5ad");
        Path output = STORES.at("verified.zarr");
        assertThat(STORES.run(input, output, "X", Map.of("codec", "none")).reason())
                .isEmpty();

        assertThat(StoreRuns.verified(output, input)).isEmpty();

        Path data = output.resolve("X/data/0");
        byte[] sound = Files.readAllBytes(data);
        byte[] damaged = sound.clone();
        damaged[3] ^= 1;
        Files.write(data, damaged);
        assertThat(StoreRuns.verified(output, input)).contains("store.differs");
        Files.write(data, sound);
        Path cells = output.resolve("X/indices/0");
        byte[] places = Files.readAllBytes(cells);
        places[0] ^= 8;
        Files.write(cells, places);
        assertThat(StoreRuns.verified(output, input)).contains("store.cells");
    }

    @Test
    void aDamagedStoreByCellIsFound() throws IOException {
        Path input = Opened.oddPath("modern.h5ad");
        Path output = STORES.at("verified-by-cell.zarr");
        assertThat(STORES.run(input, output, "X", Map.of("codec", "none", "order", "cells"))
                        .reason())
                .isEmpty();
        assertThat(StoreRuns.verified(output, input)).isEmpty();

        Path genes = output.resolve("X/indices/0");
        byte[] places = Files.readAllBytes(genes);
        places[0] ^= 8;
        Files.write(genes, places);
        assertThat(StoreRuns.verified(output, input)).contains("store.genes");
    }
}
