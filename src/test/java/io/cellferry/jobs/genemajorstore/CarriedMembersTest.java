package io.cellferry.jobs.genemajorstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.NotCarried;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.SharedBatch;
import io.cellferry.restart.FolderContents;
import io.cellferry.restart.TestMemory;
import io.cellferry.restart.TinyTranspose;
import io.cellferry.storage.OutputHeading;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whatever a file holds beside its matrix is in the store, or named as missing: tables of records as anndata writes
/// them, and one member of every kind that AnnData does not know (`make_members.py`).
class CarriedMembersTest {

    private static final Path MEMBERS = Path.of("src/test/resources/members").toAbsolutePath();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static SharedBatch batch;
    private static Path folder;

    @BeforeAll
    static void startTheFramework() throws IOException {
        batch = new SharedBatch(List.of(TinyTranspose.JOB));
        folder = TestMemory.newFolder("members");
    }

    @AfterAll
    static void endTheFramework() throws IOException {
        batch.close();
        Files.delete(FolderContents.emptied(folder));
    }

    /// The same rows from HDF5, and from the store that anndata wrote of them, which tells types and fill values too.
    @Test
    void recordsAreStoredAsAnndataStoresThem() throws IOException {
        Path ours = stored("rows.h5ad", "ours.zarr", Map.of("codec", "none"));
        var request = TinyTranspose.request(MEMBERS.resolve("rows.h5ad"), folder.resolve("warned.zarr"), Map.of());
        assertThat(TinyTranspose.JOB.plan(request.request(), room()).problems())
                .filteredOn(one -> one.code().equals("output.rows.arrays"))
                .extracting(Problem::where)
                .containsExactly("uns/arrays");
        assertThat(lacks(ours)).isEmpty();
        Path twin = stored("rows.zarr.zip", "twin.zarr", Map.of("codec", "none"));

        for (String member : List.of("numbers", "flags", "texts", "fixed", "names", "chunked")) {
            Path here = ours.resolve("uns").resolve(member);
            assertThat(FolderContents.of(here))
                    .as(member)
                    .isEqualTo(FolderContents.of(twin.resolve("uns").resolve(member)));
            JsonNode written = json(here.resolve(".zarray"));
            JsonNode anndatas = zipped(MEMBERS.resolve("rows.zarr.zip"), "uns/%s/.zarray".formatted(member));
            for (String key : List.of("dtype", "fill_value", "filters", "order", "shape", "zarr_format")) {
                assertThat(written.path(key)).as(member + " " + key).isEqualTo(anndatas.path(key));
            }
            assertThat(json(here.resolve(".zattrs")))
                    .isEqualTo(zipped(MEMBERS.resolve("rows.zarr.zip"), "uns/%s/.zattrs".formatted(member)));
        }
    }

