package io.cellferry.cellucid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.GeneNames;
import io.cellferry.dataset.Label;
import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.ValueType;
import io.cellferry.storage.PlainUnit;
import io.cellferry.storage.UnitWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contract 0.9.0: names in file names, labels as text, edges without weights, missing values marked.
class OldContractTest {

    @TempDir
    private Path folder;

    @Test
    void aWholeExportHasTheTextsAndBytesTheContractSays() throws IOException {
        ExportSettings settings = settings(Quantization.BITS_8, ObsCodes.AUTO, MissingPolicy.MARK);
        NumericTable points = table(1, 0, 2, 4);
        try (UnitWriter unit = new PlainUnit(folder, folder)) {
            EmbeddingFrame frame = new EmbeddingWriter(settings).write("obsm/X_umap", points, unit);
            List<ObsFieldPlace> places = ObsFieldPlace.of(Contract.V0_9_0, List.of("sample id/α", "n counts"));
            ObsColumn flags = new ObsColumn.Flags("sample id/α", bits(0, 2), 4, bits(3));
            ObsColumn numbers = new ObsColumn.Numbers("n counts", new double[] {7, Double.NaN, 7, 7}, new BitSet());
            List<ObsFieldEntry> fields;
            try (ObsFieldWriter writer =
                    new ObsFieldWriter(settings, List.of(new Embedding(frame, points)), points, 2)) {
                fields = List.of(writer.write(places.get(0), flags, unit), writer.write(places.get(1), numbers, unit));
            }
            GeneList genes = GeneList.choose(
                    Contract.V0_9_0,
                    new GeneNames(List.of("HLA-DRB1/2", "other"), Optional.empty()),
                    Optional.of(List.of("HLA-DRB1/2")),
                    DuplicatePolicy.REFUSE);
            RecipeMatrix matrix = RecipeMatrix.of(
                    4, ValueType.FLOAT32, List.of(new TreeMap<>(Map.of(1, 2.0, 3, 254.0)), new TreeMap<>()));
            GeneBounds bounds;
            try (GeneFileWriter writer = new GeneFileWriter(settings, genes, 4, false)) {
                bounds = writer.write(matrix.picked(genes.placesInMatrix()), new GeneRange(0, 1), unit);
            }
            EdgeSummary edges = new EdgeWriter(settings).write(graph(), unit);
            Manifests.write(
                    settings,
                    new ExportContents(
                            4,
                            List.of(frame),
                            fields,
                            Optional.of(genes),
                            List.of(bounds),
                            Optional.of(edges),
                            Optional.empty()),
                    unit);
        }

        // A constant field pretends to end one above its value; the centroid of both "True" cells is their mean.
        assertThat(folder.resolve("obs_manifest.json"))
                .hasContent("{\"_format\": \"compact_v1\", \"n_points\": 4, \"centroid_outlier_quantile\": 0.95,"
                        + " \"latent_key\": \"latent_space\", \"compression\": null, \"_obsSchemas\": {\"continuous\":"
                        + " {\"pathPattern\": \"obs/{key}.values.u8\", \"ext\": \"u8\", \"dtype\": \"uint8\","
                        + " \"quantized\": true, \"quantizationBits\": 8}, \"categorical\": {\"codesPathPattern\":"
                        + " \"obs/{key}.codes.{ext}\", \"outlierPathPattern\": \"obs/{key}.outliers.u8\","
                        + " \"outlierExt\": \"u8\", \"outlierDtype\": \"uint8\", \"outlierQuantized\": true}},"
                        + " \"_continuousFields\": [[\"n counts\", 7.0, 8.0]], \"_categoricalFields\":"
                        + " [[\"sample id/\\u03b1\", [\"False\", \"True\"], \"uint8\", 255, {\"1\": [{\"category\":"
                        + " \"True\", \"position\": [-0.25], \"n_points\": 2}]}, 1.0, 2.0]]}");
        assertThat(folder.resolve("var_manifest.json"))
                .hasContent(
                        "{\"_format\": \"compact_v1\", \"n_points\": 4, \"var_gene_id_column\": \"index\","
                                + " \"compression\": null, \"quantization\": 8, \"_varSchema\": {\"kind\": \"continuous\","
                                + " \"pathPattern\": \"var/{key}.values.u8\", \"ext\": \"u8\", \"dtype\": \"uint8\","
                                + " \"quantized\": true, \"quantizationBits\": 8}, \"fields\": [[\"HLA-DRB1/2\", 0.0, 254.0]]}");
        assertThat(folder.resolve("connectivity_manifest.json"))
                .hasContent("{\"format\": \"edge_pairs\", \"n_cells\": 4, \"n_edges\": 2, \"max_neighbors\": 2,"
                        + " \"index_bytes\": 2, \"index_dtype\": \"uint16\", \"sourcesPath\":"
                        + " \"connectivity/edges.src.bin\", \"destinationsPath\": \"connectivity/edges.dst.bin\","
                        + " \"compression\": null}");
        assertThat(Files.readString(folder.resolve("dataset_identity.json")))
                .contains(
                        "\"cellucid_data_version\": \"0.9.0\"",
                        // Columns of the matrix, not exported genes.
                        "\"n_genes\": 2",
                        "\"obs_categorical_dtype\": \"auto\"",
                        "\"obs_fields\": [\n    {\n      \"key\": \"sample id/\\u03b1\",\n      \"kind\": \"category\"");
        assertThat(bytes("obs/sample_id.codes.u8")).containsExactly(1, 0, 1, 255);
        assertThat(bytes("obs/n_counts.values.u8")).containsExactly(0, 255, 0, 0);
        assertThat(bytes("var/HLA-DRB1_2.values.u8")).containsExactly(0, 2, 0, 254);
        // Edges 0-1 and 1-3, each stored one way; 0-2 cancels out, 2-3 is a stored zero.
        assertThat(bytes("connectivity/edges.src.bin")).containsExactly(0, 0, 1, 0);
        assertThat(bytes("connectivity/edges.dst.bin")).containsExactly(1, 0, 3, 0);
        assertThat(folder.resolve("connectivity/edges.weights.f64.bin")).doesNotExist();
        assertThat(ExportCheck.check(folder)).isEmpty();
    }

