package io.cellferry.dataset.anndata;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.CellDatasets;
import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.hdf5.Hdf5File;
import io.cellferry.dataset.tree.ReadAhead;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ValueType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A table whose 900 chunks of one column each take more than is kept gives the numbers that h5py wrote, whatever is
/// asked for, and is read ahead.
class TallTableTest {

    private static final Path FILE = Path.of("src/test/resources/odd/tall.h5ad");
    private static final int ROWS = 10_000;
    private static final int COLUMNS = 900;

    /// 9 M values of eight bytes are twice 64 MiB, begun. In slices of 7 rows without reading ahead, each chunk would
    /// be decoded 1,429 times.
    @Test
    void itIsReadAheadInTwoParts() {
        try (Hdf5File file = Hdf5File.open(FILE)) {
            TreeArray tall = file.root().array("obsm/X_tall").orElseThrow();

            assertThat(tall.ahead())
                    .contains(new ReadAhead(ValueType.FLOAT64, (long) ROWS * COLUMNS, (long) ROWS * COLUMNS));
            assertThat(tall.ahead().map(ReadAhead::decodings)).contains(2L);
            assertThat(tall.cursorBytes()).isBetween((64L << 20) + 3 * 80_000, 68L << 20);
            assertThat(file.root().array("obsm/X_umap").orElseThrow().ahead()).isEmpty();
            assertThat(file.root().array("X").orElseThrow().ahead()).isEmpty();
        }
    }

    @Test
    void everyNumberIsWhereItWasWritten() {
        try (CellDataset dataset = CellDatasets.open(FILE);
                NumericTable table = dataset.table("obsm/X_tall")) {
            for (int height : new int[] {7, 1_000, ROWS}) {
                double[] slice = new double[height * COLUMNS];
                for (int from = 0; from < ROWS; from += height) {
                    CellRange cells = new CellRange(from, Math.min(ROWS, from + height));
                    table.read(cells, slice);
                    for (int at = 0; at < cells.count() * COLUMNS; at++) {
                        // The script wrote row // 2500 + 0.5 * column.
                        double written = (from + at / COLUMNS) / 2_500 + 0.5 * (at % COLUMNS);
                        if (slice[at] != written) {
                            assertThat(slice[at])
                                    .as("row %d", from + at / COLUMNS)
                                    .isEqualTo(written);
                        }
                    }
                }
            }
        }
    }

    @Test
    void itsTableSaysWhatReadingItTakes() {
        try (CellDataset dataset = CellDatasets.open(FILE);
                NumericTable tall = dataset.table("obsm/X_tall");
                NumericTable flat = dataset.table("obsm/X_umap")) {
            assertThat(tall.readerBytes()).isGreaterThan(64L << 20);
            assertThat(flat.readerBytes()).isLessThan(8L << 20);
        }
    }
}
