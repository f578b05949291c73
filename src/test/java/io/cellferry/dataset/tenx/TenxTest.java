package io.cellferry.dataset.tenx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.CellDatasetContract;
import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.Opened;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// 10x matrices of both layouts look like any other data set: cells by genes, all feature types in `X`.
class TenxTest extends CellDatasetContract {

    @Override
    protected Path complete() {
        return Opened.oddPath("tenx_v3.h5");
    }

    @Override
    protected Path cutOff() {
        return Opened.oddPath("tenx_cut.h5");
    }

    @Test
    void featuresAreColumnsOfVarNamedByTheirUniqueId() {
        assertThat(opened.catalogue().var())
                .containsExactly(
                        new ColumnInfo("id", ColumnInfo.Kind.TEXT, "text", true),
                        new ColumnInfo("name", ColumnInfo.Kind.TEXT, "text", false),
                        new ColumnInfo("feature_type", ColumnInfo.Kind.TEXT, "text", false),
                        new ColumnInfo("genome", ColumnInfo.Kind.TEXT, "text", false));
        assertThat(opened.genes("X", "name")).containsExactly("A", "B", "A", "", "E");
        assertThat(opened.genes("X", "feature_type")).endsWith("Gene Expression", "Antibody Capture");
        assertThat(opened.catalogue().format()).isEqualTo("10x Genomics HDF5 v3");
    }

    @Test
    void thereAreBarcodesAndNoOtherAnnotations() {
        assertThat(opened.catalogue().obs())
                .containsExactly(new ColumnInfo("barcodes", ColumnInfo.Kind.TEXT, "text", true));
        assertThat(opened.catalogue().tables()).isEmpty();
        assertThat(opened.catalogue().graphs()).isEmpty();
    }

    @Test
    void cellsWithoutBarcodesAreNumberedWithAWarning() {
        try (Opened nameless = Opened.odd("tenx_no_barcodes.h5")) {
            assertThat(nameless.problem("input.barcodes.missing").severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(nameless.catalogue().cells()).isEqualTo(6);
            assertThat(nameless.values("X")).isDeepEqualTo(EXPECTED);
        }
    }

    @Test
    void barcodesOfAnotherNumberThanCellsAreRefused() {
        try (Opened wrong = Opened.odd("tenx_other_barcodes.h5")) {
            assertThat(wrong.problem("input.matrix.shape").found()).contains("has 6 cells", "/matrix/barcodes has 5");
            assertThatThrownBy(() -> wrong.dataset().rows("X")).isInstanceOf(InputRefused.class);
        }
    }

    @Test
    void aBrokenIndptrIsRefusedAsInAnyFormat() {
        try (Opened wrong = Opened.odd("tenx_indptr_beyond_data.h5")) {
            assertThat(wrong.problem("input.indptr.end").where()).isEqualTo("/matrix/indptr");
            assertThat(wrong.problem("input.indptr.end").refuses()).isTrue();
        }
    }

    @Test
    void featuresWithoutIdsAreRefused() {
        try (Opened nameless = Opened.odd("tenx_no_features.h5")) {
            assertThat(nameless.problem("input.var.index").where()).isEqualTo("/matrix/features");
            assertThatThrownBy(() -> nameless.genes("X"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("no ids");
        }
    }

    @Test
    void theOldLayoutHoldsTheSame() {
        try (Opened old = Opened.odd("tenx_v2.h5")) {
            assertThat(old.values("X")).isDeepEqualTo(EXPECTED);
            assertThat(old.genes("X")).containsExactly("g0", "g1", "g2", "g3", "g4");
            assertThat(old.genes("X", "name")).containsExactly("A", "B", "A", "", "E");
            assertThat(old.catalogue().format()).isEqualTo("10x Genomics HDF5 v2, genome hg19");
        }
    }

    @Test
    void severalGenomesAreNamedAndRefused() {
        assertThatThrownBy(() -> Opened.odd("tenx_v2_two_genomes.h5"))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("tenx_v2_two_genomes.h5")
                .hasMessageContaining("2 genomes")
                .hasMessageContaining("hg19, mm10");
    }
}