    /// A graph that contract 0.9.1 would refuse in four ways.
    private static NeighbourGraph graph() {
        RecipeMatrix graph = RecipeMatrix.of(
                4,
                ValueType.FLOAT32,
                List.of(
                        new TreeMap<>(Map.of(2, -1.0)),
                        new TreeMap<>(Map.of(0, 0.5, 3, 0.25)),
                        new TreeMap<>(Map.of(0, 1.0, 3, 0.0)),
                        new TreeMap<>()));
        return new NeighbourGraph("obsp/connectivities", graph.rows(), graph, false, OptionalLong.empty());
    }

    @Test
    void infinitiesAndMissingValuesStayInUnquantizedFields() throws IOException {
        ExportSettings settings = settings(Quantization.NONE, ObsCodes.AUTO, MissingPolicy.MARK);
        double[] values = {Double.POSITIVE_INFINITY, Double.NaN, 1e-300, -2};

        writeNumbers(settings, values);

        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("obs/n.values.f32")))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(written.getFloat(0)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(written.getFloat(4)).isNaN();
        // Too small for a float: zero, as in the contract's own writer.
        assertThat(written.getFloat(8)).isZero();
        assertThat(written.getFloat(12)).isEqualTo(-2);
    }

    @Test
    void missingValuesAreRefusedUnlessAskedFor() {
        ExportSettings settings = settings(Quantization.NONE, ObsCodes.AUTO, MissingPolicy.REFUSE);

        assertThatThrownBy(() -> writeNumbers(settings, 1, Double.NaN, Double.POSITIVE_INFINITY, Double.NaN))
                .isInstanceOf(InputRefused.class)
                .hasMessage("obs/n: expected a float32 number for every cell, found 2 missing, 1 infinite;"
                        + " the first such is cell 1.");
        assertThat(folder.resolve("obs/n.values.f32")).doesNotExist();
    }

    @Test
    void numbersTooLargeForAFloatAreRefusedEvenWhenMissingOnesAreMarked() {
        ExportSettings settings = settings(Quantization.NONE, ObsCodes.AUTO, MissingPolicy.MARK);

        assertThatThrownBy(() -> writeNumbers(settings, 1, 2, 1e39, 3))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("1 too large for float32");
    }

    @Test
    void twoHundredFiftyFiveLabelsNeedTwoBytes() {
        assertThat(ObsCodes.AUTO.resolve(Contract.V0_9_0, "f", 254, 300)).isEqualTo(CodeType.UINT8);
        assertThat(ObsCodes.AUTO.resolve(Contract.V0_9_0, "f", 255, 255)).isEqualTo(CodeType.UINT16);
        assertThat(ObsCodes.AUTO.resolve(Contract.V0_9_1, "f", 3, 255)).isEqualTo(CodeType.UINT8);
        assertThat(ObsCodes.AUTO.resolve(Contract.V0_9_1, "f", 3, 256)).isEqualTo(CodeType.UINT16);
        assertThat(ObsCodes.UINT16.resolve(Contract.V0_9_0, "f", 65_535, 65_535))
                .isEqualTo(CodeType.UINT16);
        assertThatThrownBy(() -> ObsCodes.UINT8.resolve(Contract.V0_9_0, "f", 255, 255))
                .isInstanceOf(InputRefused.class)
                .hasMessage("obs/f: uint8 codes hold at most 254 labels, but the field has 255.");
        assertThatThrownBy(() -> ObsCodes.AUTO.resolve(Contract.V0_9_1, "f", 65_536, 65_536))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("at most 65,535 labels");
    }

    @Test
    void labelsReadAsPythonsStr() {
        List<Label> labels = List.of(
                new Label.Truth(true),
                new Label.Whole(-3),
                new Label.Real(2),
                new Label.Real(1e-7),
                new Label.Real(Double.POSITIVE_INFINITY),
                new Label.Text(" as is "));

        assertThat(CategoryLabels.of(Contract.V0_9_0, "f", labels))
                .extracting(json -> json.asText())
                .containsExactly("True", "-3", "2.0", "1e-07", "inf", " as is ");
    }

    @Test
    void namesAreCleanedForFileNames() {
        assertThat(List.of("a/b", "a b", "_x_", "α", "..", "%", "__", "HLA-A", "x..", "a%%b"))
                .extracting(ExportPaths::cleaned)
                .containsExactly("a_b", "a_b", "x", "field", "field", "field", "field", "HLA-A", "x", "a_b");
    }

    @Test
    void namesThatShareAFileAreRefused() {
        assertThatThrownBy(() -> ObsFieldPlace.of(Contract.V0_9_0, List.of("a/b", "a b")))
                .isInstanceOf(InputRefused.class)
                .hasMessage("The obs fields \"a/b\" and \"a b\" would share the file name \"a_b\" in contract 0.9.0.");
        assertThat(ObsFieldPlace.of(Contract.V0_9_1, List.of("a/b", "a b")))
                .extracting(ObsFieldPlace::stem)
                .containsExactly("0", "1");
    }

    @Test
    void atSixtyFiveThousandFiveHundredThirtySixCellsTheContractsDiffer() {
        assertThat(EdgeIndex.of(Contract.V0_9_0, 65_535)).isEqualTo(EdgeIndex.UINT16);
        assertThat(EdgeIndex.of(Contract.V0_9_0, 65_536)).isEqualTo(EdgeIndex.UINT32);
        assertThat(EdgeIndex.of(Contract.V0_9_1, 65_536)).isEqualTo(EdgeIndex.UINT16);
        assertThat(EdgeIndex.of(Contract.V0_9_1, 65_537)).isEqualTo(EdgeIndex.UINT32);
    }

    @Test
    void vectorsAreLabelledAndOneIsShownFirst() {
        VectorFields fields = VectorFields.of(
                Contract.V0_9_0, List.of("z_umap_2d", "velocity_umap_2d"), Optional.empty(), List.of(2));

        assertThat(fields.defaultField()).isEqualTo("velocity_umap");
        assertThat(fields.fields()).extracting(VectorFields.Field::stem).containsExactly("z_umap", "velocity_umap");
    }

    private void writeNumbers(ExportSettings settings, double... values) {
        NumericTable latent = table(0, 1, 2, 3);
        try (UnitWriter unit = new PlainUnit(folder, folder);
                ObsFieldWriter writer = new ObsFieldWriter(settings, List.of(), latent, 0)) {
            ObsFieldPlace place =
                    ObsFieldPlace.of(settings.contract(), List.of("n")).getFirst();
            writer.write(place, new ObsColumn.Numbers("n", values, new BitSet()), unit);
        }
    }

    private static ExportSettings settings(Quantization quantization, ObsCodes codes, MissingPolicy missing) {
        return new ExportSettings(
                Contract.V0_9_0,
                quantization,
                quantization,
                codes,
                OptionalInt.empty(),
                OptionalDouble.of(0.95),
                2,
                missing,
                new DatasetCard("tiny", "Tiny", "", "2026-01-01T00:00:00Z", Optional.empty()));
    }

    private static NumericTable table(double... column) {
        return new NumericTable() {
            @Override
            public int rows() {
                return column.length;
            }

            @Override
            public int columns() {
                return 1;
            }

            @Override
            public long readerBytes() {
                return 0;
            }

            @Override
            public void read(CellRange cells, double[] into) {
                System.arraycopy(column, cells.from(), into, 0, cells.count());
            }

            @Override
            public void close() {}
        };
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        for (int bit : set) {
            bits.set(bit);
        }
        return bits;
    }

    private int[] bytes(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        int[] unsigned = new int[bytes.length];
        for (int at = 0; at < bytes.length; at++) {
            unsigned[at] = bytes[at] & 0xff;
        }
        return unsigned;
    }
}
