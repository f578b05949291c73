package io.cellferry.dataset.anndatazarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.ObsColumn;
import io.cellferry.dataset.columns.ColumnKinds;
import io.cellferry.dataset.columns.ColumnValues;
import io.cellferry.dataset.columns.ObsColumnReader;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.failure.InputRefused;
import io.cellferry.zarr.ZarrHierarchy;
import io.cellferry.zarr.ZarrStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stores that are sound by their words and absurd in size or shape take no more memory, time or files than others.
class StrangeStoresTest {

    @TempDir
    private Path folder;

    private void array(String name, String shape, String chunks, String type, String more) throws IOException {
        Files.createDirectories(folder.resolve(name));
        Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
        Files.writeString(folder.resolve(name).resolve(".zarray"), """
                {"zarr_format": 2, "shape": %s, "chunks": %s, "dtype": "%s", "compressor": null, "order": "C",
                 %s}""".formatted(shape, chunks, type, more));
    }

    private ZarrTree tree() {
        return new ZarrTree(
                ZarrHierarchy.open(ZarrStore.open(folder).orElseThrow()).orElseThrow());
    }

    private static TreeArray array(ZarrTree tree) {
        return tree.root().array("a").orElseThrow();
    }

    /// As many chunks as lie side by side are kept, unless they are more than fit into 64 MiB with all that keeping
    /// takes.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[1, 2305843009213693952]; [1, 1]; <f8",
                "[1, 1099511627776]; [1, 1]; |S0",
                "[3, 60000000]; [1, 1]; |i1",
                "[1, 2147483648, 1073741824]; [1, 1, 1]; |i1"
            })
    void chunksWithoutNumberSideBySideAreNotKept(String shape, String chunks, String type) throws IOException {
        array("a", shape, chunks, type, "\"fill_value\": null");
        try (ZarrTree tree = tree()) {
            assertThat(array(tree).cursorBytes()).isBetween(0L, 300_000L);
        }
    }

    @Test
    void aFewChunksSideBySideAreKeptAndCounted() throws IOException {
        array("a", "[10, 4000]", "[5, 1000]", "<f8", "\"fill_value\": 0");
        try (ZarrTree tree = tree()) {
            assertThat(array(tree).cursorBytes()).isGreaterThan(4 * 5 * 1000 * 8);
        }
    }

    /// An annotation of six cells in one chunk of a thousand million; tests have less memory than that.
    @Test
    void aChunkThatDoesNotFitIntoMemoryIsRefusedByName() throws IOException {
        array("a", "[6]", "[134217728]", "<f8", "\"fill_value\": 0");
        try (ZarrTree tree = tree();
                ArrayCursor cursor = array(tree).cursor()) {
            assertThatThrownBy(() -> cursor.readWholes(0, 6))
                    .isInstanceOfSatisfying(InputRefused.class, refused -> assertThat(refused.remedy())
                            .contains("smaller chunks"))
                    .hasMessageContaining("/a is stored in chunks of 1,073,741,824 bytes each");
        }
    }

    /// Two million cells with a million clones took 240 MB to be refused by the viewer's format in the end.
    @Test
    void moreLabelsThanAnybodyCanCodeAreNotRead() throws IOException {
        array("codes", "[6]", "[6]", "<i4", "\"fill_value\": 5");
        array("most", "[65536]", "[65536]", "<i8", "\"fill_value\": 7");
        array("more", "[65537]", "[65537]", "<i8", "\"fill_value\": 7");
        try (ZarrTree tree = tree()) {
            assertThat(coded(tree, "most"))
                    .isInstanceOfSatisfying(ObsColumn.Categories.class, column -> assertThat(column.labels())
                            .hasSize(65_536));
            assertThatThrownBy(() -> coded(tree, "more"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("more: holds 65,537 categories, expected at most 65,536");
        }
    }

    private ObsColumn coded(ZarrTree tree, String labels) {
        TreeGroup root = tree.root();
        return new ObsColumnReader(folder)
                .read(ColumnKinds.coded(
                        "clone",
                        new ColumnValues.OfArray(root.array("codes").orElseThrow()),
                        new ColumnValues.OfArray(root.array(labels).orElseThrow()),
                        false,
                        false));
    }

    @Test
    void missingTextsAreTheFillValue() throws IOException {
        array("a", "[3]", "[2]", "|O", "\"filters\": [{\"id\": \"vlen-utf8\"}], \"fill_value\": \"none\"");
        // One text where a chunk has two, and no second chunk.
        Files.write(folder.resolve("a/0"), new byte[] {1, 0, 0, 0, 1, 0, 0, 0, 'x'});
        try (ZarrTree tree = tree();
                ArrayCursor cursor = array(tree).cursor()) {
            assertThat(cursor.readTexts(0, 3)).containsExactly("x", "none", "none");
        }
    }

    /// Nothing says in which encoding texts of a fixed length are.
    @Test
    void bytesThatAreNoUtf8AreLatin1() throws IOException {
        array("a", "[2]", "[2]", "|S7", "\"fill_value\": \"\"");
        ByteBuffer chunk = ByteBuffer.allocate(14);
        chunk.put("Zürich".getBytes(StandardCharsets.ISO_8859_1));
        chunk.position(7).put("Zürich".getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("a/0"), chunk.array());
        try (ZarrTree tree = tree();
                ArrayCursor cursor = array(tree).cursor()) {
            assertThat(cursor.readTexts(0, 2)).containsExactly("Zürich", "Zürich");
        }
    }

    @Test
    void noNameLeadsUp() throws IOException {
        array("a", "[6]", "[6]", "<i4", "\"fill_value\": 0");
        array("g/inner", "[6]", "[6]", "<i4", "\"fill_value\": 0");
        Files.writeString(folder.resolve("g/.zgroup"), "{\"zarr_format\": 2}");
        try (ZarrTree tree = tree()) {
            TreeGroup group = tree.root().group("g").orElseThrow();
            assertThat(group.find("inner")).isPresent();
            assertThat(group.find("/a")).isPresent();
            assertThat(group.find("../a")).isEmpty();
            assertThat(group.find("/../a")).isEmpty();
        }
    }

    @Test
    void aGroupReachedThroughALinkIsTheSameGroup() throws IOException {
        array("g/inner", "[6]", "[6]", "<i4", "\"fill_value\": 0");
        Files.writeString(folder.resolve("g/.zgroup"), "{\"zarr_format\": 2}");
        Files.createSymbolicLink(folder.resolve("g/again"), Path.of("../g"));
        Files.createSymbolicLink(folder.resolve("other"), Path.of("g"));
        try (ZarrTree tree = tree()) {
            Object identity = tree.root().group("g").orElseThrow().identity();
            assertThat(tree.root().group("g/again/again").orElseThrow().identity())
                    .isEqualTo(identity);
            assertThat(tree.root().group("other").orElseThrow().identity()).isEqualTo(identity);
            assertThat(tree.root().identity()).isNotEqualTo(identity);
        }
    }
}
