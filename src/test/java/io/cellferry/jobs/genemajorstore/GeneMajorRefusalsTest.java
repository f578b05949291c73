package io.cellferry.jobs.genemajorstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.Opened;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.launch.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What cannot become a store is refused before anything appears, by name and with what to do.
class GeneMajorRefusalsTest {

    @AutoClose
    private static final StoreRuns STORES = new StoreRuns("refused");

    private static final Path TWO_MEASUREMENTS =
            Path.of("src/test/resources/soma/tiny.tar.gz").toAbsolutePath();

    @Test
    void whatIsNotClearOrNotThereIsRefusedWithTheListOfWhatIs() {
        Path output = STORES.at("unclear.zarr");

        assertThatThrownBy(() -> STORES.run(TWO_MEASUREMENTS, output, "X", Map.of()))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("ADT, RNA");
        assertThatThrownBy(() -> STORES.run(TWO_MEASUREMENTS, output, "X", Map.of("measurement", "ATAC")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("ADT, RNA");
        assertThatThrownBy(() ->
                        STORES.run(TWO_MEASUREMENTS, output, "X", Map.of("measurement", "RNA", "layer", "spliced")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("counts, data");
        assertThatThrownBy(() -> STORES.run(Opened.oddPath("modern.h5ad"), output, "X", Map.of("layer", "counts")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("AnnData");
        assertThat(output).doesNotExist();
    }

    /// Some are noticed while planning, some only when the values are read.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "index_out_of_range",
                "index_negative",
                "by_gene_index_out_of_range",
                "indptr_beyond_data",
                "indptr_before_end",
                "indptr_decreasing",
                "indptr_wrapped",
                "data_too_short",
                "shape_other_genes",
                "unknown_filter"
            })
    void aMatrixThatCannotBeRightIsRefusedByNameAndNothingAppears(String odd) {
        Path output = STORES.at("refused-%s.zarr".formatted(odd));
        Throwable reason;
        try {
            reason = STORES.run(Opened.oddPath(odd + ".h5ad"), output, "X", Map.of())
                    .reason()
                    .orElseThrow();
        } catch (InputRefused refusal) {
            reason = refusal;
        }

        assertThat(reason).isInstanceOf(InputRefused.class).hasMessageContaining("X");
        assertThat(((InputRefused) reason).remedy()).isNotBlank();
        assertThat(output).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "none"})
    void aLevelThatWouldChangeNothingIsRefused(String codec) {
        Path output = STORES.at("levels-%s.zarr".formatted(codec));

        assertThatThrownBy(() ->
                        STORES.run(Opened.oddPath("modern.h5ad"), output, "X", Map.of("codec", codec, "level", "3")))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("--level 3: %s has no levels here.".formatted(codec));
        assertThat(output).doesNotExist();
    }

    @Test
    void aValueThatDoesNotFitIsRefusedByCellAndGene() {
        Path output = STORES.at("too-large.zarr");
        RunOutcome outcome =
                STORES.run(Opened.oddPath("values_int64_big.h5ad"), output, "X", Map.of("value-type", "int32"));
        Path mirrored = STORES.at("too-large-by-cell.zarr");
        RunOutcome byCell = STORES.run(
                Opened.oddPath("values_int64_big.h5ad"),
                mirrored,
                "X",
                Map.of("value-type", "int32", "order", "cells"));
        assertThat(byCell.reason().orElseThrow()).hasMessageContaining("cell 0, gene 0 ");

        assertThat(outcome.reason().orElseThrow())
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("cell")
                .hasMessageContaining("gene")
                .hasMessageContaining("int32");
        assertThat(output).doesNotExist();
    }

    /// Whoever reads a value holds the chunk it lies in, decoded. The promise counts that.
    @Test
    void aChunkThatDoesNotFitIntoTheMemoryIsForetold() throws IOException {
        Path store = STORES.at("one-chunk.zarr");
        assertThat(STORES.run(Opened.oddPath("modern.h5ad"), store, "X", Map.of())
                        .reason())
                .isEmpty();
        Files.delete(store.resolve(".zmetadata"));
        for (String array : List.of("X/data", "X/indices")) {
            Path document = store.resolve(array).resolve(".zarray");
            Files.writeString(
                    document,
                    Files.readString(document).replaceAll("\"chunks\" *: *\\[[^]]*]", "\"chunks\":[25000000]"));
        }

        assertThat(foretold(store, 256L << 20)).contains("room.memory");
        assertThat(foretold(store, 2048L << 20)).isEmpty();
    }

    private static List<String> foretold(Path input, long memoryBytes) {
        return STORES.planned(input, new MachineRoom(memoryBytes, memoryBytes / 2, 1, Optional.empty())).stream()
                .filter(Problem::refuses)
                .map(Problem::code)
                .toList();
    }
}
