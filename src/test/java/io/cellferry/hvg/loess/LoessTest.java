package io.cellferry.hvg.loess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// The curve is that of R's and scikit-misc's loess, also where the latter gives up.
class LoessTest {

    private static final Path CASES = Path.of("src/test/resources/hvg/loess.csv.gz");
    private static final Path SEURAT = Path.of("src/test/resources/hvg/upstream/seurat_hvg_v3_pbmc3k.csv.gz");

    @Test
    void fittedValuesAreThoseOfTheReference() throws IOException {
        Map<String, List<String[]>> cases = new LinkedHashMap<>();
        for (String[] row : rows(CASES)) {
            cases.computeIfAbsent(row[0], name -> new ArrayList<>()).add(row);
        }

        assertThat(cases).hasSize(17);
        cases.forEach((name, rows) -> {
            Optional<double[]> fitted =
                    Loess.fit(column(rows, 2), column(rows, 3), Double.parseDouble(rows.getFirst()[1]));

            assertThat(fitted.isEmpty()).as(name).isEqualTo(name.startsWith("none"));
            fitted.ifPresent(found -> {
                double[] expected = column(rows, 4);
                for (int i = 0; i < found.length; i++) {
                    assertThat(Math.abs(found[i] - expected[i]))
                            .as("%s, point %d: %s", name, i, expected[i])
                            .isLessThanOrEqualTo(1e-12 * Math.max(1, Math.abs(expected[i])));
                }
            });
        });
    }

    /// The table holds rounded means; the exact ones are whole counts over 2,700 cells.
    @Test
    void varianceExpectedOfPbmc3kIsThatOfSeurat() throws IOException {
        List<String[]> rows = rows(SEURAT);
        double[] x = column(rows, 1);
        double[] y = column(rows, 2);
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.log10(Math.round(x[i] * 2700) / 2700.0);
            y[i] = Math.log10(y[i]);
        }

        double[] fitted = Loess.fit(x, y, 0.3).orElseThrow();

        double[] expected = column(rows, 3);
        assertThat(expected).hasSize(13_714);
        for (int i = 0; i < fitted.length; i++) {
            assertThat(Math.abs(Math.pow(10, fitted[i]) / expected[i] - 1)).isLessThan(1e-11);
        }
    }

    @Test
    void aQuadraticIsItsOwnFit() {
        double[] x = new double[400];
        double[] y = new double[400];
        for (int i = 0; i < x.length; i++) {
            x[i] = i / 100.0;
            y[i] = 3 - 2 * x[i] + 0.5 * x[i] * x[i];
        }

        double[] fitted = Loess.fit(x, y, 0.3).orElseThrow();

        for (int i = 0; i < x.length; i++) {
            assertThat(fitted[i]).isCloseTo(y[i], org.assertj.core.data.Offset.offset(1e-12));
        }
    }

    @Test
    void nothingIsFittedToNothing() {
        assertThat(Loess.fit(new double[0], new double[0], 0.3)).isEmpty();
    }

    private static double[] column(List<String[]> rows, int column) {
        return rows.stream().mapToDouble(row -> Double.parseDouble(row[column])).toArray();
    }

    private static List<String[]> rows(Path path) throws IOException {
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
        }
    }
}
