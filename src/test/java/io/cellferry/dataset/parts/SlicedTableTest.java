package io.cellferry.dataset.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.TableInfo;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicedTableTest {

    private static final int ROWS = 10;
    private static final int COLUMNS = 3;

    private int opened;
    private int closed;
    private final SlicedTable table = new SlicedTable(
            new TableInfo("obsm/X_pca", ROWS, COLUMNS, "float64", true),
            new TableRows(ValueType.FLOAT64, COLUMNS, 0, this::cursor));

    @Test
    void readsOnWhereItWasWithOneCursor() {
        assertThat(rows(0, 4)).isEqualTo(counted(0, 12));
        assertThat(rows(4, 9)).isEqualTo(counted(12, 27));
        assertThat(opened).isEqualTo(1);
        assertThat(closed).isZero();
    }

    @Test
    void letsGoAfterTheLastRow() {
        rows(0, 9);
        rows(9, 10);
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void beginsAnewAfterTheLastRow() {
        rows(0, 10);
        assertThat(rows(2, 3)).isEqualTo(counted(6, 9));
        assertThat(opened).isEqualTo(2);
    }

    @Test
    void letsGoWhenClosed() {
        rows(0, 1);
        table.close();
        table.close();
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void opensNothingWithoutAReader() {
        table.close();
        assertThat(opened).isZero();
    }

    private double[] rows(int from, int to) {
        double[] into = new double[(to - from) * COLUMNS];
        table.read(new CellRange(from, to), into);
        return into;
    }

    private static double[] counted(int from, int to) {
        double[] numbers = new double[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = from + i;
        }
        return numbers;
    }

    /// Delivers each element's own position.
    private ArrayCursor cursor() {
        opened++;
        return new ArrayCursor() {
            @Override
            public long count() {
                return ROWS * COLUMNS;
            }

            @Override
            public int valuesPerElement() {
                return 1;
            }

            @Override
            public void read(long from, int elements, ValueBuffer into, int at) {
                for (int i = 0; i < elements; i++) {
                    into.eight()[at + i] = Double.doubleToRawLongBits(from + i);
                }
            }

            @Override
            public long[] readWholes(long from, int elements) {
                throw new AssertionError("a table holds real numbers");
            }

            @Override
            public List<String> readTexts(long from, int elements) {
                throw new AssertionError("a table holds real numbers");
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }
}
