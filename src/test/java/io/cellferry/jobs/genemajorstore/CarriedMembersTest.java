package io.cellferry.jobs.genemajorstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import io.cellferry.genemajor.CarriedElements;
import io.cellferry.jobs.CatalogueSheet;
import io.cellferry.jobs.OptionValues;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.TestRuns;
import io.cellferry.restart.TinyTranspose;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Whatever a file holds beside its matrix is in the store, or named as missing: one member of every kind that AnnData
/// does not know, and members whose headers are absurd (`make_members.py`).
class CarriedMembersTest {

    @AutoClose
    private static final StoreRuns STORES = new StoreRuns("members");

    @Test
    void everyValueThatDiffersFromTheInputIsFound() throws IOException {
        Path store = STORES.stored("groups.h5ad", "compared.zarr", Map.of("codec", "none"));
        Path input = StoreRuns.MEMBERS.resolve("groups.h5ad");
        assertThat(StoreRuns.verified(store, input)).isEmpty();

        for (String member : List.of("names", "scores", "pvals")) {
            Path file = store.resolve("uns/rank_genes_groups").resolve(member).resolve("0");
            byte[] sound = Files.readAllBytes(file);
            byte[] damaged = sound.clone();
            damaged[sound.length - 4] ^= 1;
            Files.write(file, damaged);
            assertThat(StoreRuns.verified(store, input)).as(member).containsExactly("store.differs");
            Files.write(file, sound);
        }
        Path depth = store.resolve("obs/depth/0");
        byte[] sound = Files.readAllBytes(depth);
        sound[1] ^= 1;
        Files.write(depth, sound);
        assertThat(StoreRuns.verified(store, input)).containsExactly("store.differs");
        // The matrix of groups.h5ad is that of rows.h5ad; everything else is not.
        assertThat(StoreRuns.verified(STORES.stored("rows.h5ad", "other.zarr", Map.of()), input))
                .contains("store.differs");
    }

    @Test
    void everyOddMemberOfAnHdf5FileIsCarriedOrNamed() {
        Path store = STORES.stored("odd.h5ad", "odd.zarr", Map.of());

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
        assertThat(StoreRuns.verified(store, StoreRuns.MEMBERS.resolve("odd.h5ad")))
                .isEmpty();
    }

    @Test
    void everyOddMemberOfAZarrStoreIsCarriedOrNamed() throws IOException {
        Path store = STORES.stored("odd.zarr.zip", "odd-store.zarr", Map.of("codec", "none"));

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
        ByteBuffer filled =
                ByteBuffer.wrap(StoreRuns.chunk(store, "filled_rows")).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(filled.getInt(0)).isEqualTo(7);
        assertThat(filled.getDouble(4)).isEqualTo(0.5);
        assertThat(filled.getInt(12)).isEqualTo(1);
        assertThat(filled.getInt(24)).isEqualTo(7);
        assertThat(StoreRuns.chunk(store, "arrays")).hasSize(3 * 4 + 8);
        assertThat(StoreRuns.verified(store, StoreRuns.MEMBERS.resolve("odd.zarr.zip")))
                .isEmpty();
    }

    /// Of half a category AnnData reads nothing, and nothing of the store it is in.
    @Test
    void whatIsCarriedInHalfOnlyIsLeftBehindAsAWhole() {
        Path input = StoreRuns.MEMBERS.resolve("halves.h5ad");
        Path store = STORES.stored("halves.h5ad", "halves.zarr", Map.of());

        for (String parent : List.of("uns", "obs")) {
            assertThat(store.resolve(parent)).isDirectoryNotContaining("glob:**/{category,nullable}");
        }
        List<String> left = List.of("uns/category", "uns/nullable", "obs/category", "obs/nullable");
        assertThat(StoreRuns.lacks(store).stream().map(Problem::where)).containsExactlyInAnyOrderElementsOf(left);
        assertThat(STORES.planned(input, TestRuns.ROOM).stream().map(Problem::where))
                .as("each is named once")
                .containsExactlyInAnyOrderElementsOf(left);
        assertThat(StoreRuns.verified(store, input)).isEmpty();
    }

