package io.cellferry.matrix;

import static io.cellferry.matrix.MatrixInMemory.visited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.StorageFailed;
import io.cellferry.matrix.MatrixInMemory.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run with dictionaries has the bytes its layout says, and no changed byte of it ever becomes a value.
///
/// `coded.run` was written by `coded_run.py` beside it, which knows the layout and not this code.
class CodedRunTest {

    private static final CellRange BLOCK = new CellRange(7, 9);
    private static final int GENES = 35;

    @TempDir
    private Path folder;

    @Test
    void aRunWithDictionariesHasTheBytesOfItsLayout() throws IOException {
        var out = new ByteArrayOutputStream();
        var block = new CsrBlock(ValueType.FLOAT64);
        matrix().read(BLOCK, block);

        RunFooter footer = new RunWriter(ValueType.FLOAT64, GeneSelection.all(GENES)).write(block, Spill.to(out));

        assertThat(out.toByteArray()).isEqualTo(coded());
        assertThat(footer.dictionaryValues()).isEqualTo(3);
        // One byte for each of two cells, three values of eight.
        assertThat(footer.fileBytes()).isEqualTo(footer.payloadBytes() + 3 * 156 + 2 + 3 * 8 + 56);
    }

    @Test
    void aRunWithDictionariesIsReadBack() throws IOException {
        Path file = Files.write(folder.resolve("coded.run"), coded());

        try (RunReader run = RunReader.open(file)) {
            run.verify();
        }
        assertThat(merged(file)).isEqualTo(matrix().transposed(GeneSelection.all(GENES)));
    }

    @Test
    void everyFlippedBitIsFoundBeforeAWrongValueIsDelivered() throws IOException {
        byte[] sound = coded();
        Path file = folder.resolve("flipped.run");
        for (int bit = 0; bit < sound.length * Byte.SIZE; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Files.write(file, flipped);

            assertThatThrownBy(() -> verify(file)).as("bit %d", bit).isInstanceOf(StorageFailed.class);
            assertThatThrownBy(() -> merged(file)).as("bit %d", bit).isInstanceOf(StorageFailed.class);
        }
    }

    @Test
    void everyTruncationIsFound() throws IOException {
        byte[] sound = coded();
        Path file = folder.resolve("truncated.run");
        for (int length = 0; length < sound.length; length++) {
            Files.write(file, Arrays.copyOf(sound, length));

            assertThatThrownBy(() -> verify(file)).as("%d bytes", length).isInstanceOf(StorageFailed.class);
        }
    }

    @Test
    void damagedDictionariesAreNamed() throws IOException {
        byte[] flipped = coded();
        flipped[flipped.length - 56 - 1] ^= 1;
        Path file = Files.write(folder.resolve("flipped.run"), flipped);

        assertThatThrownBy(() -> merged(file))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("its dictionaries have checksum");
    }

    private static void verify(Path file) {
        try (RunReader run = RunReader.open(file)) {
            run.verify();
        }
    }

    /// Seven empty cells in a run of their own, then `file`.
    private List<Column> merged(Path file) throws IOException {
        var empty = new CellRange(0, BLOCK.from());
        var block = new CsrBlock(ValueType.FLOAT64);
        matrix().read(empty, block);
        var out = new ByteArrayOutputStream();
        new RunWriter(ValueType.FLOAT64, GeneSelection.all(GENES)).write(block, Spill.to(out));
        Path before = Files.write(folder.resolve("before.run"), out.toByteArray());
        var genes = new GeneRange(0, GENES);
        var plan = new TranspositionPlan(
                ValueType.FLOAT64, BLOCK.to(), GENES, GENES, 1 << 20, List.of(empty, BLOCK), List.of(genes));
        try (var columns = SpilledColumns.open(plan, List.of(before, file), Spill.PLENTY)) {
            return visited(columns, genes);
        }
    }

    /// What `coded_run.py` explains.
    private static MatrixInMemory matrix() {
        List<Integer> first = new ArrayList<>();
        List<Long> firstBits = new ArrayList<>();
        List<Integer> second = new ArrayList<>();
        List<Long> secondBits = new ArrayList<>();
        for (int gene = 0; gene < 34; gene++) {
            first.add(gene);
            firstBits.add(gene == 33 ? 0x7ff4_0000_0000_0123L : Double.doubleToRawLongBits(gene < 17 ? 0.5 : -0.0));
            if (gene <= 16 || gene == 33) {
                second.add(gene);
                secondBits.add(Double.doubleToRawLongBits(gene == 33 ? 0.75 : gene == 16 ? 1 : 0.25));
            }
        }
        int[][] genes = new int[BLOCK.to()][0];
        long[][] bits = new long[BLOCK.to()][0];
        genes[7] = first.stream().mapToInt(Integer::intValue).toArray();
        bits[7] = firstBits.stream().mapToLong(Long::longValue).toArray();
        genes[8] = second.stream().mapToInt(Integer::intValue).toArray();
        bits[8] = secondBits.stream().mapToLong(Long::longValue).toArray();
        return new MatrixInMemory(ValueType.FLOAT64, GENES, genes, bits);
    }

    private static byte[] coded() throws IOException {
        try (InputStream golden = CodedRunTest.class.getResourceAsStream("coded.run")) {
            return golden.readAllBytes();
        }
    }
}
