package io.cellferry.dataset.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.Opened;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import org.junit.jupiter.api.Test;

/// A broken matrix is listed by code, place, expectation and remedy, and refused in the same words when it is used.
/// Other readers crash on some of these and read wrong numbers from others.
class BrokenMatricesTest {

    @Test
    void indptrMustNotDecrease() {
        refused("indptr_decreasing", "input.indptr.decreasing", "/X/indptr", "falls from 3 to 2 after cell 1");
    }

    @Test
    void indptrMustStartAtZero() {
        refused("indptr_not_from_zero", "input.indptr.start", "/X/indptr", "starts at 1");
    }

    @Test
    void indptrMustHaveOneEntryMoreThanThereAreCells() {
        refused("indptr_too_short", "input.indptr.length", "/X/indptr", "must have 7 entries", "its shape is 6");
    }

    @Test
    void indptrMustNotEndBehindTheData() {
        refused("indptr_beyond_data", "input.indptr.end", "/X/indptr", "ends at 80", "holds 8 values");
    }

    @Test
    void indptrMustNotEndBeforeTheData() {
        refused("indptr_before_end", "input.indptr.end", "/X/indptr", "ends at 7", "holds 8 values");
    }

    @Test
    void anIndptrThatWrappedAroundIsExplained() {
        refused("indptr_wrapped", "input.indptr.wrapped", "/X/indptr", "-294,967,296", "32-bit");
    }

    @Test
    void anIndptrThatWrappedAroundWithoutTurningNegativeIsExplainedToo() {
        refused(
                "indptr_wrapped_big",
                "input.indptr.wrapped",
                "/X/indptr",
                "2,147,483,647 to 5",
                "2,147,483,658 values");
    }

    @Test
    void indptrMustBeIntegral() {
        refused("indptr_fraction", "input.indptr.unreadable", "/X/indptr", "2.5");
    }

    @Test
    void indptrMustBeNumbers() {
        refused("indptr_text", "input.indices.type", "/X/indptr", "expected integers, found text");
    }

    @Test
    void indicesMustBeIntegers() {
        refused("indices_real", "input.indices.type", "/X/indices", "expected integers, found float32");
    }

    @Test
    void dataMustBeNumbers() {
        refused("data_text", "input.data.type", "/X/data", "found text");
    }

    @Test
    void dataAndIndicesMustBeEquallyLong() {
        refused("data_too_short", "input.indices.length", "/X/indices", "8 and 6");
    }

    @Test
    void cellsOfTheMatrixMustBeThoseOfObs() {
        refused("shape_other_cells", "input.matrix.shape", "/X", "has 7 cells but obs has 6");
    }

    @Test
    void genesOfTheMatrixMustBeThoseOfVar() {
        refused("shape_other_genes", "input.matrix.shape", "/X", "has 4 genes but var has 5");
    }

    @Test
    void aShapeNobodyCouldHoldIsRefusedBeforeAnythingIsAllocated() {
        refused("shape_huge", "input.matrix.shape", "/X", "1,125,899,906,842,624 x 5");
    }

    @Test
    void aDenseMatrixMustFitObsAndVarToo() {
        refused("dense_other_shape", "input.matrix.shape", "/X", "has 4 genes but var has 5");
    }

    @Test
    void aSparseMatrixMustHaveAShape() {
        refused("shape_missing", "input.matrix.shape", "/X", "found no shape");
    }

    @Test
    void aSparseMatrixMustHaveAllItsArrays() {
        refused("indices_missing", "input.matrix.incomplete", "/X", "indices is missing");
    }

    @Test
    void aMatrixMustSayItsLayout() {
        refused("encoding_missing", "input.matrix.encoding", "/X", "a group without encoding-type");
    }

    @Test
    void anUnknownLayoutIsNamed() {
        refused("encoding_unknown", "input.matrix.encoding", "/X", "future_matrix");
    }

    @Test
    void aDenseMatrixMustBeNumbers() {
        refused("dense_text", "input.matrix.type", "/X", "found text");
    }

    @Test
    void aFilterNobodyHasIsNamedBeforeAnythingIsRead() {
        refused("unknown_filter", "input.hdf5.filter", "/X/data", "399");
    }

    @Test
    void aMatrixInAnotherFileIsNotFollowed() {
        refused("external_link", "input.member.unreadable", "X", "elsewhere.h5");
    }