    /// Numbers little-endian, arrays in rows row by row, texts as UTF-32.
    @Test
    void rowsLieWithoutGapsInTheOrderOfTheirFields() throws IOException {
        Path store = stored("rows.h5ad", "bytes.zarr", Map.of("codec", "none"));

        assertThat(chunk(store, "padded")).hasSize(2 * 9);
        ByteBuffer padded = ByteBuffer.wrap(chunk(store, "padded")).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(padded.get(0)).isEqualTo((byte) 1);
        assertThat(padded.getDouble(1)).isEqualTo(2.5);
        assertThat(padded.get(9)).isEqualTo((byte) 3);
        assertThat(chunk(store, "big_endian")).isEqualTo(chunk(store, "numbers"));
        assertThat(json(store.resolve("uns/arrays/.zarray")).path("dtype").toString())
                .isEqualTo("[[\"one\",\"<f4\",[3]],[\"two\",\"<i2\",[2,2]],[\"three\",\"|u1\",[2,1,2]],"
                        + "[\"single\",\"<f8\",[1]],[\"n\",\"<i8\"]]");
        ByteBuffer arrays = ByteBuffer.wrap(chunk(store, "arrays")).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(arrays.getFloat(8)).isEqualTo(3);
        assertThat(arrays.getShort(12)).isEqualTo((short) 4);
        assertThat(arrays.getShort(18)).isEqualTo((short) 7);
        assertThat(arrays.getDouble(24)).isEqualTo(8);
        assertThat(arrays.getLong(32)).isEqualTo(9);
        // A single row: the number 7 and five characters.
        ByteBuffer single = ByteBuffer.wrap(chunk(store, "single_row")).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(single.getInt(0)).isEqualTo(7);
        assertThat(single.getInt(4)).isEqualTo('s');
        assertThat(single.capacity()).isEqualTo(4 + 5 * 4);
        assertThat(json(store.resolve("uns/two_dimensions/.zarray"))
                        .path("shape")
                        .toString())
                .isEqualTo("[4,3]");
        assertThat(chunk(store, "two_dimensions")).hasSize(12 * (4 + 2 * 4));
        assertThat(json(store.resolve("uns/empty_texts/.zarray")).path("dtype").toString())
                .isEqualTo("[[\"nothing\",\"<U1\"],[\"n\",\"<i4\"]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blosc-lz4", "blosc-zstd", "zstd", "gzip", "none"})
    void everyRowComesBackInBothVersionsAndEveryCompression(String codec) {
        for (String version : List.of("2", "3")) {
            Map<String, String> how = Map.of("codec", codec, "zarr", version);
            Path store = stored("rows.h5ad", "%s-%s.zarr".formatted(codec, version), how);
            Path again = folder.resolve("%s-%s-again.zarr".formatted(codec, version));
            assertThat(run(store, again, how).reason()).isEmpty();

            assertThat(verified(store, MEMBERS.resolve("rows.h5ad"))).isEmpty();
            assertThat(verified(again, store)).isEmpty();
            assertThat(FolderContents.of(again)).isEqualTo(FolderContents.of(store));
        }
    }

    @Test
    void versionThreeNamesTypesAsZarrPythonReadsThem() throws IOException {
        Path store = stored("rows.h5ad", "three.zarr", Map.of("zarr", "3"));

        assertThat(json(store.resolve("uns/fixed/zarr.json")).path("data_type").toString())
                .isEqualTo(
                        "{\"name\":\"structured\",\"configuration\":{\"fields\":[[\"short\","
                                + "{\"name\":\"fixed_length_utf32\",\"configuration\":{\"length_bytes\":20}}],[\"n\",\"int16\"]]}}");
        assertThat(json(store.resolve("uns/padded/zarr.json"))
                        .path("fill_value")
                        .asString(""))
                .isEqualTo("AAAAAAAAAAAA");
        // What the version has no words for is named, with the way out.
        assertThat(lacks(store)).singleElement().satisfies(one -> {
            assertThat(one.where()).isEqualTo("uns/arrays");
            assertThat(one.found()).contains("field \"one\"").contains("small arrays");
            assertThat(one.remedy()).contains("--zarr 2");
        });
        assertThat(store.resolve("uns/arrays")).doesNotExist();
    }

    @Test
    void everyValueThatDiffersFromTheInputIsFound() throws IOException {
        Path store = stored("groups.h5ad", "compared.zarr", Map.of("codec", "none"));
        Path input = MEMBERS.resolve("groups.h5ad");
        assertThat(verified(store, input)).isEmpty();

        for (String member : List.of("names", "scores", "pvals")) {
            Path file = store.resolve("uns/rank_genes_groups").resolve(member).resolve("0");
            byte[] sound = Files.readAllBytes(file);
            byte[] damaged = sound.clone();
            damaged[sound.length - 4] ^= 1;
            Files.write(file, damaged);
            assertThat(verified(store, input)).as(member).containsExactly("store.differs");
            Files.write(file, sound);
        }
        Path depth = store.resolve("obs/depth/0");
        byte[] sound = Files.readAllBytes(depth);
        sound[1] ^= 1;
        Files.write(depth, sound);
        assertThat(verified(store, input)).containsExactly("store.differs");
        // The matrix of groups.h5ad is that of rows.h5ad; everything else is not.
        assertThat(verified(stored("rows.h5ad", "other.zarr", Map.of()), input)).contains("store.differs");
    }

