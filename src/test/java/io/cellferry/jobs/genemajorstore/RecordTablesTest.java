package io.cellferry.jobs.genemajorstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import io.cellferry.launch.TestRuns;
import io.cellferry.restart.FolderContents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tables of records are stored as anndata stores them, byte for byte, and come back whole; what cannot be one is named
/// (`make_members.py`).
class RecordTablesTest {

    @AutoClose
    private static final StoreRuns STORES = new StoreRuns("records");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// The same rows from HDF5, and from the store that anndata wrote of them, which tells types and fill values too.
    @Test
    void recordsAreStoredAsAnndataStoresThem() throws IOException {
        Path ours = STORES.stored("rows.h5ad", "ours.zarr", Map.of("codec", "none"));
        assertThat(STORES.planned(StoreRuns.MEMBERS.resolve("rows.h5ad"), TestRuns.ROOM))
                .filteredOn(one -> one.code().equals("output.rows.arrays"))
                .extracting(Problem::where)
                .containsExactly("uns/arrays");
        assertThat(StoreRuns.lacks(ours)).isEmpty();
        Path twin = STORES.stored("rows.zarr.zip", "twin.zarr", Map.of("codec", "none"));

        for (String member : List.of("numbers", "flags", "texts", "fixed", "names", "chunked")) {
            Path here = ours.resolve("uns").resolve(member);
            assertThat(FolderContents.of(here))
                    .as(member)
                    .isEqualTo(FolderContents.of(twin.resolve("uns").resolve(member)));
            JsonNode written = StoreRuns.json(here.resolve(".zarray"));
            JsonNode anndatas = zipped(StoreRuns.MEMBERS.resolve("rows.zarr.zip"), "uns/%s/.zarray".formatted(member));
            for (String key : List.of("dtype", "fill_value", "filters", "order", "shape", "zarr_format")) {
                assertThat(written.path(key)).as(member + " " + key).isEqualTo(anndatas.path(key));
            }
            assertThat(StoreRuns.json(here.resolve(".zattrs")))
                    .isEqualTo(zipped(StoreRuns.MEMBERS.resolve("rows.zarr.zip"), "uns/%s/.zattrs".formatted(member)));
        }
    }

    /// Numbers little-endian, arrays in rows row by row, texts as UTF-32.
    @Test
    void rowsLieWithoutGapsInTheOrderOfTheirFields() throws IOException {
        Path store = STORES.stored("rows.h5ad", "bytes.zarr", Map.of("codec", "none"));

        assertThat(StoreRuns.chunk(store, "padded")).hasSize(2 * 9);
        ByteBuffer padded = ByteBuffer.wrap(StoreRuns.chunk(store, "padded")).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(padded.get(0)).isEqualTo((byte) 1);
        assertThat(padded.getDouble(1)).isEqualTo(2.5);
        assertThat(padded.get(9)).isEqualTo((byte) 3);
        assertThat(StoreRuns.chunk(store, "big_endian")).isEqualTo(StoreRuns.chunk(store, "numbers"));
        assertThat(StoreRuns.json(store.resolve("uns/arrays/.zarray"))
                        .path("dtype")
                        .toString())
                .isEqualTo("[[\"one\",\"<f4\",[3]],[\"two\",\"<i2\",[2,2]],[\"three\",\"|u1\",[2,1,2]],"
                        + "[\"single\",\"<f8\",[1]],[\"n\",\"<i8\"]]");
        ByteBuffer arrays = ByteBuffer.wrap(StoreRuns.chunk(store, "arrays")).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(arrays.getFloat(8)).isEqualTo(3);
        assertThat(arrays.getShort(12)).isEqualTo((short) 4);
        assertThat(arrays.getShort(18)).isEqualTo((short) 7);
        assertThat(arrays.getDouble(24)).isEqualTo(8);
        assertThat(arrays.getLong(32)).isEqualTo(9);
        // A single row: the number 7 and five characters.
        ByteBuffer single =
                ByteBuffer.wrap(StoreRuns.chunk(store, "single_row")).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(single.getInt(0)).isEqualTo(7);
        assertThat(single.getInt(4)).isEqualTo('s');
        assertThat(single.capacity()).isEqualTo(4 + 5 * 4);
        assertThat(StoreRuns.json(store.resolve("uns/two_dimensions/.zarray"))
                        .path("shape")
                        .toString())
                .isEqualTo("[4,3]");
        assertThat(StoreRuns.chunk(store, "two_dimensions")).hasSize(12 * (4 + 2 * 4));
        assertThat(StoreRuns.json(store.resolve("uns/empty_texts/.zarray"))
                        .path("dtype")
                        .toString())
                .isEqualTo("[[\"nothing\",\"<U1\"],[\"n\",\"<i4\"]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blosc-lz4", "blosc-zstd", "zstd", "gzip", "none"})
    void everyRowComesBackInBothVersionsAndEveryCompression(String codec) {
        for (String version : List.of("2", "3")) {
            Map<String, String> how = Map.of("codec", codec, "zarr", version);
            Path store = STORES.stored("rows.h5ad", "%s-%s.zarr".formatted(codec, version), how);
            Path again = STORES.at("%s-%s-again.zarr".formatted(codec, version));
            assertThat(STORES.run(store, again, how).reason()).isEmpty();

            assertThat(StoreRuns.verified(store, StoreRuns.MEMBERS.resolve("rows.h5ad")))
                    .isEmpty();
            assertThat(StoreRuns.verified(again, store)).isEmpty();
            assertThat(FolderContents.of(again)).isEqualTo(FolderContents.of(store));
        }
    }

