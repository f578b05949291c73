package io.cellferry.genemajor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.CellDatasets;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.EntryHash;
import io.cellferry.matrix.ValueType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MatrixHashTest {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Path BOTH_WAYS = RESOURCES.resolve("corpus/h5ad/anndataR/example.h5ad");

    @Test
    void rangesAndThreadsChangeNothing() {
        try (CellDataset dataset = CellDatasets.open(BOTH_WAYS)) {
            for (String path : new String[] {"layers/counts", "layers/csc_counts"}) {
                EntryHash whole = MatrixHash.of(dataset, path, false);
                assertThat(whole.entries()).isEqualTo(4317);
                for (long blockValues : new long[] {1, 20, 500}) {
                    EntryHash parts = MatrixHash.of(dataset, path, false, blockValues);
                    assertThat(parts.value()).as("%s by %d", path, blockValues).isEqualTo(whole.value());
                    assertThat(parts.entries()).isEqualTo(whole.entries());
                }
            }
        }
    }

    @Test
    void theWayAMatrixLiesChangesNothing() {
        try (CellDataset dataset = CellDatasets.open(BOTH_WAYS)) {
            long byCell = MatrixHash.of(dataset, "layers/counts", false).value();
            assertThat(MatrixHash.of(dataset, "layers/csc_counts", false).value())
                    .isEqualTo(byCell);
            assertThat(MatrixHash.of(dataset, "X", false).value()).isNotEqualTo(byCell);
        }
    }

    @Test
    void withPlacesOnlyOtherValuesInTheSamePlacesAreTheSame() {
        try (CellDataset dataset = CellDatasets.open(BOTH_WAYS)) {
            assertThat(MatrixHash.of(dataset, "X", true).value())
                    .isEqualTo(MatrixHash.of(dataset, "layers/counts", true).value());
        }
    }

    @Test
    void whatOneThreadCannotReadIsRefusedByAll() {
        try (CellDataset dataset = CellDatasets.open(RESOURCES.resolve("odd/index_out_of_range.h5ad"))) {
            assertThatThrownBy(() -> MatrixHash.of(dataset, "X", false, 1)).isInstanceOf(InputRefused.class);
        }
    }

    /// A reader of 100 MB beside a block of a million values of eight bytes.
    @Test
    void threadsShareTheMemoryThereIs() {
        MatrixInfo info = new MatrixInfo(
                "X",
                8_000,
                30_000,
                MatrixInfo.Order.DENSE,
                "float64",
                ValueType.FLOAT64,
                240_000_000,
                0,
                "",
                100_000_000);

        assertThat(MatrixHash.mostThreads(info, 1 << 20, 120_000_000)).isOne();
        assertThat(MatrixHash.mostThreads(info, 1 << 20, 1)).isOne();
        assertThat(MatrixHash.mostThreads(info, 1 << 20, Long.MAX_VALUE))
                .isEqualTo(Math.min(4, Runtime.getRuntime().availableProcessors()));
    }
}
