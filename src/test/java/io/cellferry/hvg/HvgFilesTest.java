package io.cellferry.hvg;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import io.cellferry.storage.ByteSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Files of a table are the same bytes everywhere, are read by others, and need nothing else to be looked at.
class HvgFilesTest {

    private static final HvgTable TABLE = new HvgTable(
            Flavor.SEURAT_V3,
            List.of("A1BG", "odd,\"name\"", "", "β\n<b>"),
            List.of(
                    new HvgColumn.Numbers("means", new double[] {0.1, 1e-7, 12345678.9, Double.NaN}),
                    new HvgColumn.Numbers("variances", new double[] {1, 2, Double.POSITIVE_INFINITY, 0.5}),
                    new HvgColumn.Counts("highly_variable_nbatches", new int[] {2, 0, 1, 0}),
                    new HvgColumn.Ranks("highly_variable_rank", new float[] {0.5f, Float.NaN, 3, Float.NaN}),
                    new HvgColumn.Numbers("variances_norm", new double[] {1.25, 0.5, 3, 0}),
                    new HvgColumn.Flags("highly_variable", new boolean[] {true, false, true, false})),
            List.of(Problem.warning("hvg.batch.skipped", "a.h5ad: X, batch '<1>'", "too few cells.", "merge")));

    @Test
    void csvIsWhatPandasWrites() {
        assertThat(written(HvgCsv::write)).isEqualTo("""
                        gene,means,variances,highly_variable_nbatches,highly_variable_rank,variances_norm,highly_variable
                        A1BG,0.1,1.0,2,0.5,1.25,True
                        "odd,""name""\",1.0e-7,2.0,0,,0.5,False
                        "",1.23456789e7,inf,1,3.0,3.0,True
                        "β
                        <b>",,0.5,0,,0.0,False
                        """);
    }

    @Test
    void jsonIsReadBackAsItWas() {
        JsonNode json = new ObjectMapper().readTree(written(HvgJson::write));

        assertThat(json.get("flavor").stringValue()).isEqualTo("seurat_v3");
        assertThat(json.get("genes").intValue()).isEqualTo(4);
        assertThat(json.get("highly_variable_genes").intValue()).isEqualTo(2);
        assertThat(json.get("remarks").get(0).stringValue()).isEqualTo("a.h5ad: X, batch '<1>': too few cells.");
        JsonNode columns = json.get("columns");
        assertThat(columns.propertyNames())
                .containsExactly(
                        "gene",
                        "means",
                        "variances",
                        "highly_variable_nbatches",
                        "highly_variable_rank",
                        "variances_norm",
                        "highly_variable");
        assertThat(columns.get("gene").get(1).stringValue()).isEqualTo("odd,\"name\"");
        assertThat(columns.get("gene").get(3).stringValue()).isEqualTo("β\n<b>");
        assertThat(columns.get("means").get(2).doubleValue()).isEqualTo(12345678.9);
        assertThat(columns.get("means").get(3).isNull()).isTrue();
        assertThat(columns.get("variances").get(2).stringValue()).isEqualTo("inf");
        assertThat(columns.get("highly_variable_rank").get(0).doubleValue()).isEqualTo(0.5);
        assertThat(columns.get("highly_variable").get(2).booleanValue()).isTrue();
    }

    /// Three genes of the second plot and two of the first have a place: values of 0, infinite and missing ones do
    /// not.
    @Test
    void theReportShowsEveryGeneThatHasAPlace() {
        String html = written((table, sink) -> HvgReport.write(table, "a <small> set", sink));

        assertThat(html).startsWith("<!doctype html>").endsWith("</html>\n");
        assertThat(html).contains("<h1>a &lt;small&gt; set</h1>");
        assertThat(html).contains("2 of 4 genes are highly variable, by seurat_v3.");
        assertThat(html).contains("<li>a.h5ad: X, batch '&lt;1&gt;': too few cells.</li>");
        String[] panels = html.split("<svg");
        assertThat(panels).hasSize(3);
        assertThat(panels[1].split("h1v1h-1z", -1)).hasSize(3 + 1);
        assertThat(panels[2].split("h1v1h-1z", -1)).hasSize(2 + 1);
    }

    @Test
    void theReportFetchesNothingAndStaysSmall() {
        var random = new SplittableRandom(3);
        int genes = 200_000;
        double[] means = random.doubles(genes, 1e-3, 10).toArray();
        double[] variances = random.doubles(genes, 1e-3, 10).toArray();
        boolean[] chosen = new boolean[genes];
        IntStream.range(0, genes / 2).forEach(gene -> chosen[2 * gene] = true);
        var table = new HvgTable(
                Flavor.PEARSON_RESIDUALS,
                IntStream.range(0, genes).mapToObj(gene -> "g" + gene).toList(),
                List.of(
                        new HvgColumn.Numbers("means", means),
                        new HvgColumn.Numbers("variances", variances),
                        new HvgColumn.Numbers("residual_variances", variances),
                        new HvgColumn.Flags("highly_variable", chosen)),
                List.of());

        String html = bytes(sink -> HvgReport.write(table, "large", sink)).toString(StandardCharsets.UTF_8);

        assertThat(html.length()).isBetween(100_000, 700_000);
        assertThat(html).doesNotContain("<script", "http:", "https:", "url(", "@import");
    }

    @Test
    void theLocaleShowsNowhere() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            String arabic = written((table, sink) -> HvgReport.write(table, "t", sink));
            String arabicTable = written(HvgCsv::write) + written(HvgJson::write);
            Locale.setDefault(Locale.GERMANY);

            assertThat(written((table, sink) -> HvgReport.write(table, "t", sink)))
                    .isEqualTo(arabic);
            assertThat(written(HvgCsv::write) + written(HvgJson::write)).isEqualTo(arabicTable);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void ticksAreRoundNumbersInsideTheAxis() {
        PlotAxis linear = PlotAxis.of("x", new double[] {-0.12, 0.31, Double.NaN}, false);
        PlotAxis powers = PlotAxis.of("y", new double[] {0.02, 3000, 0, -1}, true);

        assertThat(linear.ticks()).extracting(PlotAxis.Tick::label).containsExactly("-0.1", "0.0", "0.1", "0.2", "0.3");
        assertThat(powers.ticks()).extracting(PlotAxis.Tick::label).containsExactly("1e-1", "1e0", "1e1", "1e2", "1e3");
        PlotAxis shortPowers = PlotAxis.of("z", new double[] {0.3, 12}, true);
        assertThat(shortPowers.ticks()).extracting(PlotAxis.Tick::label).containsExactly("0.5", "1", "2", "5", "10");
        assertThat(powers.share(0)).isZero();
        assertThat(powers.share(1)).isOne();
        assertThat(powers.share(2)).isNaN();
        assertThat(powers.share(3)).isNaN();
    }

    private static String written(BiConsumer<HvgTable, ByteSink> writer) {
        return bytes(sink -> writer.accept(TABLE, sink)).toString(StandardCharsets.UTF_8);
    }

    private static ByteArrayOutputStream bytes(java.util.function.Consumer<ByteSink> writer) {
        var out = new ByteArrayOutputStream();
        writer.accept(buffer -> {
            byte[] piece = new byte[buffer.remaining()];
            buffer.get(piece);
            out.writeBytes(piece);
        });
        return out;
    }
}
