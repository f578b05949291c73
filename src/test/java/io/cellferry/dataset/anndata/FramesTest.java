package io.cellferry.dataset.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.Opened;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import org.junit.jupiter.api.Test;

/// The annotations of cells and genes say how many there are and what they are called.
class FramesTest {

    @Test
    void aFileWithoutObsIsRefused() {
        try (Opened opened = Opened.odd("obs_missing.h5ad")) {
            assertThat(opened.codes()).containsExactly("input.obs.missing");
            assertThat(opened.problem("input.obs.missing").refuses()).isTrue();
            assertThat(opened.problem("input.obs.missing").remedy()).isNotBlank();
            // The matrix still tells how many cells there are.
            assertThat(opened.catalogue().cells()).isEqualTo(6);
        }
    }

    @Test
    void aFileWithoutVarIsRefused() {
        try (Opened opened = Opened.odd("var_missing.h5ad")) {
            assertThat(opened.codes()).containsExactly("input.var.missing");
            assertThatThrownBy(() -> opened.genes("X"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("var_missing.h5ad: var")
                    .hasMessageContaining("genes");
        }
    }

    @Test
    void obsThatIsNoDataFrameIsRefused() {
        refused("obs_array", "input.obs.encoding", "/obs", "found int64");
    }

    @Test
    void anIndexThatIsNotThereIsRefused() {
        refused("index_missing", "input.obs.index", "/obs/_index", "obs has no usable index");
    }

    @Test
    void aFrameThatDoesNotNameItsIndexIsRefused() {
        refused("index_attribute_missing", "input.obs.index", "/obs", "attribute _index is missing");
    }

    @Test
    void anOrdinaryColumnMayBeTheIndex() {
        try (Opened opened = Opened.odd("index_ordinary_column.h5ad")) {
            assertThat(opened.codes()).isEmpty();
            assertThat(opened.catalogue().obs())
                    .containsExactly(
                            new ColumnInfo("name", ColumnInfo.Kind.TEXT, "text", true),
                            new ColumnInfo("whole", ColumnInfo.Kind.NUMBER, "int64", false));
        }
    }

    @Test
    void aNullableIndexNamesTheRows() {
        try (Opened opened = Opened.odd("index_nullable.h5ad")) {
            assertThat(opened.codes()).isEmpty();
            assertThat(opened.catalogue().cells()).isEqualTo(6);
            assertThat(opened.genes("X")).containsExactly("g0", "g1", "g2", "g3", "g4");
        }
    }

    @Test
    void aCategoricalIndexNamesTheRows() {
        try (Opened opened = Opened.odd("index_categorical.h5ad")) {
            assertThat(opened.genes("X")).containsExactly("g2", "g1", "g0", "g4", "g3");
        }
    }

    @Test
    void anIndexOfIntegersIsWrittenInDecimal() {
        try (Opened opened = Opened.odd("index_whole.h5ad")) {
            assertThat(opened.genes("X")).containsExactly("100", "101", "102", "103", "104");
        }
    }

    @Test
    void anIndexOfRealNumbersIsRefusedWhenNamesAreWanted() {
        try (Opened opened = Opened.odd("index_real.h5ad")) {
            assertThat(opened.problem("input.names.unreadable").severity()).isEqualTo(Problem.Severity.WARNING);
            assertThatThrownBy(() -> opened.genes("X"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("/var/_index")
                    .hasMessageContaining("floating-point");
        }
    }

    @Test
    void repeatedNamesAreAWarningAndStayAsTheyAre() {
        try (Opened opened = Opened.odd("names_duplicate.h5ad")) {
            assertThat(opened.codes()).containsExactly("input.names.duplicate", "input.names.duplicate");
            assertThat(opened.catalogue().problems().getFirst().found())
                    .isEqualTo("2 of 6 names repeat an earlier one, the first is \"a\"");
            assertThat(opened.catalogue().problems().getFirst().severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(opened.genes("X")).containsExactly("g", "h", "h", "i", "j");
        }
    }

    @Test
    void withoutColumnOrderEveryMemberIsAColumn() {
        try (Opened opened = Opened.odd("order_missing.h5ad")) {
            assertThat(opened.problem("input.obs.order").severity()).isEqualTo(Problem.Severity.NOTE);
            assertThat(opened.catalogue().obs().stream().map(ColumnInfo::name)).containsExactly("_index", "a", "b");
        }
    }

    @Test
    void genesCanBeNamedByAnotherColumn() {
        try (Opened opened = Opened.odd("modern.h5ad")) {
            assertThat(opened.genes("X", "symbol")).containsExactly("A", "B", "A", "", "E");
            assertThat(opened.genes("X", "number")).containsExactly("0", "1", "2", "3", "4");
            assertThat(opened.genes("X", "biotype")).containsExactly("coding", "other", "", "coding", "coding");
            assertThatThrownBy(() -> opened.genes("X", "score")).isInstanceOf(InputRefused.class);
        }
    }

    @Test
    void rawHasGenesOfItsOwn() {
        try (Opened modern = Opened.odd("modern.h5ad");
                Opened six = Opened.odd("six.h5ad")) {
            assertThat(modern.genes("raw/X")).containsExactly("r0", "r1", "r2", "r3", "r4", "r5");
            assertThat(modern.genes("layers/dense")).startsWith("g0");
            assertThat(six.genes("raw/X")).containsExactly("r0", "r1");
            assertThat(six.values("raw/X")[5]).containsExactly(9, 0);
        }
    }

    @Test
    void aFileWithoutXIsCatalogued() {
        for (String name : new String[] {"no_X", "null_X"}) {
            try (Opened opened = Opened.odd(name + ".h5ad")) {
                assertThat(opened.catalogue().matrices()).isEmpty();
                assertThat(opened.problem("input.matrix.missing").severity()).isEqualTo(Problem.Severity.NOTE);
                assertThat(opened.catalogue().cells()).isEqualTo(6);
            }
        }
    }

    @Test
    void theFormatSaysItsAge() {
        assertThat(format("modern.h5ad")).isEqualTo("AnnData 0.1.0 in HDF5");
        assertThat(format("seven.h5ad")).isEqualTo("AnnData in HDF5, layout of 0.7");
        assertThat(format("six.h5ad")).isEqualTo("AnnData in HDF5, layout before 0.7");
    }

    @Test
    void withoutIndexTheColumnsAreCheckedAllTheSame() {
        try (Opened opened = Opened.odd("index_missing_and_more.h5ad")) {
            assertThat(opened.codes()).containsExactly("input.obs.index", "input.column.missing");
        }
    }

    private static String format(String name) {
        try (Opened opened = Opened.odd(name)) {
            return opened.catalogue().format();
        }
    }

    private static void refused(String name, String code, String where, String found) {
        try (Opened opened = Opened.odd(name + ".h5ad")) {
            Problem problem = opened.problem(code);

            assertThat(problem.refuses()).isTrue();
            assertThat(problem.where()).isEqualTo(where);
            assertThat(problem.found()).contains(found);
            assertThat(problem.remedy()).isNotBlank();
        }
    }
}