    /// AnnData opens nothing of a store in which one member does not fit the cells or genes it belongs to.
    @Test
    void whatDoesNotFitCellsOrGenesIsLeftBehind() {
        Path input = StoreRuns.MEMBERS.resolve("misfits.h5ad");
        Path store = STORES.stored("misfits.h5ad", "misfits.zarr", Map.of());

        Map<String, Set<String>> left = Map.of(
                "obsm", Set.of("dense", "sparse", "frame", "frame_with_column/x", "value", "group"),
                "varm", Set.of("dense", "sparse"),
                "obsp", Set.of("dense", "sparse"),
                "varp", Set.of("dense", "sparse"),
                "layers", Set.of("dense", "sparse"),
                "raw/varm", Set.of("dense", "sparse"));
        Set<String> expected = left.entrySet().stream()
                .flatMap(group -> group.getValue().stream().map(member -> group.getKey() + "/" + member))
                .collect(Collectors.toSet());
        assertThat(StoreRuns.lacks(store).stream().map(Problem::where)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(STORES.planned(input, TestRuns.ROOM).stream()
                        .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                        .map(Problem::where))
                .as("each is named once")
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(StoreRuns.lacks(store))
                .filteredOn(problem -> problem.where().equals("layers/dense"))
                .extracting(Problem::found)
                .containsExactly("is not carried over: its shape, 6 x 6, does not fit var, which has 5 rows.");
        for (String group : left.keySet()) {
            assertThat(store.resolve(group)).isDirectoryContaining("glob:**/right");
        }
        assertThat(store.resolve("obsm")).isDirectoryContaining("glob:**/one_dimension_right");
        assertThat(StoreRuns.verified(store, input)).isEmpty();
    }

    /// A header of a few bytes can say what would take more memory, files or time than anybody has.
    @Test
    void everyAbsurdMemberIsNamedWithWhatToDo() {
        Path input = StoreRuns.MEMBERS.resolve("absurd.h5ad");
        Path store = STORES.stored("absurd.h5ad", "absurd.zarr", Map.of());

        Map<String, String> found = new TreeMap<>();
        StoreRuns.lacks(store).forEach(one -> found.put(one.where().replace("uns/", ""), one.found()));
        Map<String, String> expected = Map.ofEntries(
                Map.entry("arrays_of_records", "field \"inner\""),
                Map.entry("arrays_of_texts", "field \"texts\""),
                Map.entry("class_15", "class = 15"),
                Map.entry("codes_too_wide", "2 x 1,099,511,627,776"),
                Map.entry("dimensions_255", "ends before"),
                Map.entry("extents_of_nothing", "field \"extents_of_nothing_a\""),
                Map.entry("extents_too_large", "a sub-array of 6 elements"),
                Map.entry("field_of_no_bytes", "elements of 0 bytes"),
                Map.entry("long_texts", "1,052,672 bytes"),
                Map.entry("no_bytes", "row of 0 bytes"),
                Map.entry("no_fields", "without fields"),
                Map.entry("no_header", "no 'OHDR'"),
                Map.entry("numbers_none_too_wide", "0 x 1,099,511,627,776 x 1,099,511,627,776"),
                Map.entry("numbers_too_many", "more than 131,072 files"),
                Map.entry("numbers_too_wide", "2 x 1,099,511,627,776"),
                Map.entry("records_too_many", "more than 131,072 files"),
                Map.entry("records_too_wide", "2 x 1,099,511,627,776"),
                Map.entry("rows_of_9", "data of 16 bytes for 2 elements of 9"),
                Map.entry("same_names", "two fields called \"same_names_a\""),
                Map.entry("seven_dimensions", "7 dimensions"),
                Map.entry("sparse_negative", "[-3, 2]"),
                Map.entry("texts_too_wide", "2 x 1,099,511,627,776"),
                Map.entry("three_of_two", "not supported"),
                Map.entry("too_long", "2,147,483,647 bytes"));
        assertThat(found.keySet()).isEqualTo(new TreeSet<>(expected.keySet()));
        assertThat(found).allSatisfy((member, said) -> assertThat(said).contains(expected.get(member)));
        assertThat(StoreRuns.lacks(store))
                .filteredOn(one -> one.found().contains("cannot be read"))
                .hasSize(7)
                .allSatisfy(one -> assertThat(one.remedy()).contains("Copy it again"));
        assertThat(store.resolve("uns/many_fields/.zarray")).isRegularFile();
        assertThat(StoreRuns.verified(store, input)).isEmpty();
        Set<String> known = new TreeSet<>(found.keySet());
        known.remove("long_texts");
        // How long texts are is only known to those who read them.
        assertThat(inspected(input)).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw_link.h5ad", "raw_array.h5ad"})
    void aRawThatIsNoneIsNamedAndLeavesTheRestAlone(String member) {
        Path store = STORES.stored(member, member + ".zarr", Map.of());

        assertThat(StoreRuns.lacks(store)).extracting(Problem::where).containsExactly("raw");
        assertThat(inspected(StoreRuns.MEMBERS.resolve(member))).containsExactly("raw");
        assertThat(store.resolve("raw")).doesNotExist();
        assertThat(StoreRuns.verified(store, StoreRuns.MEMBERS.resolve(member))).isEmpty();
    }

    /// What `inspect` says that a store would lack.
    private static Set<String> inspected(Path input) {
        OptionValues nothingSaid = OptionValues.of(TinyTranspose.JOB.options(), Map.of());
        return CatalogueSheet.of(input, nothingSaid).orElseThrow().problems().stream()
                .filter(one -> one.code().equals(CarriedElements.NOT_CARRIED))
                .map(one -> one.where().replace("uns/", ""))
                .collect(Collectors.toSet());
    }

    /// AnnData allows it, and whoever asks for that column later has to find it.
    @Test
    void anIndexThatIsAColumnTooStaysOneAtItsPlace() throws IOException {
        Path input = StoreRuns.MEMBERS.resolve("named.h5ad");
        Path store = STORES.stored("named.h5ad", "named.zarr", Map.of());

        JsonNode cells = StoreRuns.json(store.resolve("obs/.zattrs"));
        assertThat(cells.path("_index").asString("")).isEqualTo("name");
        assertThat(cells.path("column-order").toString()).isEqualTo("[\"depth\",\"name\",\"age\"]");
        assertThat(StoreRuns.lacks(store)).isEmpty();
        assertThat(StoreRuns.verified(store, input)).isEmpty();
    }

    @Test
    void whoeverAsksForTheSameStoreAgainIsToldTheSame() {
        Path store = STORES.stored("odd.h5ad", "again.zarr", Map.of());

        RunOutcome again = STORES.run(StoreRuns.MEMBERS.resolve("odd.h5ad"), store, Map.of());
        assertThat(again.end()).isEqualTo(RunOutcome.End.ALREADY_DONE);
        assertThat(again.notCarried()).isNotEmpty().isEqualTo(StoreRuns.lacks(store));
    }

    @Test
    void onlyTheMatrixLacksNothing() {
        Path store = STORES.stored("odd.h5ad", "bare.zarr", Map.of("only-matrix", "true"));

        assertThat(StoreRuns.lacks(store)).isEmpty();
        assertThat(StoreRuns.verified(store, StoreRuns.MEMBERS.resolve("odd.h5ad")))
                .isEmpty();
    }

    /// Two loops in 32 levels would be four billion groups.
    @Test
    void aGroupThatLiesInItselfIsNamedAndNotFollowed() {
        Path store = STORES.stored("loop.h5ad", "loop.zarr", Map.of());

        assertThat(StoreRuns.lacks(store).stream().map(Problem::where)).containsExactly("uns/loop/one", "uns/loop/two");
        assertThat(store.resolve("uns/loop/inside/.zarray")).isRegularFile();
    }

    /// Where something is missing, and how what is said of it begins.
    private static Map<String, String> named(Path store) {
        Map<String, String> named = new TreeMap<>();
        for (Problem one : StoreRuns.lacks(store)) {
            String beginning = one.found().split("[:,;.](\\s|$)", 2)[0];
            named.merge(one.where(), beginning, (a, b) -> a + "; " + b);
        }
        return named;
    }
}