    @Test
    void aLinkThatLeadsInACircleIsRefused() {
        refused("link_cycle", "input.member.unreadable", "X", "circle");
    }

    @Test
    void aGeneBehindTheLastIsRefusedWithCellAndPosition() {
        refusedWhileReading(
                "index_out_of_range", "/X/indices", "entry 3 belongs to cell 3 and names gene 5", "5 genes");
    }

    @Test
    void aNegativeGeneIsRefusedWithCellAndPosition() {
        refusedWhileReading("index_negative", "/X/indices", "entry 3 belongs to cell 3 and names gene -1");
    }

    @Test
    void aGeneBeyond32BitsIsRefusedAndNotCutToFit() {
        refusedWhileReading("index_out_of_range_int64", "/X/indices", "names gene 1,099,511,627,776");
    }

    @Test
    void aCellBehindTheLastIsRefusedWithGeneAndPosition() {
        refusedWhileReading(
                "by_gene_index_out_of_range", "/X/indices", "entry 5 belongs to gene 2 and names cell 6", "6 cells");
    }

    @Test
    void aNewerEncodingIsReadWithAWarning() {
        try (Opened opened = Opened.odd("encoding_newer.h5ad")) {
            assertThat(opened.problem("input.encoding.version").severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(opened.problem("input.encoding.version").found()).contains("9.9.9");
            assertThat(opened.values("X")[5]).containsExactly(0, 7, 8, 0, 0);
        }
    }

    @Test
    void aLayerOfThreeDimensionsIsAWarningAndTheRestIsRead() {
        try (Opened opened = Opened.odd("dense_3d.h5ad")) {
            Problem problem = opened.problem("input.matrix.shape");

            assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(problem.where()).isEqualTo("/layers/cube");
            assertThat(problem.found()).contains("6 x 5 x 2");
            assertThat(opened.values("X")[0]).containsExactly(1, 0, 0, 2, 0);
            assertThatThrownBy(() -> opened.dataset().rows("layers/cube")).isInstanceOf(InputRefused.class);
        }
    }

    @Test
    void aFileWithBothKindsOfRawUsesTheNewerOne() {
        try (Opened opened = Opened.odd("raw_twice.h5ad")) {
            assertThat(opened.problem("input.raw.twice").severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(opened.genes("raw/X")).startsWith("n0");
        }
    }

    @Test
    void rawWithoutGenesIsReadableButHasNoNames() {
        try (Opened opened = Opened.odd("raw_without_var.h5ad")) {
            assertThat(opened.problem("input.raw.var.missing").severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(opened.values("raw/X")[4]).containsExactly(6, 0, 0, 0, 0);
            assertThatThrownBy(() -> opened.genes("raw/X"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("raw/var");
        }
    }

    @Test
    void allProblemsAreListedAtOnce() {
        try (Opened opened = Opened.odd("several_faults.h5ad")) {
            assertThat(opened.codes())
                    .containsExactly(
                            "input.column.missing",
                            "input.var.index",
                            "input.matrix.shape",
                            "input.indices.length",
                            "input.matrix.shape",
                            "input.table.shape");
        }
    }

    private static void refused(String name, String code, String where, String... found) {
        try (Opened opened = Opened.odd(name + ".h5ad")) {
            Problem problem = opened.problem(code);

            assertThat(problem.severity()).isEqualTo(Problem.Severity.REFUSAL);
            assertThat(problem.where()).isEqualTo(where);
            assertThat(problem.found()).contains(found);
            assertThat(problem.remedy()).isNotBlank();
            assertThatThrownBy(() -> opened.dataset().rows("X"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining(name + ".h5ad")
                    .hasMessageContaining(where)
                    .hasMessageContainingAll(found)
                    .satisfies(refusal ->
                            assertThat(((InputRefused) refusal).remedy()).isEqualTo(problem.remedy()));
        }
    }

    private static void refusedWhileReading(String name, String... message) {
        try (Opened opened = Opened.odd(name + ".h5ad")) {
            assertThat(opened.codes()).isEmpty();
            assertThatThrownBy(() -> opened.values("X"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining(name + ".h5ad")
                    .hasMessageContainingAll(message)
                    .satisfies(refusal ->
                            assertThat(((InputRefused) refusal).remedy()).isNotBlank());
        }
    }
}