    @Test
    void versionThreeNamesTypesAsZarrPythonReadsThem() throws IOException {
        Path store = STORES.stored("rows.h5ad", "three.zarr", Map.of("zarr", "3"));

        assertThat(StoreRuns.json(store.resolve("uns/fixed/zarr.json"))
                        .path("data_type")
                        .toString())
                .isEqualTo(
                        "{\"name\":\"structured\",\"configuration\":{\"fields\":[[\"short\","
                                + "{\"name\":\"fixed_length_utf32\",\"configuration\":{\"length_bytes\":20}}],[\"n\",\"int16\"]]}}");
        assertThat(StoreRuns.json(store.resolve("uns/padded/zarr.json"))
                        .path("fill_value")
                        .asString(""))
                .isEqualTo("AAAAAAAAAAAA");
        // What the version has no words for is named, with the way out.
        assertThat(StoreRuns.lacks(store)).singleElement().satisfies(one -> {
            assertThat(one.where()).isEqualTo("uns/arrays");
            assertThat(one.found()).contains("field \"one\"").contains("small arrays");
            assertThat(one.remedy()).contains("--zarr 2");
        });
        assertThat(store.resolve("uns/arrays")).doesNotExist();
    }

    @Test
    void textsOfRecordsThatLeadOutOfTheFileAreRefusedByName() {
        Path input = StoreRuns.MEMBERS.resolve("damaged.h5ad");

        assertThat(STORES.planned(input, TestRuns.ROOM).stream().filter(Problem::refuses))
                .singleElement()
                .satisfies(problem -> {
                    // The file is named once.
                    assertThat(problem.where()).isEqualTo(input.toString());
                    assertThat(problem.found()).startsWith("/uns/table").contains("address");
                    assertThat(problem.remedy()).contains("Copy it again");
                });
    }

    @Test
    void aFieldThatLiesBehindItsRowIsNamed() {
        assertThat(StoreRuns.lacks(STORES.stored("offset.h5ad", "offset.zarr", Map.of())))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.where()).isEqualTo("uns/table");
                    assertThat(one.found()).contains("last_field").contains("8 bytes");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[\"a\", \"<U2000000000\"]]",
                "[[\"a\", \"<U1\", [70000, 70000]]]",
                "[[\"a\", \"<f4\", [0]]]",
                "[[\"a\", \"<f4\", [-3]]]",
                "[[\"a\", \"<f4\"], [\"a\", \"<i4\"]]",
                "[[\"\", \"<f4\"], [\"b\", \"<i4\"]]",
                "[[\"a\"], [\"b\", \"<i4\"]]",
                "[[\"a\", \"|O\"], [\"b\", \"<i4\"]]",
                "[[\"a\", \"<U300000\"], [\"b\", \"<i4\"]]",
                "[]"
            })
    void aTypeOfRowsThatCannotBeIsNamed(String dtype) throws IOException {
        Path input = STORES.stored("groups.h5ad", "sound.zarr", Map.of());
        Path copy = STORES.at("bad-%08x.zarr".formatted(dtype.hashCode()));
        copy(input, copy);
        Files.delete(copy.resolve(".zmetadata"));
        Path document = copy.resolve("obsm/rec/.zarray");
        String said = Files.readString(document);
        int from = said.indexOf("\"dtype\" : ") + 10;
        int to = said.indexOf("\"fill_value\"");
        Files.writeString(
                document,
                said.substring(0, from) + dtype + ", \"fill_value\": null," + said.substring(said.indexOf('\n', to)));

        Path output = STORES.at("from-bad-%08x.zarr".formatted(dtype.hashCode()));
        assertThat(STORES.run(copy, output, Map.of()).reason()).isEmpty();
        assertThat(StoreRuns.lacks(output)).singleElement().satisfies(one -> assertThat(one.where())
                .isEqualTo("obsm/rec"));
    }

    private static JsonNode zipped(Path zip, String entry) throws IOException {
        try (var archive = new java.util.zip.ZipFile(zip.toFile())) {
            return JSON.readTree(archive.getInputStream(archive.getEntry(entry)).readAllBytes());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
