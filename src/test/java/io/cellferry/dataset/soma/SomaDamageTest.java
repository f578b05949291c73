package io.cellferry.dataset.soma;

import static io.cellferry.dataset.tiledb.PlainTiles.little;
import static io.cellferry.dataset.tiledb.PlainTiles.over;
import static io.cellferry.dataset.tiledb.PlainTiles.replaced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.NumberArray;
import io.cellferry.dataset.Opened;
import io.cellferry.dataset.tiledb.ColumnReader;
import io.cellferry.dataset.tiledb.Fragment;
import io.cellferry.dataset.tiledb.PlainTiles;
import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.StorageFailed;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.ValueBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Experiments whose parts contradict each other are refused with the place and with what was expected there. None of
/// these fails in another way, takes memory that no file pays for, or reads as something else.
class SomaDamageTest {

    private static final String DATA = "ms/RNA/X/data";
    private static final String DENSE = "ms/RNA/obsm/X_dense";

    /// Behind the version, two flags and two orders.
    private static final int CAPACITY_AT = 8;

    @TempDir
    private Path folder;

    private Path tiny;

    @BeforeEach
    void unpack() throws IOException {
        tiny = SomaFixtures.unpacked(SomaFixtures.own("tiny"), folder);
    }

    /// Commits are empty files, which some ways of copying leave out. X would be without a part of its values.
    @Test
    void aWholeFragmentWithoutItsCommitIsRefused() throws IOException {
        Files.delete(SomaFixtures.only(tiny.resolve("ms/RNA/X/counts/__commits")));

        refused(() -> layer("ms/RNA/X/counts"), "is a whole fragment", "ms/RNA/X/counts/__commits/", ".wrt");
    }

    @Test
    void aFragmentThatWroteNothingHasNoTiles() throws IOException {
        changeFooter(DATA, footer -> {
            int empty = behindSchema(footer) + 1;
            byte[] changed = new byte[footer.length - 4 * Long.BYTES];
            System.arraycopy(footer, 0, changed, 0, empty + 1);
            System.arraycopy(footer, empty + 1 + 4 * Long.BYTES, changed, empty + 1, changed.length - empty - 1);
            changed[empty] = 1;
            return changed;
        });

        refused(() -> layer(DATA), "it says that nothing was written, but lists 2 tiles");
    }

    /// 268,435,456 cells of 8 bytes in a file of some bytes.
    @Test
    void roomIsMadeOnlyForWhatTheFileCanHold() throws IOException {
        change("obs/__schema", schema -> {
            over(schema).putLong(CAPACITY_AT, Integer.MAX_VALUE);
            return schema;
        });
        changeFooter("obs", footer -> {
            int lastTileCells = behindSchema(footer) + 2 + 2 * Long.BYTES + Long.BYTES;
            over(footer).putLong(lastTileCells, 1 << 28);
            return footer;
        });

        refused(() -> Opened.at(tiny), "268,435,456 values of 8 bytes are announced");
    }

    @Test
    void tilesOfMoreCellsThanCanBeCountedAreRefused() throws IOException {
        change(DENSE + "/__schema", schema -> {
            byte[] rows =
                    little(25).putLong(0).putLong(5).put((byte) 0).putLong(4).array();
            byte[] columns =
                    little(25).putLong(0).putLong(2).put((byte) 0).putLong(2).array();
            byte[] tall = little(25)
                    .putLong(0)
                    .putLong(5)
                    .put((byte) 0)
                    .putLong(Integer.MAX_VALUE)
                    .array();
            byte[] wide = little(25)
                    .putLong(0)
                    .putLong(2)
                    .put((byte) 0)
                    .putLong(1L << 40)
                    .array();
            return replaced(replaced(schema, rows, tall), columns, wide);
        });

        refused(() -> StoredArray.open(SomaFixtures.folder(tiny), DENSE), "more than 2^31 cells");
    }

