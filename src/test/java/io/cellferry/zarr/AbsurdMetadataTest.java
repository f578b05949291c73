package io.cellferry.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Metadata that cannot be, or that mean something nobody here reads, are never passed over: what they describe would
/// be read as something else.
class AbsurdMetadataTest {

    private static final String LITTLE = "{\"name\": \"bytes\", \"configuration\": {\"endian\": \"little\"}}";

    @TempDir
    private Path folder;

    static Stream<Arguments> impossibleInTwo() {
        return Stream.of(
                Arguments.of("zarr_format", "3", "zarr_format is 3 instead of 2"),
                Arguments.of("zarr_format", "", "zarr_format is missing"),
                Arguments.of("shape", Collections.nCopies(65, 1).toString(), "65 dimensions"),
                Arguments.of("dimension_separator", "\"/../../secret/\"", "instead of . or /"),
                Arguments.of("dimension_separator", "\"\"", "instead of . or /"),
                Arguments.of("dimension_separator", "1", "instead of . or /"),
                Arguments.of("order", "\"f\"", "the order of its elements is \"f\""),
                Arguments.of("order", "1", "the order of its elements is 1"),
                Arguments.of("compressor", "\"zlib\"", "its compressor is \"zlib\""),
                Arguments.of("compressor", "false", "its compressor is false"),
                Arguments.of("filters", "\"delta\"", "its filters are \"delta\""),
                Arguments.of("filters", "{\"id\": \"delta\"}", "its filters are"),
                Arguments.of(
                        "filters", "[{\"id\": \"shuffle\", \"elementsize\": 0}]", "shuffled by elements of 0 bytes"),
                Arguments.of("filters", "[{\"id\": \"shuffle\", \"elementsize\": 4.7}]", "of 4.7 bytes"),
                // Each would be held whole, if only to stand for what is missing.
                Arguments.of("dtype", "\"|S999999999\"", "each of its elements has 999,999,999 bytes"),
                Arguments.of("dtype", "[[\"a\", \"|S500000000\"]]", "each of its elements has 500,000,000 bytes"));
    }

    @ParameterizedTest
    @MethodSource
    void impossibleInTwo(String member, String value, String why) {
        PlainStore store = new PlainStore(folder, ZarrVersion.TWO).array("a", Map.of(member, value));

        refused(store, why);
    }

    static Stream<Arguments> impossibleInThree() {
        return Stream.of(
                Arguments.of("zarr_format", "4", "zarr_format is 4 instead of 3"),
                Arguments.of("zarr_format", "\"3\"", "zarr_format is \"3\""),
                Arguments.of("codecs", "", "its codecs are missing"),
                Arguments.of("codecs", "[]", "its codecs are []"),
                Arguments.of("codecs", "{\"name\": \"bytes\"}", "its codecs are"),
                Arguments.of("codecs", "[{\"name\": \"gzip\"}]", "an order that cannot be"),
                Arguments.of("codecs", "[{\"name\": \"gzip\"}, \"bytes\"]", "an order that cannot be"),
                Arguments.of("codecs", "[\"bytes\", \"bytes\"]", "an order that cannot be"),
                Arguments.of(
                        "codecs",
                        "[\"bytes\", {\"name\": \"transpose\", \"configuration\": {\"order\": [0]}}]",
                        "an order that cannot be"),
                Arguments.of(
                        "codecs",
                        "[{\"name\": \"bytes\", \"configuration\": {\"endian\": \"middle\"}}]",
                        "in the order \"middle\""),
                Arguments.of(
                        "chunk_key_encoding",
                        "{\"name\": \"default\", \"configuration\": {\"separator\": \"/../\"}}",
                        "instead of . or /"),
                Arguments.of("data_type", sized("fixed_length_utf32", "-20"), "the length of its texts is -20"),
                Arguments.of("data_type", sized("fixed_length_utf32", "7"), "no UTF-32 characters"),
                Arguments.of("data_type", sized("null_terminated_bytes", "-3"), "the length of its texts is -3"),
                Arguments.of("data_type", sized("null_terminated_bytes", "\"x\""), "the length of its texts is \"x\""),
                Arguments.of("codecs", shards("[4]", "[\"bytes\"]", "end"), "does not consist of whole chunks"),
                Arguments.of("codecs", shards("[2]", "[\"bytes\"]", "middle"), "at the \"middle\""));
    }

    private static String sized(String name, String bytes) {
        return "{\"name\": \"%s\", \"configuration\": {\"length_bytes\": %s}}".formatted(name, bytes);
    }

    private static String shards(String chunk, String indexCodecs, String location) {
        return "[{\"name\": \"sharding_indexed\", \"configuration\": {\"chunk_shape\": %s, \"codecs\": [%s], \"index_codecs\": %s, \"index_location\": \"%s\"}}]"
                .formatted(chunk, LITTLE, indexCodecs, location);
    }

    @ParameterizedTest
    @MethodSource
    void impossibleInThree(String member, String value, String why) {
        PlainStore store = new PlainStore(folder, ZarrVersion.THREE).array("a", Map.of(member, value));

        refused(store, why);
    }

