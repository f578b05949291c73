package io.cellferry.cellucid;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.cellucid.arithmetic.CellGroups;
import io.cellferry.cellucid.arithmetic.Centroids;
import io.cellferry.cellucid.arithmetic.LatentRanks;
import io.cellferry.cellucid.arithmetic.LinearQuantile;
import io.cellferry.cellucid.arithmetic.PairwiseSum;
import io.cellferry.cellucid.arithmetic.Points;
import io.cellferry.cellucid.arithmetic.Precision;
import io.cellferry.cellucid.arithmetic.Quantizer;
import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.JsonReader;
import io.cellferry.cellucid.json.PythonFloat;
import io.cellferry.cellucid.json.PythonJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every number comes out with the bits numpy gives it, and every text with the characters Python gives it. The
/// expectations were written by `src/test/scripts/make_cellucid_golden.py`.
class GoldenNumbersTest {

    private static final Json.Members GOLDEN = golden();

    @Test
    void sumsFollowNumpysPairwiseOrder() {
        for (Json.Members golden : all("sums")) {
            double[] values = values(golden, golden.member("n").asInt());

            double sum = PairwiseSum.of(values, 0, values.length, precision(golden));

            assertThat(sum)
                    .as(PythonJson.line(golden))
                    .isEqualTo(golden.member("sum").asDouble());
        }
    }

    @Test
    void quantilesInterpolateAsNumpyDoes() {
        for (Json.Members golden : all("quantiles")) {
            double[] sorted = values(golden, golden.member("n").asInt());
            Arrays.sort(sorted);

            double quantile = LinearQuantile.of(
                    sorted, 0, sorted.length, golden.member("q").asDouble(), precision(golden));

            assertThat(quantile)
                    .as(PythonJson.line(golden))
                    .isEqualTo(golden.member("value").asDouble());
        }
    }

    @Test
    void centroidsAreTheReferencesToTheLastBit() {
        for (Json.Members golden : all("centroids")) {
            List<Json> centroids = new ArrayList<>();
            for (Centroids.Centroid centroid : Centroids.of(
                    points(golden),
                    groups(golden),
                    golden.member("q").asDouble(),
                    golden.member("minPoints").asInt())) {
                List<Json> position =
                        Arrays.stream(centroid.position()).mapToObj(Json::real).toList();
                centroids.add(Json.Array.of(
                        Json.whole(centroid.group()), new Json.Array(position), Json.whole(centroid.used())));
            }

            assertThat(PythonJson.line(new Json.Array(centroids)))
                    .as("seed " + golden.member("seed").asInt())
                    .isEqualTo(PythonJson.line(golden.member("centroids")));
        }
    }

    @Test
    void latentRanksAreTheReferencesToTheLastBit() {
        for (Json.Members golden : all("ranks")) {
            float[] ranks = LatentRanks.of(
                    points(golden), groups(golden), golden.member("minPoints").asInt());

            ByteBuffer valid = ByteBuffer.allocate(4 * ranks.length).order(ByteOrder.LITTLE_ENDIAN);
            for (float rank : ranks) {
                if (!Float.isNaN(rank)) {
                    valid.putFloat(rank);
                }
            }
            assertThat(valid.position() / 4).isEqualTo(golden.member("valid").asInt());
            assertThat(sha(valid)).isEqualTo(golden.member("sha").asText());
        }
    }

    @Test
    void embeddingsArePlacedInFloatOrInDoubleAsTheContractSays() {
        for (Json.Members golden : all("embeddings")) {
            int axes = golden.member("d").asInt();
            double[] values = values(golden, golden.member("n").asInt() * axes);

            assertThat(placed(Contract.V0_9_1, values, axes))
                    .isEqualTo(golden.member("double").asText());
            assertThat(placed(Contract.V0_9_0, values, axes))
                    .isEqualTo(golden.member("single").asText());
        }
    }

    @Test
    void codesAreTheReferencesUnderBothRules() {
        for (Json.Members golden : all("codes")) {
            float[] values = new float[golden.member("values").asItems().size()];
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < values.length; i++) {
                String bits = golden.member("values").asItems().get(i).asText();
                values[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 16));
                if (Float.isFinite(values[i])) {
                    low = Math.min(low, values[i]);
                    high = Math.max(high, values[i]);
                }
            }
            int maxCode = golden.member("bits").asInt() == 8 ? 254 : 65_534;
            Bounds bounds = new Bounds(low, high);