    @Test
    void aFillValueOfAnotherSizeIsRefused() throws IOException {
        byte[] nan = little(16).putLong(8).putLong(0x7ff8000000000000L).array();
        byte[] cut = little(12).putLong(4).putInt(0x7ff80000).array();
        change(DENSE + "/__schema", schema -> replaced(schema, nan, cut));

        refused(
                () -> StoredArray.open(SomaFixtures.folder(tiny), DENSE),
                "the fill value of column soma_data has 4 bytes");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() throws IOException {
        change(DATA + "/__schema", schema -> replaced(schema, utf8("soma_dim_0"), utf8("soma_dim_1")));

        refused(() -> layer(DATA), "two columns called \"soma_dim_1\"");
    }

    @Test
    void rowsAndColumnsInTheOtherOrderAreRefused() throws IOException {
        change(
                DATA + "/__schema",
                schema -> replaced(
                        replaced(
                                replaced(schema, utf8("soma_dim_0"), utf8("soma_dim_x")),
                                utf8("soma_dim_1"),
                                utf8("soma_dim_0")),
                        utf8("soma_dim_x"),
                        utf8("soma_dim_1")));

        refused(() -> layer(DATA), "its dimension 0 is called \"soma_dim_1\", expected soma_dim_0");
    }

    @Test
    void dataFramesNeedJoinIdsEvenWithoutRows() throws IOException {
        change("obs/__schema", schema -> replaced(schema, utf8("soma_joinid"), utf8("soma_join__")));

        refused(() -> Opened.at(tiny), "no column soma_joinid");
    }

    @Test
    void labelsOfAnotherColumnAreRefused() throws IOException {
        Path one = labels("NK");
        Path other = labels("high");
        byte[] content = Files.readAllBytes(one);
        Files.write(one, Files.readAllBytes(other));
        Files.write(other, content);

        try (Opened opened = Opened.at(tiny)) {
            refused(() -> opened.dataset().obsColumn("kind"), "it holds the enumeration", ", expected \"");
        }
    }

    @Test
    void textsBeforeTheFirstLabelAreRefused() throws IOException {
        PlainTiles.change(labels("NK"), content -> {
            byte[] offsets = little(24).putLong(0).putLong(1).putLong(2).array();
            return replaced(
                    content,
                    offsets,
                    little(24).putLong(1).putLong(1).putLong(2).array());
        });

        try (Opened opened = Opened.at(tiny)) {
            refused(() -> opened.dataset().obsColumn("kind"), "starts at 1, expected 0");
        }
    }

    /// Who carries codes over does not look at them.
    @Test
    void codesWithoutALabelAreRefusedWhereverTheyAreRead() throws IOException {
        PlainTiles.change(labels("NK"), content -> {
            byte[] three = little(24).putLong(0).putLong(1).putLong(2).array();
            byte[] two = little(16).putLong(0).putLong(1).array();
            byte[] fewer = replaced(content, three, two);
            return replaced(
                    fewer, little(8).putLong(24).array(), little(8).putLong(16).array());
        });

        try (Opened opened = Opened.at(tiny)) {
            Element.Categories kind = (Element.Categories)
                    Element.find(opened.dataset().contents(), "obs/kind").orElseThrow();
            try (NumberArray.Reader codes = kind.codes().open()) {
                ValueBuffer into = new ValueBuffer(kind.codes().type().delivered());
                into.ensureCapacity(6);

                refused(() -> codes.read(0, 6, into), "column kind: row 2 has category 2, but there are 2");
            }
            refused(() -> opened.dataset().obsColumn("kind"), "column kind: row 2 has category 2");
        }
    }

    @Test
    @Timeout(20)
    void aGroupThatHoldsItselfIsRefused() throws IOException {
        PlainTiles.write(
                tiny.resolve("__group/__9795253011511_9795253011511_0123456789abcdef0123456789abcdef_2"),
                little(64)
                        .putInt(2)
                        .putLong(2)
                        .put(member("a"))
                        .put(member("b"))
                        .array());

        refused(() -> Opened.at(tiny), "its member \"a\" lies at ., expected inside of the group");
    }

    @Test
    void aGroupThatLostItsListIsNotEmpty() throws IOException {
        Path list = tiny.resolve("ms/RNA/obsp/__group");
        Files.delete(SomaFixtures.only(list));

        refused(() -> Opened.at(tiny), "ms/RNA/obsp/__group", "\"connectivities\" lies in the group");
    }

    @Test
    void anArrayInThePlaceOfAGroupIsRefused() throws IOException {
        Path x = tiny.resolve("ms/RNA/X");
        Files.move(x, folder.resolve("x"));
        Files.move(folder.resolve("x/counts"), x);

        refused(() -> Opened.at(tiny), "ms/RNA/X", "expected a group, found an array");
    }

    @Test
    void aFragmentThatWasMergedIntoNothingIsRefused() throws IOException {
        Path commit = SomaFixtures.only(tiny.resolve("ms/RNA/X/counts/__commits"));
        String fragment = String.valueOf(commit.getFileName()).replace(".wrt", "");
        Files.writeString(commit.resolveSibling("__1_2_0123456789abcdef0123456789abcdef_21.vac"), fragment + "\n");

        refused(() -> layer("ms/RNA/X/counts"), "merged into another fragment, of which nothing is there");
    }

    private static byte[] member(String name) {
        return little(26)
                .putInt(2)
                .put((byte) 1)
                .put((byte) 1)
                .putLong(1)
                .put((byte) '.')
                .put((byte) 1)
                .putLong(1)
                .put((byte) name.charAt(0))
                .put((byte) 0)
                .array();
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        Path schema = SomaFixtures.only(tiny.resolve(DENSE + "/__schema"));
        Files.delete(schema);
        Files.createSymbolicLink(schema, schema.getFileName());

        refused(() -> StoredArray.open(SomaFixtures.folder(tiny), DENSE), "a symbolic link that leads to itself");
    }

    @Test
    void anExperimentThatWentAwayIsNotEmpty() throws IOException {
        Files.move(tiny, folder.resolve("elsewhere"));

        assertThatThrownBy(() -> SomaFixtures.folder(tiny).names("ms/RNA/obsm/__group"))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("is gone");
    }

    @Test
    void denseMatricesNeedJoinIdsThatNumberTheirColumns() {
        StoredArray dense = StoredArray.open(SomaFixtures.folder(tiny), DENSE);

        refused(
                () -> DenseArray.matrix(dense, "X", JoinIds.numbers(6), JoinIds.of(new long[] {0, 1, 3})),
                "its 3 columns are numbered from 0, but join ids go up to 3");
    }

    /// Cells that lie column by column are in no order that could show it.
    @Test
    @Timeout(20)
    void twoValuesOfOneWriteInOnePlaceAreRefused() throws IOException {
        Path arrays = SomaFixtures.unpacked(SomaFixtures.own("refused"), folder);
        moveColumns(arrays);
        SparseLayer layer = SparseLayer.of(
                StoredArray.open(SomaFixtures.folder(arrays), "columnwise"), JoinIds.numbers(6), JoinIds.numbers(5));

        try (SparseRows rows = layer.open()) {
            refused(
                    () -> rows.read(new CellRange(0, 6), new CsrBlock(rows.valueType())),
                    "row 5 has several values in one place");
        }
    }

    /// Row 3 has columns 2 and 3 then instead of 2 and 4, row 5 twice 2 instead of 1 and 2; so their sum is the same.
    private static void moveColumns(Path arrays) throws IOException {
        Fragment fragment = StoredArray.open(SomaFixtures.folder(arrays), "columnwise")
                .fragments()
                .getFirst();
        long[] rows = places(fragment, "soma_dim_0");
        long[] columns = places(fragment, "soma_dim_1");
        for (int i = 0; i < columns.length; i++) {
            columns[i] += rows[i] == 3 && columns[i] == 4 ? -1 : rows[i] == 5 && columns[i] == 1 ? 1 : 0;
        }
        byte[] tile = zstdTile(columns);
        Files.write(arrays.resolve(fragment.place()).resolve("d1.tdb"), tile);
        PlainTiles.changeFooter(arrays.resolve(fragment.place()).resolve("__fragment_metadata.tdb"), footer -> {
            // Two flags, two ranges, two counts, two flags, the sizes of the values, of what is no longer used, of d0.
            over(footer).putLong(behindSchema(footer) + 2 + 4 * 8 + 2 * 8 + 2 + 3 * 8, tile.length);
            return footer;
        });
    }

    private static long[] places(Fragment fragment, String dimension) {
        try (ColumnReader reader = new ColumnReader(fragment.folder())) {
            long[] places = new long[fragment.cells(0)];
            over(reader.values(fragment.column(dimension).orElseThrow(), 0))
                    .asLongBuffer()
                    .get(places);
            return places;
        }
    }

    /// One chunk of one part, a Zstandard frame that holds its bytes as they are.
    private static byte[] zstdTile(long[] values) {
        int bytes = values.length * Long.BYTES;
        int frame = 4 + 2 + 3 + bytes;
        ByteBuffer tile = little(8 + 12 + 16 + frame)
                .putLong(1)
                .putInt(bytes)
                .putInt(frame)
                .putInt(16)
                .putInt(0)
                .putInt(1)
                .putInt(bytes)
                .putInt(frame)
                .putInt(0xfd2fb528)
                .put((byte) 0x20) // its size follows in one byte
                .put((byte) bytes)
                .put((byte) (bytes << 3 | 1)) // the last block, not compressed
                .put((byte) (bytes >> 5))
                .put((byte) 0);
        for (long value : values) {
            tile.putLong(value);
        }
        return tile.array();
    }

    /// A file that a link stands for would be empty.
    @Test
    void linksInArchivesAreRefused() throws IOException {
        Path archive = folder.resolve("linked.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            TarArchiveEntry link = new TarArchiveEntry("experiment/obs", TarConstants.LF_SYMLINK);
            link.setLinkName("../obs");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }

        refused(() -> Opened.at(archive), "experiment/obs in the archive is a link to ../obs");
    }

    private Path labels(String one) throws IOException {
        try (Stream<Path> files = Files.list(tiny.resolve("obs/__schema/__enumerations"))) {
            for (Path file : files.toList()) {
                boolean[] found = new boolean[1];
                byte[] stored = Files.readAllBytes(file);
                PlainTiles.change(file, content -> {
                    found[0] = new String(content, StandardCharsets.ISO_8859_1).contains(one);
                    return content;
                });
                if (found[0]) {
                    return file;
                }
                Files.write(file, stored);
            }
        }
        throw new AssertionError("no enumeration holds " + one);
    }

    private SparseLayer layer(String array) {
        return SparseLayer.of(
                StoredArray.open(SomaFixtures.folder(tiny), array), JoinIds.numbers(6), JoinIds.numbers(5));
    }

    private void change(String place, UnaryOperator<byte[]> content) throws IOException {
        PlainTiles.change(SomaFixtures.only(tiny.resolve(place)), content);
    }

    /// Of the oldest fragment of an array.
    private void changeFooter(String array, UnaryOperator<byte[]> footer) throws IOException {
        PlainTiles.changeFooter(SomaFixtures.file(tiny.resolve(array), "__fragment_metadata.tdb"), footer);
    }

    /// Where a footer goes on behind its version and the name of the schema.
    private static int behindSchema(byte[] footer) {
        return Integer.BYTES + Long.BYTES + (int) over(footer).getLong(Integer.BYTES);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void refused(ThrowingCallable reading, String... words) {
        assertThatThrownBy(reading)
                .isInstanceOf(InputRefused.class)
                .hasMessageContainingAll(words)
                .satisfies(
                        refusal -> assertThat(((InputRefused) refusal).remedy()).isNotBlank());
    }
}
