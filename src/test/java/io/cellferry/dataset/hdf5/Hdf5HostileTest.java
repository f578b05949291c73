package io.cellferry.dataset.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.failure.InputRefused;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Damaged and malicious chunks are refused naming file, path and chunk, in bounded memory; nothing wrong is delivered.
class Hdf5HostileTest {

    private static final Path FOLDER = Path.of("src/test/resources/hdf5/hostile");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bomb        | holds more than the 4,000 bytes of its chunk
                    long_chunk  | holds more than the 4,000 bytes of its chunk
                    short_chunk | decodes to 400 bytes instead of 4,000
                    cut_stream  | a zlib stream ends after
                    bad_adler   | a zlib stream is damaged: incorrect data check
                    no_stream   | a zlib stream is damaged: incorrect header check
                    fletcher32  | does not match its fletcher32 checksum
                    """)
    void damagedChunksAreRefused(String name, String reason) {
        try (Hdf5File file = Hdf5File.open(FOLDER.resolve(name + ".h5"))) {
            TreeArray damaged = file.root().array("d").orElseThrow();

            assertThatThrownBy(() -> damaged.readWholes(0, 1000))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining(name + ".h5: /d cannot be read: chunk 0 at address")
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void unknownFiltersAreListedByNameAndNumberBeforeReading() {
        try (Hdf5File file = Hdf5File.open(FOLDER.resolve("unknown_filter.h5"))) {
            TreeArray filtered = file.root().array("d").orElseThrow();

            assertThat(filtered.unreadable()).hasValueSatisfying(problem -> {
                assertThat(problem.code()).isEqualTo("input.hdf5.filter");
                assertThat(problem.where()).isEqualTo("/d");
                assertThat(problem.found()).contains("zfp (number 32013)");
                assertThat(problem.remedy()).contains("gzip");
            });
            assertThatThrownBy(filtered::cursor)
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("zfp");
        }
    }

    @Test
    void hugeDeclaredShapesCostNothing() {
        try (Hdf5File file = Hdf5File.open(FOLDER.resolve("huge_shape.h5"))) {
            TreeArray huge = file.root().array("d").orElseThrow();

            assertThat(huge.shape()).containsExactly(1L << 50);
            assertThat(huge.unreadable()).isEqualTo(Optional.empty());
            assertThat(huge.readWholes((1L << 50) - 3, 3)).containsExactly(0, 0, 0);
            assertThat(huge.storedBytes()).isZero();
        }
    }
}
