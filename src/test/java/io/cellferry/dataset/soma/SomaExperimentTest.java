package io.cellferry.dataset.soma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.DatasetListing;
import io.cellferry.dataset.Element;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.NumberArray;
import io.cellferry.dataset.Opened;
import io.cellferry.dataset.tiledb.PlainTiles;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ValueBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Experiments are data sets in AnnData's words: which layer is which matrix, which measurement counts, and that
/// values are those of the matching AnnData file.
class SomaExperimentTest {

    @TempDir
    private Path folder;

    @Test
    void realExperimentsHoldWhatTheMatchingAnnDataHolds() {
        try (Opened soma = Opened.at(SomaFixtures.corpus("soma-exp-pbmc-small.tar.gz"));
                Opened anndata = Opened.at(SomaFixtures.corpus("pbmc-small.h5ad"))) {
            assertThat(soma.catalogue().format()).isEqualTo("SOMA experiment in TileDB format 22, measurement RNA");
            assertThat(soma.values("X")).isDeepEqualTo(anndata.values("raw/X"));
            assertThat(soma.genes("X")).isEqualTo(anndata.genes("raw/X"));
            assertThat(soma.values("obsp/RNA_snn")).isDeepEqualTo(anndata.values("obsp/distances"));
            assertThat(table(soma, "obsm/X_pca")).containsExactly(table(anndata, "obsm/X_pca"));
            assertThat(table(soma, "obsm/X_tsne")).containsExactly(table(anndata, "obsm/X_tsne"));
            assertThat(scaled(soma)).isDeepEqualTo(anndata.values("X"));
        }
    }

    /// AnnData holds the 20 variable genes only.
    private static double[][] scaled(Opened soma) {
        double[][] all = soma.values("layers/scale_data");
        List<String> genes = soma.genes("X");
        try (Opened anndata = Opened.at(SomaFixtures.corpus("pbmc-small.h5ad"))) {
            List<String> variable = anndata.genes("X");
            double[][] some = new double[all.length][variable.size()];
            for (int cell = 0; cell < all.length; cell++) {
                for (int gene = 0; gene < variable.size(); gene++) {
                    some[cell][gene] = all[cell][genes.indexOf(variable.get(gene))];
                }
            }
            return some;
        }
    }

    private static double[] table(Opened opened, String path) {
        var table = opened.dataset().table(path);
        double[] values = new double[table.rows() * table.columns()];
        table.read(new CellRange(0, table.rows()), values);
        return values;
    }

    @Test
    void sumsAreThoseTheWriterSaw() {
        try (Opened soma = Opened.at(SomaFixtures.corpus("soma-exp-pbmc-small.tar.gz"))) {
            List<String> listing = DatasetListing.of(soma);

            assertThat(listing)
                    .anyMatch(line -> line.startsWith("matrix\tlayers/counts\t")
                            && line.contains("stored=4456")
                            && line.contains("sum=19633.0"))
                    .anyMatch(line -> line.startsWith("matrix\tX\t") && line.contains("sum=20440.2446956"))
                    .anyMatch(line -> line.startsWith("matrix\tlayers/scale_data\t") && line.contains("stored=1600"))
                    .anyMatch(line -> line.startsWith("obs\tRNA_snn_res.1\tkind=category\tlabels=3"));
        }
    }

    @Test
    void experimentsWithoutACurrentDomainReadTheSame() {
        try (Opened current = Opened.at(SomaFixtures.corpus("soma-exp-pbmc-small.tar.gz"));
                Opened old = Opened.at(SomaFixtures.corpus("soma-exp-pbmc-small-pre-1.15.tar.gz"))) {
            assertThat(DatasetListing.of(old)).isEqualTo(DatasetListing.of(current));
        }
    }

    @Test
    void aFolderAroundEverythingInAnArchiveMakesNoDifference() throws IOException, InterruptedException {
        Path unpacked = SomaFixtures.unpacked(SomaFixtures.own("tiny"), folder);
        Path wrapped = folder.resolve("wrapped.tar");
        int done = new ProcessBuilder(
                        "tar",
                        "cf",
                        wrapped.toString(),
                        "-C",
                        folder.toString(),
                        String.valueOf(unpacked.getFileName()))
                .start()
                .waitFor();

        assertThat(done).isZero();
        try (Opened plain = Opened.at(SomaFixtures.own("tiny"));
                Opened inFolder = Opened.at(wrapped)) {
            assertThat(DatasetListing.of(inFolder)).isEqualTo(DatasetListing.of(plain));
        }
    }

    @Test
    void layerDataIsXAndOthersAreLayers() {
        try (Opened tiny = Opened.at(SomaFixtures.own("tiny"))) {
            assertThat(tiny.catalogue().matrices())
                    .extracting(MatrixInfo::path)
                    .containsExactly("X", "layers/counts", "ms/ADT/X/counts");
            assertThat(tiny.values("layers/counts")[5]).containsExactly(2, 0, 0, 0, 65_535);
            assertThat(tiny.values("obsp/connectivities")[3]).containsExactly(0.5, 0, 0, 0, 0, 0);
        }
    }

    @Test
    void matricesOfOtherMeasurementsHaveGenesOfTheirOwn() {
        try (Opened tiny = Opened.at(SomaFixtures.own("tiny"))) {
            assertThat(tiny.genes("X")).containsExactly("g0", "g1", "g2", "g3", "g4");
            assertThat(tiny.genes("ms/ADT/X/counts")).containsExactly("CD3", "CD19");
            assertThat(tiny.values("ms/ADT/X/counts")[0]).containsExactly(0, -7);
            assertThat(tiny.problem("input.soma.measurements").severity()).isEqualTo(Problem.Severity.NOTE);
            assertThat(tiny.problem("input.soma.measurements").found()).contains("RNA", "ADT");
        }
    }

