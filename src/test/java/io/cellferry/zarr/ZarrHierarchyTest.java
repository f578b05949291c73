package io.cellferry.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a node says of itself counts; consolidated metadata speak for those that say nothing.
class ZarrHierarchyTest {

    @TempDir
    private Path folder;

    /// `old` and `moved` as they were when the metadata were consolidated: seven numbers and an attribute.
    private PlainStore consolidated(ZarrVersion version) throws IOException {
        PlainStore store = new PlainStore(folder, version)
                .array("old", Map.of("shape", "[7]"))
                .array("moved", Map.of("shape", "[7]"));
        if (version == ZarrVersion.TWO) {
            String array = Files.readString(folder.resolve("old/.zarray"));
            String attributes = "{\"unit\": \"old\"}";
            store.write(".zmetadata", """
                    {"metadata": {".zgroup": {"zarr_format": 2}, "old/.zarray": %1$s, "old/.zattrs": %2$s,
                     "moved/.zarray": %1$s, "moved/.zattrs": %2$s, "gone/.zarray": %1$s}}""".formatted(array, attributes));
        } else {
            String array = Files.readString(folder.resolve("old/zarr.json"))
                    .replace("\"attributes\":{}", "\"attributes\":{\"unit\":\"old\"}");
            store.write("zarr.json", """
                    {"zarr_format": 3, "node_type": "group", "consolidated_metadata": {"metadata":
                     {"old": %1$s, "moved": %1$s, "gone": %1$s}}}""".formatted(array));
        }
        return store;
    }

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenLaterIsNotHiddenByConsolidatedMetadata(ZarrVersion version) throws IOException {
        PlainStore store = consolidated(version).array("old", Map.of("shape", "[5]"));

        assertThat(store.node("old").array().shape()).containsExactly(5L);
        assertThat(store.attributes("old")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void consolidatedMetadataSpeakForNodesWithoutTheirOwn(ZarrVersion version) throws IOException {
        PlainStore store = consolidated(version);
        Files.delete(folder.resolve(version == ZarrVersion.TWO ? "moved/.zarray" : "moved/zarr.json"));

        assertThat(store.node("moved").array().shape()).containsExactly(7L);
        assertThat(store.attributes("moved").path("unit").asString()).isEqualTo("old");
    }

    /// All its chunks would be missing, and read as zeros.
    @ParameterizedTest
    @EnumSource
    void aNodeWhoseFolderIsGoneIsGone(ZarrVersion version) throws IOException {
        try (ZarrHierarchy hierarchy = consolidated(version).open()) {
            assertThat(hierarchy.children("")).containsExactly("moved", "old");
            assertThat(hierarchy.node("gone")).isEmpty();
        }
    }

    @Test
    void aGroupOfAnotherFormatIsRefused() {
        try (ZarrHierarchy hierarchy = new PlainStore(folder, ZarrVersion.TWO)
                .write(".zgroup", "{\"zarr_format\": 9}")
                .open()) {
            assertThatThrownBy(() -> hierarchy.node(""))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("the root: its metadata cannot be read: its zarr_format is 9 instead of 2");
        }
    }

    /// Python writes what JSON does not have.
    @Test
    void attributesMayBeNoNumbers() {
        PlainStore store = new PlainStore(folder, ZarrVersion.TWO)
                .array("a", Map.of())
                .write("a/.zattrs", "{\"offset\": NaN, \"limits\": [-Infinity, Infinity]}");

        assertThat(store.attributes("a").path("offset").asDouble()).isNaN();
    }

    @Test
    void linksThatLeadToThemselvesAreThereAndCannotBeRead() throws IOException {
        PlainStore store =
                new PlainStore(folder, ZarrVersion.TWO).array("a", Map.of()).array("b", Map.of());
        Files.delete(folder.resolve("a/.zarray"));
        Files.createSymbolicLink(folder.resolve("a/.zarray"), Path.of(".zarray"));

        try (ZarrHierarchy hierarchy = store.open()) {
            assertThat(hierarchy.children("")).isEqualTo(List.of("a", "b"));
            assertThatThrownBy(() -> hierarchy.node("a"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("a/.zarray is a symbolic link that leads to itself");
        }
    }

    @Test
    void noFileHasAVeryLongName() {
        try (ZarrHierarchy hierarchy = new PlainStore(folder, ZarrVersion.TWO).open()) {
            assertThat(hierarchy.node("n".repeat(300))).isEmpty();
            assertThat(hierarchy.node("q/".repeat(3000) + "q")).isEmpty();
        }
    }
}
