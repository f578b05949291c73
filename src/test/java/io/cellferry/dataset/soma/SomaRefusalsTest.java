package io.cellferry.dataset.soma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is not read is refused by name, with the array it is in. All of these are sound arrays of TileDB.
class SomaRefusalsTest {

    @TempDir
    private Path folder;

    private Path refused;

    @BeforeEach
    void unpack() throws IOException {
        refused = SomaFixtures.unpacked(SomaFixtures.own("refused"), folder);
    }

    @ParameterizedTest
    @CsvSource({
        "hilbert, Hilbert order",
        "duplicates, allows several values in one place",
        "deleted, deleted or updated by a condition",
        "xor, the filter XOR",
        "scaled, 'float scaling, which loses digits'"
    })
    void whatIsNotReadIsNamed(String array, String words) {
        assertThatThrownBy(() -> layer(array))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining(array)
                .hasMessageContaining(words)
                .satisfies(
                        refusal -> assertThat(((InputRefused) refusal).remedy()).isNotBlank());
    }

    @Test
    void newerFormatsAreRefusedByNumber() throws IOException {
        Path fragment = SomaFixtures.file(refused.resolve("columnwise"), "__fragment_metadata.tdb");
        byte[] bytes = Files.readAllBytes(fragment);
        int footer = bytes.length
                - 8
                - (int) java.nio.ByteBuffer.wrap(bytes)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getLong(bytes.length - 8);
        bytes[footer] = 24;
        Files.write(fragment, bytes);

        assertThatThrownBy(() -> layer("columnwise"))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("storage format 24");
    }

    @Test
    void encryptedTilesAreRefused() throws IOException {
        Path schema = SomaFixtures.files(refused.resolve("columnwise/__schema")).getFirst();
        byte[] bytes = Files.readAllBytes(schema);
        bytes[4 + 8 + 8 + 1 + 8] = 1;
        Files.write(schema, bytes);

        assertThatThrownBy(() -> layer("columnwise"))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("encrypted");
    }

    /// Not refused: nothing says that cells have to lie row by row, they are only slower to sort.
    @Test
    void columnwiseCellsAreSorted() {
        SparseLayer layer = layer("columnwise");
        try (SparseRows rows = layer.open()) {
            CsrBlock block = new CsrBlock(rows.valueType());

            rows.read(new CellRange(0, 6), block);

            assertThat(block.rowStarts()).startsWith(0, 2, 3, 3, 5, 6, 8);
            assertThat(block.genes()).startsWith(0, 3, 1, 2, 4, 0, 1, 2);
            for (int i = 0; i < 8; i++) {
                assertThat(block.values().asDouble(i)).isEqualTo(i + 1);
            }
        }
    }

    private SparseLayer layer(String name) {
        StoredArray array = StoredArray.open(SomaFixtures.folder(refused), name);
        SparseLayer layer = SparseLayer.of(array, JoinIds.numbers(6), JoinIds.numbers(5));
        layer.starts();
        return layer;
    }
}
