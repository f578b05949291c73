package io.cellferry.dataset.soma;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.ObsColumn;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.columns.ObsColumnReader;
import io.cellferry.dataset.tiledb.FolderInArchive;
import io.cellferry.dataset.tiledb.StoredFolder;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every filter that TileDB applies on writing is undone on reading: 3,000 rows in tiles of 1,100, written by
/// TileDB.
class SomaFiltersTest {

    private static final int ROWS = 3_000;

    private static Frame frame;

    @BeforeAll
    static void open() {
        StoredFolder folder = FolderInArchive.open(SomaFixtures.own("filters")).orElseThrow();
        frame = SomaFrame.open(folder, "frame", "frame").frame(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "gzip",
                "zstd",
                "lz4",
                "runs",
                "bzip2",
                "double_delta",
                "delta",
                "bit_width",
                "byte_shuffle",
                "bit_shuffle",
                "positive_delta",
                "md5",
                "sha256",
                "everything"
            })
    void integersOfEveryWidthComeBack(String chain) {
        boolean ascending = chain.equals("positive_delta") || chain.equals("everything");
        double[] eight = numbers(chain + "_int64");
        double[] four = numbers(chain + "_int32");
        double[] two = numbers(chain + "_uint16");
        double[] one = numbers(chain + "_int8");

        for (int row = 0; row < ROWS; row++) {
            long number = number(row, ascending);
            assertThat(eight[row]).as("row %d of int64", row).isEqualTo(number * 1_000_003L);
            assertThat(four[row]).as("row %d of int32", row).isEqualTo(number * 1_003L);
            assertThat(two[row]).as("row %d of uint16", row).isEqualTo(ascending ? number : number + 300);
            assertThat(one[row]).as("row %d of int8", row).isEqualTo((byte) (number / 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "bit_shuffle", "byte_shuffle", "bzip2"})
    void realNumbersComeBack(String chain) {
        double[] values = numbers(chain + "_float64");

        for (int row = 0; row < ROWS; row++) {
            assertThat(values[row]).isEqualTo(number(row, false) / 8.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs_text", "dictionary_text", "dictionary_zstd_text", "bzip2_text"})
    void textsComeBack(String name) {
        boolean nullable = name.equals("dictionary_zstd_text") || name.equals("bzip2_text");
        ObsColumn.Texts texts = (ObsColumn.Texts) column(name);

        for (int row = 0; row < ROWS; row++) {
            int code = texts.codes()[row];
            String expected = row % 11 == 3 ? "" : "word " + row / 40 % 5;
            if (nullable && row % 7 == 0) {
                assertThat(code).as("row %d", row).isEqualTo(-1);
            } else {
                assertThat(texts.distinct().get(code)).as("row %d", row).isEqualTo(expected);
            }
        }
    }

    @Test
    void rowsWithoutNamesAreNamedByTheirJoinIds() {
        assertThat(frame.index().orElseThrow().info().name()).isEqualTo("soma_joinid");
        assertThat(frame.rows()).hasValue(ROWS);
    }

    private static double[] numbers(String name) {
        return ((ObsColumn.Numbers) column(name)).values();
    }

    private static ObsColumn column(String name) {
        return new ObsColumnReader(SomaFixtures.own("filters"))
                .read(frame.column(name).orElseThrow());
    }

    /// As in MakeSomaFixtures.
    private static long number(int row, boolean ascending) {
        return ascending ? row / 25 : row * 7_919L % 251 - 125 + row / 1_000;
    }
}
