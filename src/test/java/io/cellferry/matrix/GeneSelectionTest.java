package io.cellferry.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Every wanted gene has one position, and positions follow the order in which genes were asked for.
class GeneSelectionTest {

    @Test
    void allGenesKeepTheirPlace() {
        GeneSelection all = GeneSelection.all(3);

        assertThat(all.count()).isEqualTo(3);
        assertThat(new int[] {all.position(0), all.position(1), all.position(2)})
                .containsExactly(0, 1, 2);
    }

    @Test
    void wantedGenesGetPositionsInTheOrderAskedFor() {
        GeneSelection some = GeneSelection.of(4, new int[] {3, 1});

        assertThat(some.genes()).isEqualTo(4);
        assertThat(some.count()).isEqualTo(2);
        assertThat(new int[] {some.position(0), some.position(1), some.position(2), some.position(3)})
                .containsExactly(-1, 1, -1, 0);
    }

    @Test
    void aGeneMayBeWantedOnce() {
        assertThatThrownBy(() -> GeneSelection.of(4, new int[] {3, 1, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gene 3 is wanted at position 0 and again at position 2");
    }

    @Test
    void aWantedGeneLiesInsideTheMatrix() {
        assertThatThrownBy(() -> GeneSelection.of(4, new int[] {0, 4}))
                .hasMessageContaining("outside a matrix of 4 genes");
        assertThatThrownBy(() -> GeneSelection.of(4, new int[] {-1})).hasMessageContaining("wanted gene -1");
    }
}
