package io.cellferry.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Buffers that are kept from block to block grow seldom, and never beyond what was counted for them.
class BlockRoomTest {

    private static final CellRange CELLS = new CellRange(0, 4);

    @Test
    void aBlockThatGrowsMakesRoomForTheNextLargerOne() {
        var block = new CsrBlock(ValueType.FLOAT64, 4000);
        block.reset(CELLS, 1600);
        int[] genes = block.genes();

        block.reset(CELLS, 1700);

        assertThat(genes).hasSize(1700);
        assertThat(block.genes()).isSameAs(genes);
        assertThat(block.values().eight()).hasSize(1700);
    }

    @Test
    void noRoomIsMadeBeyondTheMostThatWasCounted() {
        var block = new CsrBlock(ValueType.FLOAT32, 1650);
        block.reset(CELLS, 1600);

        assertThat(block.genes()).hasSize(1650);
        assertThat(block.values().four()).hasSize(1650);
    }

    @Test
    void whatIsAskedForIsThereWhateverWasCounted() {
        var block = new CsrBlock(ValueType.FLOAT32);
        block.reset(CELLS, 1600);
        assertThat(block.genes()).hasSize(1600);

        block.reset(CELLS, 1601);
        assertThat(block.genes()).hasSize(1601);
        assertThat(block.values().capacity()).isEqualTo(1601);
    }

    @Test
    void theSlabOfAVisitGrowsByAQuarterWithinItsBudget() {
        var slab = new SparseColumn(ValueType.FLOAT64);

        slab.reset(1000, 4000);
        assertThat(slab.cells()).hasSize(1250);
        assertThat(slab.storedValues()).isEqualTo(1000);

        slab.reset(1251, 1300);
        assertThat(slab.cells()).hasSize(1300);

        slab.reset(1400, -5);
        assertThat(slab.cells()).hasSize(1400);
        assertThat(slab.values().eight()).hasSize(1400);
    }
}
