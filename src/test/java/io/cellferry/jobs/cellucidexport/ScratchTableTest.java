package io.cellferry.jobs.cellucidexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.NumericTable;
import io.cellferry.failure.RunStopped;
import io.cellferry.failure.StorageFailed;
import io.cellferry.matrix.CellRange;
import io.cellferry.storage.PlainUnit;
import io.cellferry.storage.StagedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A copied table reads as its source does, exactly or as floats; its length says which.
class ScratchTableTest {

    /// More numbers than are copied at once.
    private static final int ROWS = 25_000;

    private static final int COLUMNS = 3;

    @TempDir
    private Path folder;

    @Test
    void aCopyIsExact() throws IOException {
        ScratchTable.copy(thirds(), staged("exact"));

        assertThat(Files.size(folder.resolve("exact"))).isEqualTo(8L * ROWS * COLUMNS);
        assertThat(all("exact")).containsExactly(all(thirds()));
        assertThat(some("exact")).containsExactly(7 / 3.0, 8 / 3.0, 3, 10 / 3.0, 11 / 3.0, 4);
    }

    @Test
    void aCopyOfFloatsHasHalfTheBytes() throws IOException {
        double[] rounded = all(thirds());
        for (int at = 0; at < rounded.length; at++) {
            rounded[at] = (float) rounded[at];
        }

        ScratchTable.copyFloats(thirds(), staged("floats"));

        assertThat(Files.size(folder.resolve("floats"))).isEqualTo(4L * ROWS * COLUMNS);
        assertThat(all("floats")).containsExactly(rounded);
    }

    @Test
    void aCopyCutShortIsNotRead() throws IOException {
        Files.write(folder.resolve("short"), new byte[4 * ROWS * COLUMNS - 1]);

        assertThatThrownBy(() -> all("short")).isInstanceOf(StorageFailed.class).hasMessageContaining("ends early");
    }

    /// 75,000 numbers are copied in three slices; the wish comes before the third.
    @Test
    void aWishToStopIsHeardBetweenSlices() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        NumericTable stopped = new StoppableTable(thirds(), () -> {
            if (asked.incrementAndGet() == 2) {
                throw new RunStopped("The run was asked to stop.");
            }
        });

        assertThatThrownBy(() -> ScratchTable.copy(stopped, staged("stopped"))).isInstanceOf(RunStopped.class);
        assertThat(asked).hasValue(2);
    }

    private StagedFile staged(String name) {
        return new PlainUnit(folder, folder).scratch(name);
    }

    private double[] all(String name) {
        try (ScratchTable table = ScratchTable.open(folder.resolve(name), ROWS, COLUMNS)) {
            return all(table);
        }
    }

    private double[] some(String name) {
        try (ScratchTable table = ScratchTable.open(folder.resolve(name), ROWS, COLUMNS)) {
            double[] rows = new double[6];
            table.read(new CellRange(2, 4), rows);
            return rows;
        }
    }

    private static double[] all(NumericTable table) {
        double[] rows = new double[ROWS * COLUMNS];
        table.read(new CellRange(0, ROWS), rows);
        return rows;
    }

    /// 1/3, 2/3, 3/3 and so on.
    private static NumericTable thirds() {
        return new NumericTable() {
            @Override
            public int rows() {
                return ROWS;
            }

            @Override
            public int columns() {
                return COLUMNS;
            }

            @Override
            public long readerBytes() {
                return 0;
            }

            @Override
            public void read(CellRange cells, double[] into) {
                for (int at = 0; at < cells.count() * COLUMNS; at++) {
                    into[at] = (cells.from() * COLUMNS + at + 1) / 3.0;
                }
            }

            @Override
            public void close() {}
        };
    }
}