    @Test
    void everyOddMemberOfAnHdf5FileIsCarriedOrNamed() {
        Path store = stored("odd.h5ad", "odd.zarr", Map.of());

        assertThat(named(store))
                .containsExactlyInAnyOrderEntriesOf(new TreeMap<>(Map.ofEntries(
                        Map.entry("the root", "loses its attribute pipeline"),
                        Map.entry("obs", "loses its attribute note; loses its member not_in_order"),
                        Map.entry("raw", "loses its member obsm"),
                        Map.entry("uns", "loses its attribute made_by"),
                        Map.entry("uns/attributed", "loses its attribute unit"),
                        Map.entry("uns/twice", "loses its attribute unit"),
                        Map.entry("uns/new_array", "loses its encoding from-the-future 0.3.0"),
                        Map.entry("uns/new_kind", "loses its encoding from-the-future 0.3.0"),
                        Map.entry("uns/no_space", "loses its emptiness"),
                        Map.entry("uns/sparse_and_more", "loses its member extra"),
                        Map.entry("uns/awkward", "is not carried over"),
                        Map.entry("uns/bits", "is not carried over"),
                        Map.entry("uns/complex", "is not carried over"),
                        Map.entry("uns/datetimes", "is not carried over"),
                        Map.entry("uns/enumeration", "is not carried over"),
                        Map.entry("uns/moments", "is not carried over"),
                        Map.entry("uns/nested", "is not carried over"),
                        Map.entry("uns/nowhere", "is not carried over"),
                        Map.entry("uns/opaque", "is not carried over"),
                        Map.entry("uns/outside", "is not carried over"),
                        Map.entry("uns/ragged", "is not carried over"),
                        Map.entry("uns/references", "is not carried over"),
                        Map.entry("uns/regions", "is not carried over"),
                        Map.entry("uns/type", "is not carried over"),
                        Map.entry("uns/wide_real", "is not carried over"),
                        Map.entry("stranger", "is not carried over"))));
        // A link is followed, a member with two names is stored twice, a type with a name is as good as any.
        for (String carried : List.of("attributed", "soft", "twice", "of_named_type", "new_array", "new_kind/values")) {
            assertThat(store.resolve("uns").resolve(carried).resolve(".zarray")).isRegularFile();
        }
        assertThat(verified(store, MEMBERS.resolve("odd.h5ad"))).isEmpty();
    }

    @Test
    void everyOddMemberOfAZarrStoreIsCarriedOrNamed() throws IOException {
        Path store = stored("odd.zarr.zip", "odd-store.zarr", Map.of("codec", "none"));

        assertThat(named(store))
                .containsExactlyInAnyOrderEntriesOf(new TreeMap<>(Map.ofEntries(
                        Map.entry("uns", "loses its attribute made_by; loses its folder folder"),
                        Map.entry("uns/new_kind", "loses its encoding from-the-future 0.3.0"),
                        Map.entry("uns/big_endian_rows", "is not carried over"),
                        Map.entry("uns/bytes", "is not carried over"),
                        Map.entry("uns/complex", "is not carried over"),
                        Map.entry("uns/datetimes", "is not carried over"),
                        Map.entry("uns/json", "is not carried over"),
                        Map.entry("uns/lists", "is not carried over"),
                        Map.entry("uns/lossy", "is not carried over"),
                        Map.entry("uns/nested", "is not carried over"),
                        Map.entry("uns/pickled", "is not carried over"),
                        Map.entry("uns/spans", "is not carried over"),
                        Map.entry("uns/void", "is not carried over"))));
        // Rows 0 and 2 were never written and are the fill value: 7 and 0.5.
        ByteBuffer filled = ByteBuffer.wrap(chunk(store, "filled_rows")).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(filled.getInt(0)).isEqualTo(7);
        assertThat(filled.getDouble(4)).isEqualTo(0.5);
        assertThat(filled.getInt(12)).isEqualTo(1);
        assertThat(filled.getInt(24)).isEqualTo(7);
        assertThat(chunk(store, "arrays")).hasSize(3 * 4 + 8);
        assertThat(verified(store, MEMBERS.resolve("odd.zarr.zip"))).isEmpty();
    }

    @Test
    void whoeverAsksForTheSameStoreAgainIsToldTheSame() {
        Path store = stored("odd.h5ad", "again.zarr", Map.of());

        RunOutcome again = run(MEMBERS.resolve("odd.h5ad"), store, Map.of());
        assertThat(again.end()).isEqualTo(RunOutcome.End.ALREADY_DONE);
        assertThat(again.notCarried()).isNotEmpty().isEqualTo(lacks(store));
    }