            assertThat(codes(Quantizer.plain(bounds, maxCode), values))
                    .isEqualTo(PythonJson.line(golden.member("plain")) + PythonJson.line(golden.member("plainBounds")));
            golden.find("nudged").ifPresent(expected -> assertThat(codes(Quantizer.nudged(bounds, maxCode), values))
                    .isEqualTo(PythonJson.line(expected) + PythonJson.line(golden.member("nudgedBounds"))));
        }
    }

    @Test
    void floatsReadAsPythonWritesThem() {
        for (Json golden : GOLDEN.member("floats").asItems()) {
            String bits = golden.asItems().get(0).asText();
            double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

            assertThat(PythonFloat.repr(value))
                    .isEqualTo(golden.asItems().get(1).asText());
        }
    }

    @Test
    void textsAreEscapedAsPythonEscapesThem() {
        for (Json golden : GOLDEN.member("texts").asItems()) {
            StringBuilder text = new StringBuilder();
            golden.asItems().get(0).asItems().forEach(point -> text.appendCodePoint(point.asInt()));

            assertThat(PythonJson.line(Json.text(text.toString())))
                    .isEqualTo(golden.asItems().get(1).asText());
        }
    }

    @Test
    void bothLayoutsOfJsonArePythons() {
        Json value = JsonReader.read("{\"a\":[],\"b\":{},\"c\":[1,[2.5,null]],\"d\":{\"e\":true}}");

        assertThat(PythonJson.line(value)).isEqualTo(GOLDEN.member("line").asText());
        assertThat(PythonJson.indented(value))
                .isEqualTo(GOLDEN.member("indented").asText());
    }

    private static String codes(Quantizer quantizer, float[] values) {
        List<Json> codes = new ArrayList<>();
        for (float value : values) {
            codes.add(Json.whole(quantizer.code(value)));
        }
        Json bounds = Json.Array.of(
                Json.real(quantizer.bounds().low()),
                Json.real(quantizer.bounds().high()));
        return PythonJson.line(new Json.Array(codes)) + PythonJson.line(bounds);
    }

    private static String placed(Contract contract, double[] values, int axes) {
        double[] lows = new double[axes];
        double[] highs = new double[axes];
        Arrays.fill(lows, Double.POSITIVE_INFINITY);
        Arrays.fill(highs, Double.NEGATIVE_INFINITY);
        for (int at = 0; at < values.length; at++) {
            double value = contract == Contract.V0_9_0 ? (float) values[at] : values[at];
            lows[at % axes] = Math.min(lows[at % axes], value);
            highs[at % axes] = Math.max(highs[at % axes], value);
        }
        EmbeddingFrame frame = EmbeddingFrame.spanning(contract, lows, highs);
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < values.length; at++) {
            bytes.putFloat((float) frame.place(values[at], at % axes));
        }
        return sha(bytes);
    }

    private static CellGroups groups(Json.Members golden) {
        Recipe recipe = new Recipe(golden);
        double range = golden.find("centroids").isPresent() ? 3 + 0.3 : 3.3;
        int[] codes = new int[golden.member("n").asInt()];
        for (int cell = 0; cell < codes.length; cell++) {
            int code = (int) Math.floor(recipe.unit(1, cell) * range);
            codes[cell] = code == 3 ? -1 : code;
        }
        return new CellGroups(codes, 3);
    }

    private static double[] values(Json.Members golden, int count) {
        Recipe recipe = new Recipe(golden);
        double[] values = new double[count];
        for (int at = 0; at < count; at++) {
            double value = (recipe.unit(0, at) * 2 - 1) * 10;
            values[at] = precision(golden).round(value);
        }
        return values;
    }

    private static Precision precision(Json.Members golden) {
        boolean single = golden.find("dtype")
                .map(type -> type.asText().equals("float32"))
                .orElse(golden.find("valid").isPresent());
        return single ? Precision.SINGLE : Precision.DOUBLE;
    }

    /// The points of a golden case in blocks of 100, so that sums have to survive block ends.
    private static Points points(Json.Members golden) {
        int cells = golden.member("n").asInt();
        int columns = golden.member("d").asInt();
        double[] values = values(golden, cells * columns);
        return new Points() {
            @Override
            public int cells() {
                return cells;
            }

            @Override
            public int columns() {
                return columns;
            }

            @Override
            public Precision precision() {
                return GoldenNumbersTest.precision(golden);
            }

            @Override
            public void visit(BlockVisitor visitor) {
                for (int from = 0; from < cells; from += 100) {
                    int to = Math.min(cells, from + 100);
                    visitor.block(from, to - from, Arrays.copyOfRange(values, from * columns, to * columns));
                }
            }
        };
    }

    private static List<Json.Members> all(String name) {
        List<Json.Members> cases =
                GOLDEN.member(name).asItems().stream().map(Json::asMembers).toList();
        assertThat(cases).isNotEmpty();
        return cases;
    }

    private static String sha(ByteBuffer written) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(written.flip());
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Json.Members golden() {
        try (var in = GoldenNumbersTest.class.getResourceAsStream("/cellucid/golden.json")) {
            return JsonReader.read(in.readAllBytes()).asMembers();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