    @Test
    void theFolderOfAMeasurementChoosesIt() throws IOException {
        Path whole = SomaFixtures.unpacked(SomaFixtures.own("tiny"), folder);

        try (Opened adt = Opened.at(whole.resolve("ms/ADT"))) {
            assertThat(adt.catalogue().format()).endsWith("measurement ADT");
            assertThat(adt.genes("X")).containsExactly("CD3", "CD19");
            assertThat(adt.catalogue().cells()).isEqualTo(6);
            assertThat(adt.catalogue().matrices())
                    .extracting(MatrixInfo::path)
                    .containsExactly("X", "ms/RNA/X/counts", "ms/RNA/X/data");
        }
    }

    @Test
    void contentsAreThoseOfAnAnnDataObject() {
        try (Opened tiny = Opened.at(SomaFixtures.own("tiny"))) {
            Element.Mapping root = tiny.dataset().contents();

            assertThat(root.members()).containsKeys("X", "obs", "var", "layers", "obsm", "obsp", "uns");
            Element.Sparse x = (Element.Sparse) Element.find(root, "X").orElseThrow();
            assertThat(wholes(x.starts())).containsExactly(0, 2, 3, 3, 5, 6, 8);
            assertThat(wholes(x.places())).containsExactly(0, 3, 1, 2, 4, 0, 1, 2);
            assertThat(reals(x.values())).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            Element.Numbers dense =
                    (Element.Numbers) Element.find(root, "obsm/X_dense").orElseThrow();
            assertThat(dense.values().shape()).containsExactly(6, 3);
            assertThat(Element.find(root, "obsm/holes")).get().isInstanceOf(Element.Sparse.class);
            Element.Texts title =
                    (Element.Texts) Element.find(root, "uns/title").orElseThrow();
            assertThat(title.values().read(0, 1)).containsExactly("tiny");
            Element.Numbers answer =
                    (Element.Numbers) Element.find(root, "uns/answer").orElseThrow();
            assertThat(reals(answer.values())).containsExactly(42);
            assertThat(root.members().get("ms/ADT")).isInstanceOf(Element.Unknown.class);
        }
    }

    @Test
    void listsOfUnsAreTheirValues() {
        try (Opened soma = Opened.at(SomaFixtures.corpus("soma-exp-pbmc-small.tar.gz"))) {
            Element list = Element.find(soma.dataset().contents(), "uns/seurat_commands/RunPCA.RNA")
                    .orElseThrow();

            assertThat(list).isInstanceOf(Element.Texts.class);
            assertThat(((Element.Texts) list).values().read(0, 1).getFirst()).contains("\"assay.used\":\"RNA\"");
        }
    }

    private static double[] reals(NumberArray array) {
        ValueBuffer values = new ValueBuffer(array.type().delivered(), (int) array.count());
        double[] numbers = new double[(int) array.count()];
        try (NumberArray.Reader reader = array.open()) {
            reader.read(0, numbers.length, values);
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.asDouble(i);
        }
        return numbers;
    }

    private static long[] wholes(NumberArray array) {
        double[] numbers = reals(array);
        long[] whole = new long[numbers.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (long) numbers[i];
        }
        return whole;
    }

    @Test
    void laterWritesOfADenseTableCoverEarlierOnes() {
        try (Opened tiny = Opened.at(SomaFixtures.own("tiny"))) {
            double[] dense = table(tiny, "obsm/X_dense");

            // 10 x row + column, and 100 more in rows 1 to 4 of columns 1 and 2.
            assertThat(dense)
                    .containsExactly(0, 1, 2, 10, 111, 112, 20, 121, 122, 30, 131, 132, 40, 141, 142, 50, 51, 52);
        }
    }

    @Test
    void aSparseTableWithHolesIsNoEmbedding() {
        try (Opened tiny = Opened.at(SomaFixtures.own("tiny"))) {
            assertThat(tiny.catalogue().table("obsm/holes").orElseThrow().usable())
                    .isFalse();
            assertThatThrownBy(() -> tiny.dataset().table("obsm/holes"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("2 values for 6 cells x 4 columns");
        }
    }

    @Test
    void whatIsNoExperimentIsRefusedByWhatItIs() throws IOException {
        assertThatThrownBy(() -> Opened.at(SomaFixtures.corpus("soma-dataframe-pbmc3k-processed-obs.tar.gz")))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("a SOMADataFrame");
        Path whole = SomaFixtures.unpacked(SomaFixtures.own("tiny"), folder);
        assertThatThrownBy(() -> Opened.at(whole.resolve("ms")))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("a SOMACollection");
    }

    @Test
    void aGroupWithoutMembersSaysWhatIsMissing() throws IOException {
        Path whole = SomaFixtures.unpacked(SomaFixtures.own("tiny"), folder);
        // A list of version 1 replaces those before it.
        PlainTiles.write(
                whole.resolve("__group/__9795253011511_9795253011511_0123456789abcdef0123456789abcdef_1"),
                PlainTiles.little(12).putInt(1).putLong(0).array());

        assertThatThrownBy(() -> Opened.at(whole))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("obs and at least one measurement");
    }
}
