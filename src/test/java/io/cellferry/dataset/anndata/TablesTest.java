package io.cellferry.dataset.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.Opened;
import io.cellferry.dataset.TableInfo;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.matrix.CellRange;
import org.junit.jupiter.api.Test;

/// Embeddings are dense tables of numbers; what else lies in obsm is listed as unusable.
class TablesTest {

    @Test
    void everyMemberOfObsmIsListed() {
        try (Opened opened = Opened.odd("modern.h5ad")) {
            assertThat(opened.catalogue().tables())
                    .containsExactly(
                            new TableInfo("obsm/X_pca", 6, 3, "float64", true),
                            new TableInfo("obsm/X_umap", 6, 2, "float32", true),
                            new TableInfo("obsm/one", 6, 1, "int64", true),
                            new TableInfo("obsm/sparse", 6, 5, "csr_matrix", false),
                            new TableInfo("obsm/table", 0, 0, "dataframe", false),
                            new TableInfo("obsm/texts", 6, 1, "text", false));
        }
    }

    @Test
    void fieldsOfAnOldCompoundTableAreTables() {
        try (Opened opened = Opened.odd("six.h5ad")) {
            assertThat(opened.catalogue().tables())
                    .containsExactly(
                            new TableInfo("obsm/X_umap", 6, 2, "float32", true),
                            new TableInfo("obsm/X_pca", 6, 3, "float64", true),
                            new TableInfo("obsm/one", 6, 1, "int32", true));
        }
    }

    @Test
    void tablesOfEveryAgeHoldTheSameNumbers() {
        for (String name : new String[] {"modern.h5ad", "seven.h5ad", "six.h5ad"}) {
            try (Opened opened = Opened.odd(name)) {
                assertThat(rows(opened, "obsm/X_umap", 1, 3)).containsExactly(2, 3, 4, 5);
            }
        }
        for (String name : new String[] {"modern.h5ad", "six.h5ad"}) {
            try (Opened opened = Opened.odd(name)) {
                assertThat(rows(opened, "obsm/X_pca", 4, 6)).containsExactly(3, 3.25, 3.5, 3.75, 4, 4.25);
                assertThat(rows(opened, "obsm/one", 4, 6)).containsExactly(4, 5);
            }
        }
    }

    @Test
    void aTableOfAnotherLengthIsAWarningUntilItIsAskedFor() {
        try (Opened opened = Opened.odd("column_faults.h5ad")) {
            assertThat(opened.problem("input.table.shape").severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(opened.catalogue().table("obsm/X_short").orElseThrow().usable())
                    .isFalse();
            assertThatThrownBy(() -> opened.dataset().table("obsm/X_short"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("4 x 2")
                    .hasMessageContaining("which has 6");
        }
    }

    @Test
    void whatIsNoTableOfNumbersIsRefusedByKind() {
        try (Opened opened = Opened.odd("modern.h5ad")) {
            assertThat(opened.codes()).contains("input.table.type");
            assertThat(opened.problem("input.table.type").severity()).isEqualTo(Problem.Severity.NOTE);
            assertThatThrownBy(() -> opened.dataset().table("obsm/sparse"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("csr_matrix");
        }
    }

    @Test
    void graphsInUnsAreFoundUnderTheNameTheyHaveToday() {
        for (String name : new String[] {"modern.h5ad", "seven.h5ad", "six.h5ad"}) {
            try (Opened opened = Opened.odd(name)) {
                double[][] links = opened.values("obsp/connectivities");

                assertThat(links[0]).containsExactly(0, 0.5, 0, 0, 0, 0);
                assertThat(links[1]).containsExactly(0.5, 0, 0, 0, 0, 0);
            }
        }
    }

    @Test
    void aGraphStoredByColumnIsReadByColumn() {
        try (Opened opened = Opened.odd("modern.h5ad")) {
            assertThat(opened.values("obsp/by_column")).isDeepEqualTo(opened.values("obsp/connectivities"));
        }
    }

    private static double[] rows(Opened opened, String path, int from, int to) {
        try (NumericTable table = opened.dataset().table(path)) {
            double[] into = new double[(to - from) * table.columns()];
            table.read(new CellRange(from, to), into);
            return into;
        }
    }
}