    @Test
    void onlyTheMatrixLacksNothing() {
        Path store = stored("odd.h5ad", "bare.zarr", Map.of("only-matrix", "true"));

        assertThat(lacks(store)).isEmpty();
        assertThat(verified(store, MEMBERS.resolve("odd.h5ad"))).isEmpty();
    }

    /// Two loops in 32 levels would be four billion groups.
    @Test
    void aGroupThatLiesInItselfIsNamedAndNotFollowed() {
        Path store = stored("loop.h5ad", "loop.zarr", Map.of());

        assertThat(lacks(store).stream().map(Problem::where)).containsExactly("uns/loop/one", "uns/loop/two");
        assertThat(store.resolve("uns/loop/inside/.zarray")).isRegularFile();
    }

    @Test
    void textsOfRecordsThatLeadOutOfTheFileAreRefusedByName() {
        Path output = folder.resolve("damaged.zarr");
        var request = TinyTranspose.request(MEMBERS.resolve("damaged.h5ad"), output, Map.of())
                .request();

        assertThat(TinyTranspose.JOB.plan(request, room()).problems().stream().filter(Problem::refuses))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.found()).contains("/uns/table").contains("address"));
        assertThat(output).doesNotExist();
    }

    @Test
    void aFieldThatLiesBehindItsRowIsNamed() {
        assertThat(lacks(stored("offset.h5ad", "offset.zarr", Map.of())))
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
        Path input = stored("groups.h5ad", "sound.zarr", Map.of());
        Path copy = folder.resolve("bad-%08x.zarr".formatted(dtype.hashCode()));
        copy(input, copy);
        Files.delete(copy.resolve(".zmetadata"));
        Path document = copy.resolve("obsm/rec/.zarray");
        String said = Files.readString(document);
        int from = said.indexOf("\"dtype\" : ") + 10;
        int to = said.indexOf("\"fill_value\"");
        Files.writeString(
                document,
                said.substring(0, from) + dtype + ", \"fill_value\": null," + said.substring(said.indexOf('\n', to)));

        Path output = folder.resolve("from-bad-%08x.zarr".formatted(dtype.hashCode()));
        assertThat(run(copy, output, Map.of()).reason()).isEmpty();
        assertThat(lacks(output)).singleElement().satisfies(one -> assertThat(one.where())
                .isEqualTo("obsm/rec"));
    }

    private static Path stored(String input, String name, Map<String, String> how) {
        Path output = folder.resolve(name);
        RunOutcome outcome = run(MEMBERS.resolve(input), output, how);
        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.notCarried()).isEqualTo(lacks(output));
        return output;
    }

    private static RunOutcome run(Path input, Path output, Map<String, String> how) {
        Map<String, String> said = new HashMap<>(how);
        StateFolder state = StateFolder.open(new RealDisk(), folder.resolve("state"));
        return batch.starter(new RunFolders(new RealDisk(), Clock.systemUTC()), state, Clock.systemUTC())
                .start(
                        TinyTranspose.request(input, output, said),
                        room(),
                        new RunProgress(),
                        () -> false,
                        (id, resumed, kept, log) -> {});
    }

    private static MachineRoom room() {
        return new MachineRoom(1L << 30, 512L << 20, 2, Optional.empty());
    }

    private static List<Problem> lacks(Path store) {
        return NotCarried.in(OutputHeading.read(store).orElseThrow().details());
    }

    /// Where something is missing, and how what is said of it begins.
    private static Map<String, String> named(Path store) {
        Map<String, String> named = new TreeMap<>();
        for (Problem one : lacks(store)) {
            String beginning = one.found().split("[:,;.](\\s|$)", 2)[0];
            named.merge(one.where(), beginning, (a, b) -> a + "; " + b);
        }
        return named;
    }

    private static List<String> verified(Path output, Path input) {
        return TinyTranspose.JOB.verify(output, Optional.of(input), new CheckDepth.Full()).stream()
                .filter(Problem::refuses)
                .map(Problem::code)
                .toList();
    }

    private static byte[] chunk(Path store, String member) throws IOException {
        Path array = store.resolve("uns").resolve(member);
        String dimensions =
                "0".repeat(json(array.resolve(".zarray")).path("shape").size());
        return Files.readAllBytes(array.resolve(dimensions.isEmpty() ? "0" : String.join(".", dimensions.split(""))));
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readAllBytes(file));
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
