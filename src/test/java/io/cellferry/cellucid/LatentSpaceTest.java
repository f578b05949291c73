package io.cellferry.cellucid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.NumericTable;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.CellRange;
import org.junit.jupiter.api.Test;

/// A latent space hands on what its table holds; what is wrong with it is said once all of it was read.
class LatentSpaceTest {

    @Test
    void numbersArriveAsTheyAre() {
        LatentSpace latent = new LatentSpace(Contract.V0_9_1, "obsm/X", table(1, 2, 3, 0.1));
        double[] rows = new double[2];
        latent.read(new CellRange(0, 1), rows);
        assertThat(rows).containsExactly(1, 2);
        latent.read(new CellRange(1, 2), rows);
        assertThat(rows).containsExactly(3, 0.1);
    }

    @Test
    void theLastRowRefusesAllThatIsNotFiniteFloat() {
        LatentSpace latent = new LatentSpace(
                Contract.V0_9_1, "obsm/X", table(1, 2, 3, Double.NaN, Double.NaN, 1e300, 1, 1e-300, 5, 6));
        double[] rows = new double[8];
        latent.read(new CellRange(0, 4), rows);

        assertThatThrownBy(() -> latent.read(new CellRange(4, 5), rows))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("obsm/X: expected a float32 number for every cell, found 2 missing, 1 too large"
                        + " for float32, 1 too small for float32; the first such is cell 1.");
    }

    @Test
    void aTableWithoutColumnsIsRefused() {
        assertThatThrownBy(() -> new LatentSpace(Contract.V0_9_1, "obsm/X", new Table(new double[0], 0)))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("obsm/X: expected at least one column");
    }

    @Test
    void readingItInAnotherOrderIsADefect() {
        LatentSpace latent = new LatentSpace(Contract.V0_9_1, "obsm/X", table(1, 2, 3, 4));

        assertThatThrownBy(() -> latent.read(new CellRange(1, 2), new double[2]))
                .isInstanceOf(IllegalStateException.class);
    }

    private static NumericTable table(double... numbers) {
        return new Table(numbers, 2);
    }

    private record Table(double[] numbers, int columns) implements NumericTable {

        @Override
        public int rows() {
            return columns == 0 ? 1 : numbers.length / columns;
        }

        @Override
        public long readerBytes() {
            return 0;
        }

        @Override
        public void read(CellRange cells, double[] into) {
            System.arraycopy(numbers, cells.from() * columns, into, 0, cells.count() * columns);
        }

        @Override
        public void close() {}
    }
}
