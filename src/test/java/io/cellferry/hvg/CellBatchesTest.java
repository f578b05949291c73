package io.cellferry.hvg;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.matrix.CellRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellBatchesTest {

    private static final List<CellRange> HALVES = List.of(new CellRange(0, 3), new CellRange(3, 6));

    @Test
    void aBatchHasSumsOnlyInRangesWhereItHasACell() {
        assertThat(CellBatches.of(List.of("a", "b", "c"), new int[] {0, 0, 1, 1, 2, 2})
                        .sums(HALVES))
                .isEqualTo(4);
    }

    @Test
    void cellsOfNoBatchHaveNone() {
        assertThat(CellBatches.of(List.of("a"), new int[] {-1, -1, -1, 0, -1, 0})
                        .sums(HALVES))
                .isEqualTo(1);
    }

    @Test
    void withoutBatchesEachRangeHasOne() {
        assertThat(CellBatches.none(6).sums(HALVES)).isEqualTo(2);
    }
}
