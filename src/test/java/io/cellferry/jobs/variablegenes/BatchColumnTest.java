package io.cellferry.jobs.variablegenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.Element;
import io.cellferry.dataset.GeneNames;
import io.cellferry.dataset.Label;
import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.failure.InputRefused;
import io.cellferry.hvg.CellBatches;
import io.cellferry.jobs.OptionValues;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.RowSource;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Batches are in the order in which numpy sorts what the annotation holds.
class BatchColumnTest {

    private static final HvgOptions OPTIONS =
            HvgOptions.of("", OptionValues.of(HvgRules.ALL, Map.of("batch-key", List.of("batch"))));

    @Test
    void numbersAreOrderedByTheirValue() {
        assertThat(labels(numbers(10, 2, -3, Double.NaN, 2.5, -10))).containsExactly("-10", "-3", "2", "2.5", "10");
        assertThat(labels(categories(new Label.Whole(10), new Label.Whole(2)))).containsExactly("2", "10");
        assertThat(labels(categories(new Label.Real(1e9), new Label.Real(20)))).containsExactly("20.0", "1.0E9");
    }

    @Test
    void textsAreOrderedByCodePointEvenWhereTheyLookLikeNumbers() {
        assertThat(labels(categories(new Label.Text("2"), new Label.Text("10"))))
                .containsExactly("10", "2");
        assertThat(labels(new ObsColumn.Texts("batch", List.of("2", "10"), new int[] {0, 1, 0})))
                .containsExactly("10", "2");
        assertThat(labels(new ObsColumn.Flags("batch", BitSet.valueOf(new long[] {1}), 3, new BitSet())))
                .containsExactly("False", "True");
    }

    @Test
    void cellsWithoutABatchAreWarnedOf() {
        assertThat(batches(numbers(1, Double.NaN, 2, Double.NaN)).missing("a.h5ad: X"))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.where()).isEqualTo("a.h5ad: X");
                    assertThat(problem.found()).isEqualTo("2 of 4 cells belong to no batch and are left out.");
                    assertThat(problem.refuses()).isFalse();
                });
        assertThat(batches(numbers(1, 2)).missing("a.h5ad: X")).isEmpty();
    }

    /// 2^53 and 2^53 + 1 are the same number once they are read.
    @Test
    void numbersThatCannotBeToldApartAreRefused() {
        assertThat(labels(numbers(0x1p53 - 1, 0))).containsExactly("0", "9007199254740991");
        assertThatThrownBy(() -> labels(numbers(0, 0x1p53)))
                .isInstanceOf(InputRefused.class)
                .hasMessageStartingWith("obs/batch: cell 1 (counted from 0) has 9.007199254740992E15");
        assertThatThrownBy(() -> labels(numbers(Double.NEGATIVE_INFINITY))).isInstanceOf(InputRefused.class);
    }

    private static ObsColumn numbers(double... values) {
        return new ObsColumn.Numbers("batch", values, new BitSet());
    }

    private static ObsColumn categories(Label first, Label second) {
        return new ObsColumn.Categories("batch", List.of(first, second), new int[] {0, 1, 0}, false);
    }

    private static List<String> labels(ObsColumn column) {
        return batches(column).labels();
    }

    private static CellBatches batches(ObsColumn column) {
        OnlyColumn dataset = new OnlyColumn(column);
        return BatchColumn.of(dataset, OPTIONS, dataset.catalogue());
    }

    /// Cells of which nothing but the annotation `batch` is known.
    private record OnlyColumn(ObsColumn column) implements CellDataset {

        @Override
        public Catalogue catalogue() {
            ColumnInfo batch = new ColumnInfo("batch", ColumnInfo.Kind.NUMBER, "told by the test", false);
            return new Catalogue(
                    "test", 5, List.of(), List.of(batch), List.of(), List.of(), List.of(), List.of(), List.of());
        }

        @Override
        public ObsColumn obsColumn(String name) {
            return column;
        }

        @Override
        public RowSource rows(String matrix) {
            throw new UnsupportedOperationException(matrix);
        }

        @Override
        public ColumnSource columns(String matrix) {
            throw new UnsupportedOperationException(matrix);
        }

        @Override
        public GeneNames geneNames(String matrix, Optional<String> column) {
            throw new UnsupportedOperationException(matrix);
        }

        @Override
        public NumericTable table(String path) {
            throw new UnsupportedOperationException(path);
        }

        @Override
        public Element.Mapping contents() {
            throw new UnsupportedOperationException("contents");
        }

        @Override
        public void close() {}
    }
}
