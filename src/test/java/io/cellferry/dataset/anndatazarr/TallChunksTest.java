package io.cellferry.dataset.anndatazarr;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.CellDatasets;
import io.cellferry.dataset.matrices.SlowReading;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.failure.Problem;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import io.cellferry.zarr.ZarrHierarchy;
import io.cellferry.zarr.ZarrStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A table in chunks of one column each, more of them than are kept, is decoded a few times and not for every few rows;
/// where that still takes long, the catalogue says so.
class TallChunksTest {

    private static final int ROWS = 20_000;
    private static final int COLUMNS = 4_000;

    @TempDir
    private Path folder;

    /// 80 M values of one byte are delivered in four: five times 64 MiB. In slices of 1,000 rows without reading
    /// ahead, each chunk would be decoded 20 times.
    @Test
    void eachChunkIsDecodedAsOftenAsMemoryIsFilled() {
        Columns store = new Columns();
        try (ZarrTree tree = new ZarrTree(ZarrHierarchy.open(store).orElseThrow());
                ArrayCursor cursor = tree.root().array("a").orElseThrow().cursor()) {
            ValueBuffer slice = new ValueBuffer(ValueType.INT32, 1_000 * COLUMNS);
            for (int from = 0; from < ROWS; from += 1_000) {
                cursor.read((long) from * COLUMNS, 1_000 * COLUMNS, slice, 0);
                for (int row = 0; row < 1_000; row += 333) {
                    for (int column = 0; column < COLUMNS; column++) {
                        assertThat(slice.four()[row * COLUMNS + column]).isEqualTo(value(from + row, column));
                    }
                }
            }
            assertThat(store.decoded).isEqualTo(5 * COLUMNS);
        }
    }

    /// A row of chunks has 5 M x 300 values of eight bytes, which is 179 times 64 MiB.
    @Test
    void aSlowTableIsNamedWithItsRemedy() throws IOException {
        write("obsm/X_tall", "[5000000, 300]", "[5000000, 1]");

        assertThat(SlowReading.of("obsm/X_tall", array("obsm/X_tall"))).hasValueSatisfying(problem -> {
            assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(problem.where()).isEqualTo("obsm/X_tall");
            assertThat(problem.found()).contains("chunks of 5,000,000 x 1").contains("decoded 179 times");
            assertThat(problem.remedy()).contains("h5repack -l obsm/X_tall:CHUNK=1747x300");
        });
    }

    @Test
    void nothingIsSaidOfATableThatIsReadInAMinute() throws IOException {
        write("small", "[200000, 300]", "[200000, 1]");
        write("flat", "[5000000, 300]", "[5000, 300]");

        assertThat(array("small").ahead()).isPresent();
        assertThat(SlowReading.of("small", array("small"))).isEmpty();
        assertThat(SlowReading.of("flat", array("flat"))).isEmpty();
    }

    /// Six cells, and columns without number.
    @Test
    void theCatalogueTellsOfTablesAndMatrices() throws IOException {
        Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
        for (String frame : List.of("obs", "var")) {
            Files.createDirectories(folder.resolve(frame));
            Files.writeString(folder.resolve(frame + "/.zgroup"), "{\"zarr_format\": 2}");
            Files.writeString(folder.resolve(frame + "/.zattrs"), """
                    {"encoding-type": "dataframe", "encoding-version": "0.2.0", "_index": "_index",
                     "column-order": []}""");
        }
        document("obs/_index", "[6]", "[6]", "|S4");
        document("var/_index", "[600000000]", "[600000000]", "|S1");
        Files.createDirectories(folder.resolve("obsm"));
        Files.writeString(folder.resolve("obsm/.zgroup"), "{\"zarr_format\": 2}");
        document("obsm/X_tall", "[6, 600000000]", "[6, 1]", "<f8");
        document("X", "[6, 600000000]", "[6, 1]", "<f8");

        try (CellDataset dataset = CellDatasets.open(folder)) {
            Catalogue catalogue = dataset.catalogue();
            assertThat(catalogue.problems())
                    .filteredOn(problem -> problem.code().equals("input.chunks.tall"))
                    .extracting(Problem::where)
                    .containsExactlyInAnyOrder("obsm/X_tall", "X");
        }
    }

    private TreeArray array(String path) {
        return new ZarrTree(
                        ZarrHierarchy.open(ZarrStore.open(folder).orElseThrow()).orElseThrow())
                .root()
                .array(path)
                .orElseThrow();
    }

    private void write(String path, String shape, String chunks) throws IOException {
        Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
        document(path, shape, chunks, "<f8");
    }

    private void document(String path, String shape, String chunks, String type) throws IOException {
        Files.createDirectories(folder.resolve(path));
        Files.writeString(folder.resolve(path).resolve(".zarray"), header(shape, chunks, type));
        Files.writeString(folder.resolve(path).resolve(".zattrs"), """
                {"encoding-type": "%s", "encoding-version": "0.2.0"}""".formatted(
                        type.startsWith("|S") ? "string-array" : "array"));
    }

    private static String header(String shape, String chunks, String type) {
        return """
                {"zarr_format": 2, "shape": %s, "chunks": %s, "dtype": "%s", "compressor": null, "order": "C",
                 "filters": null, "fill_value": null}""".formatted(shape, chunks, type);
    }

    private static int value(int row, int column) {
        return (row * 7 + column) & 0x7f;
    }

    /// An array `a` of one chunk a column, made when it is read, and counted.
    private static final class Columns implements ZarrStore {

        int decoded;

        @Override
        public Path path() {
            return Path.of("columns.zarr");
        }

        @Override
        public OptionalLong length(String key) {
            return switch (key) {
                case ".zgroup" -> OptionalLong.of(GROUP.length);
                case "a/.zarray" -> OptionalLong.of(ARRAY.length);
                default -> key.startsWith("a/0.") ? OptionalLong.of(ROWS) : OptionalLong.empty();
            };
        }

        @Override
        public void read(String key, long at, byte[] into, int count) {
            switch (key) {
                case ".zgroup" -> System.arraycopy(GROUP, (int) at, into, 0, count);
                case "a/.zarray" -> System.arraycopy(ARRAY, (int) at, into, 0, count);
                default -> {
                    decoded++;
                    int column = Integer.parseInt(key.substring("a/0.".length()));
                    for (int row = 0; row < count; row++) {
                        into[row] = (byte) value((int) at + row, column);
                    }
                }
            }
        }

        @Override
        public List<String> folders(String in) {
            return in.isEmpty() ? List.of("a") : List.of();
        }

        @Override
        public boolean hasFolder(String name) {
            return name.isEmpty() || name.equals("a");
        }

        @Override
        public void close() {}
    }

    private static final byte[] GROUP = "{\"zarr_format\": 2}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ARRAY = header("[%d, %d]".formatted(ROWS, COLUMNS), "[%d, 1]".formatted(ROWS), "|i1")
            .getBytes(StandardCharsets.UTF_8);
}