    private static void refused(PlainStore store, String why) {
        assertThatThrownBy(() -> store.node("a"))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("a: its metadata cannot be read: ")
                .hasMessageContaining(why);
    }

    static Stream<Arguments> notRead() {
        return Stream.of(
                Arguments.of(
                        "chunk_grid",
                        "{\"name\": \"rectangular\", \"configuration\": {\"chunk_shape\": [6]}}",
                        "chunk grid rectangular"),
                Arguments.of("chunk_key_encoding", "{\"name\": \"fancy\"}", "chunk names fancy"),
                Arguments.of("chunk_key_encoding", "", "chunk names missing"),
                Arguments.of("storage_transformers", "[{\"name\": \"scramble\"}]", "storage transformer scramble"),
                Arguments.of("mystery", "{\"must_understand\": true}", "extension mystery"),
                Arguments.of("mystery", "5", "extension mystery"),
                Arguments.of("codecs", "[\"pcodec\", \"gzip\"]", "codec pcodec"),
                Arguments.of(
                        "codecs",
                        "[{\"name\": \"transpose\", \"configuration\": {\"order\": [5]}}, \"bytes\"]",
                        "axes turned to [5]"),
                Arguments.of(
                        "codecs", shards("[2]", "[\"crc32c\", \"bytes\"]", "end"), "shard indexes in crc32c + bytes"),
                Arguments.of("codecs", shards("[2]", "[\"bytes\", \"gzip\"]", "end"), "shard indexes in bytes + gzip"),
                Arguments.of("data_type", "\"string\"", "texts that are not vlen-utf8"));
    }

    @ParameterizedTest
    @MethodSource
    void notRead(String member, String value, String what) {
        PlainStore store = new PlainStore(folder, ZarrVersion.THREE).array("a", Map.of(member, value));

        assertThat(store.node("a").array().unreadable())
                .hasValueSatisfying(why -> assertThat(why).contains(what));
    }

    /// Its members in an index would be more than a long can count, and the product of their bytes a small number.
    @Test
    void aShardOfMoreChunksThanCanBeCountedIsRefused() {
        PlainStore store = new PlainStore(folder, ZarrVersion.THREE)
                .array(
                        "a",
                        Map.of(
                                "shape", "[2, 2, 2]",
                                "chunk_grid",
                                        "{\"name\": \"regular\", \"configuration\": {\"chunk_shape\": [1073741824, 1073741824, 1073741824]}}",
                                "codecs", shards("[1, 1, 1]", "[\"bytes\"]", "end")));

        refused(store, "more chunks");
    }

    @Test
    void whatMayBePassedOverIsPassedOver() {
        PlainStore store = new PlainStore(folder, ZarrVersion.THREE)
                .array(
                        "a",
                        Map.of(
                                "mystery",
                                "{\"must_understand\": false}",
                                "codecs",
                                "[\"bytes\"]",
                                "chunk_grid",
                                "{\"name\": \"regular\", \"configuration\": {\"chunk_shape\": [6]}}"))
                .write("a/c/0", PlainStore.numbers(1, 2, 3, 4, 5, 6));

        assertThat(store.node("a").array().unreadable()).isEmpty();
        assertThat(store.chunk("a", 0)).isEqualTo(PlainStore.numbers(1, 2, 3, 4, 5, 6));
    }

    /// Names of their own are short for objects that say nothing more.
    @Test
    void chunkNamesAsInVersionTwoAreKnownByTheirNameAlone() {
        PlainStore store = new PlainStore(folder, ZarrVersion.THREE)
                .array("a", Map.of("chunk_key_encoding", "\"v2\""))
                .write("a/0", PlainStore.numbers(1, 2, 3, 4, 5, 6));

        assertThat(store.chunk("a", 0)).isEqualTo(PlainStore.numbers(1, 2, 3, 4, 5, 6));
    }

    @Test
    void axesTurnedTwiceAreAsTheyWere() {
        String turn = "{\"name\": \"transpose\", \"configuration\": {\"order\": [1, 0]}}";
        Map<String, String> square = Map.of(
                "shape",
                "[2, 3]",
                "chunk_grid",
                "{\"name\": \"regular\", \"configuration\": {\"chunk_shape\": [2, 3]}}");
        PlainStore store = new PlainStore(folder, ZarrVersion.THREE);
        for (int times = 1; times <= 2; times++) {
            Map<String, String> turned = new java.util.TreeMap<>(square);
            turned.put("codecs", "[%s%s]".formatted((turn + ", ").repeat(times), LITTLE));
            store.array("turned" + times, turned);
            store.write("turned" + times + "/c/0/0", PlainStore.numbers(1, 2, 3, 4, 5, 6));
        }

        assertThat(store.chunk("turned1", 0, 0)).isEqualTo(PlainStore.numbers(1, 3, 5, 2, 4, 6));
        assertThat(store.chunk("turned2", 0, 0)).isEqualTo(PlainStore.numbers(1, 2, 3, 4, 5, 6));
    }
}
