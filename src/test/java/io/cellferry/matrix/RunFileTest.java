package io.cellferry.matrix;

import static io.cellferry.matrix.MatrixInMemory.visited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.StorageFailed;
import io.cellferry.matrix.MatrixInMemory.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run has the bytes its layout says, and no changed byte of it ever becomes a value.
///
/// `tiny.run` was written by `tiny_run.py` beside it, which knows the layout and not this code.
class RunFileTest {

    private static final int FIRST_CELL = 100;
    private static final CellRange TINY_BLOCK = new CellRange(FIRST_CELL, 65_636);
    private static final int GENES = 18;

    @TempDir
    private Path folder;

    @Test
    void aTinyRunHasTheBytesOfItsLayout() throws IOException {
        var out = new ByteArrayOutputStream();

        RunFooter footer = new RunWriter(ValueType.FLOAT32, GeneSelection.all(GENES)).write(tinyBlock(), Spill.to(out));

        assertThat(out.toByteArray()).isEqualTo(tinyRun());
        assertThat(footer).isEqualTo(new RunFooter(TINY_BLOCK, GENES, ValueType.FLOAT32, 10, 34, 0, 0));
        assertThat(footer.fileBytes()).isEqualTo(34 + 2 * 156 + 56);
    }

    @Test
    void aTinyRunIsReadBack() throws IOException {
        Path file = Files.write(folder.resolve("tiny.run"), tinyRun());

        try (RunReader run = RunReader.open(file)) {
            run.verify();
            assertThat(run.footer()).isEqualTo(new RunFooter(TINY_BLOCK, GENES, ValueType.FLOAT32, 10, 34, 0, 0));
            assertThat(columns(run)).isEqualTo(tinyColumns());
        }
    }

    @Test
    void everyFlippedBitIsFoundBeforeAWrongValueIsDelivered() throws IOException {
        byte[] sound = tinyRun();
        Path file = folder.resolve("flipped.run");
        for (int bit = 0; bit < sound.length * Byte.SIZE; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Files.write(file, flipped);

            assertRefused(file, "bit %d".formatted(bit));
        }
    }

    @Test
    void everyTruncationIsFound() throws IOException {
        byte[] sound = tinyRun();
        Path file = folder.resolve("truncated.run");
        for (int length = 0; length < sound.length; length++) {
            Files.write(file, Arrays.copyOf(sound, length));

            assertRefused(file, "%d bytes".formatted(length));
        }
    }

    @Test
    void aLengthenedRunIsFound() throws IOException {
        byte[] sound = tinyRun();
        byte[] longer = new byte[sound.length + 1];
        System.arraycopy(sound, 0, longer, 1, sound.length);
        Path file = Files.write(folder.resolve("longer.run"), longer);

        assertThatThrownBy(() -> RunReader.open(file).close())
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("it has 403 bytes where its footer asks for 402");
    }

    @Test
    void aRecordOfAnotherRunOrAnotherPlaceIsFound() throws IOException {
        // Both records are sound in themselves; only their places are exchanged.
        byte[] exchanged = tinyRun();
        byte[] first = Arrays.copyOfRange(exchanged, 34, 34 + 156);
        System.arraycopy(exchanged, 34 + 156, exchanged, 34, 156);
        System.arraycopy(first, 0, exchanged, 34 + 156, 156);
        Path file = Files.write(folder.resolve("exchanged.run"), exchanged);
        assertRefused(file, "exchanged records");

        // The first record of a run that begins at cell 101 instead of 100.
        byte[] mixed = tinyRun();
        ByteBuffer.wrap(mixed).order(ByteOrder.LITTLE_ENDIAN).putInt(34, 101);
        putChecksum(mixed, 34, 152);
        assertRefused(Files.write(folder.resolve("mixed.run"), mixed), "record of another run");
    }

    @Test
    void aRunOfAnotherVersionIsRefusedByName() throws IOException {
        byte[] newer = tinyRun();
        int footer = newer.length - 56;
        ByteBuffer.wrap(newer).order(ByteOrder.LITTLE_ENDIAN).putInt(footer + 8, 3);
        putChecksum(newer, footer, 52);
        Path file = Files.write(folder.resolve("newer.run"), newer);

        assertThatThrownBy(() -> RunReader.open(file).close())
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("has version 3 of its format, expected 2")
                .extracting(refused -> ((StorageFailed) refused).remedy())
                .asString()
                .contains("Finish it with that version");
    }

    @Test
    void aDamagedRunIsNamedTogetherWithWhatToDo() throws IOException {
        byte[] flipped = tinyRun();
        flipped[3] ^= 1;
        Path file = Files.write(folder.resolve("cells-7.run"), flipped);

        try (RunReader run = RunReader.open(file)) {
            assertThatThrownBy(run::verify)
                    .isInstanceOf(StorageFailed.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("group 0 of its payload has checksum")
                    .extracting(refused -> ((StorageFailed) refused).remedy())
                    .asString()
                    .contains("run the same command again")
                    .contains("cellferry clean");
        }
    }

    @Test
    void aMissingRunIsRefused() {
        assertThatThrownBy(() -> RunReader.open(folder.resolve("gone.run")).close())
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("gone.run")
                .hasMessageContaining("it is not there");
    }

    @Test
    void runsMustBeThoseOfThePlanInItsOrder() {
        var matrix = new MatrixInMemory(ValueType.INT32, 1, new int[][] {{0}, {0}}, new long[][] {{1}, {2}});
        Spill spill = Spill.write(matrix, GeneSelection.all(1), 1, folder);

        assertThatThrownBy(() -> SpilledColumns.open(spill.plan(), spill.runs().reversed(), 0))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("it holds cells-000000001-000000002 with 1 genes of INT32, expected"
                        + " cells-000000000-000000001");
        assertThatThrownBy(() -> SpilledColumns.open(spill.plan(), spill.runs().subList(0, 1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 runs for 2 blocks");
    }

    @Test
    void aRunReplacedBetweenVisitsIsRefused() throws IOException {
        var before = new MatrixInMemory(ValueType.INT32, 1, new int[][] {{0}, {0}}, new long[][] {{1}, {2}});
        var after = new MatrixInMemory(ValueType.INT32, 1, new int[][] {{}, {0}}, new long[][] {{}, {2}});
        Spill spill = Spill.write(before, GeneSelection.all(1), 2, folder);
        SpilledColumns columns = spill.columns(Spill.PLENTY);

        assertThat(Spill.write(after, GeneSelection.all(1), 2, folder).runs()).isEqualTo(spill.runs());

        assertThatThrownBy(() -> visited(columns, spill.allGenes()))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("replaced while it was in use");
    }

    /// Full reading finds the damage, and so does a merge; what the merge delivered until then is right.
    private static void assertRefused(Path file, String damage) {
        assertThatThrownBy(() -> {
                    try (RunReader run = RunReader.open(file)) {
                        run.verify();
                    }
                })
                .as(damage)
                .isInstanceOf(StorageFailed.class);

        List<Column> delivered = new ArrayList<>();
        assertThatThrownBy(() -> {
                    try (RunReader run = RunReader.open(file)) {
                        // In groups of sixteen, as a merge with a small budget reads.
                        delivered.addAll(columns(run, new GeneRange(0, 16)));
                        delivered.addAll(columns(run, new GeneRange(16, GENES)));
                    }
                })
                .as(damage)
                .isInstanceOf(StorageFailed.class);
        assertThat(delivered).as(damage).isEqualTo(tinyColumns().subList(0, delivered.size()));
    }

    private static List<Column> columns(RunReader run) {
        return columns(run, new GeneRange(0, GENES));
    }

    private static List<Column> columns(RunReader run, GeneRange genes) {
        long[] counts = new long[genes.count()];
        new SliceReader().addCounts(run, genes, counts);
        int all = Math.toIntExact(Arrays.stream(counts).sum());
        var merge = new ColumnMerge(ValueType.FLOAT32);
        merge.prepare(all, all, genes.count(), 0);
        merge.begin(genes, counts, genes.from());
        merge.append(run);
        List<Column> columns = new ArrayList<>();
        merge.deliver((gene, merged) -> columns.add(Column.copyOf(gene, merged)));
        return columns;
    }

    /// What `tiny_run.py` explains: gene 1 holds counts with every kind of entry, gene 15 one count, gene 17 anything.
    private static List<Column> tinyColumns() {
        List<Column> columns = new ArrayList<>();
        for (int gene = 0; gene < GENES; gene++) {
            columns.add(
                    switch (gene) {
                        case 1 -> column(gene, new int[] {100, 132, 148, 165, 65_635}, 1, 7, 300, 15, 0);
                        case 15 -> column(gene, new int[] {101}, 3);
                        case 17 ->
                            column(
                                    gene,
                                    new int[] {100, 300, 301, 302},
                                    0.5f,
                                    -0.0f,
                                    2,
                                    Float.intBitsToFloat(0xffc12345));
                        default -> column(gene, new int[0]);
                    });
        }
        return columns;
    }

    private static Column column(int gene, int[] cells, float... values) {
        long[] bits = new long[values.length];
        Arrays.setAll(bits, i -> Integer.toUnsignedLong(Float.floatToRawIntBits(values[i])));
        return new Column(gene, cells, bits);
    }

    private static CsrBlock tinyBlock() {
        int[][] rowGenes = new int[TINY_BLOCK.to()][0];
        long[][] rowBits = new long[TINY_BLOCK.to()][0];
        for (Column column : tinyColumns()) {
            for (int i = 0; i < column.cells().size(); i++) {
                int cell = column.cells().get(i);
                int at = rowGenes[cell].length;
                rowGenes[cell] = Arrays.copyOf(rowGenes[cell], at + 1);
                rowBits[cell] = Arrays.copyOf(rowBits[cell], at + 1);
                rowGenes[cell][at] = column.gene();
                rowBits[cell][at] = column.bits().get(i);
            }
        }
        var block = new CsrBlock(ValueType.FLOAT32);
        new MatrixInMemory(ValueType.FLOAT32, GENES, rowGenes, rowBits).read(TINY_BLOCK, block);
        return block;
    }

    private static byte[] tinyRun() throws IOException {
        try (InputStream golden = RunFileTest.class.getResourceAsStream("tiny.run")) {
            return golden.readAllBytes();
        }
    }

    private static void putChecksum(byte[] bytes, int from, int count) {
        var checksum = new CRC32C();
        checksum.update(bytes, from, count);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(from + count, (int) checksum.getValue());
    }
}
