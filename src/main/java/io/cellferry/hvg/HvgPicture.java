package io.cellferry.hvg;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import io.cellferry.page.Colours;
import io.cellferry.page.Picture;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Draws a written table: what decided over genes, against their means. Takes at most 64 bytes a gene.
public final class HvgPicture {

    private static final String MEANS = "means";
    private static final String CHOSEN = "highly_variable";

    /// What is plotted, and whether by logarithms: the first of these a table has.
    private record Deciding(String column, boolean logarithmic) {}

    private static final List<Deciding> DECIDING = List.of(
            new Deciding("variances_norm", true),
            new Deciding("residual_variances", true),
            new Deciding("dispersions_norm", false));

    private static final Set<String> WANTED =
            Set.of(MEANS, CHOSEN, "variances_norm", "residual_variances", "dispersions_norm");

    private double[] means = new double[1024];
    private double[] scores = new double[1024];
    private final BitSet chosen = new BitSet();
    private int genes;

    private HvgPicture() {}

    /// The picture of a CSV table; empty where it has not the columns.
    public static Optional<Picture> ofCsv(Path table) {
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.UTF_8)) {
            List<String> names = cells(record(lines));
            int mean = names.indexOf(MEANS);
            int flag = names.indexOf(CHOSEN);
            Optional<Deciding> deciding = DECIDING.stream()
                    .filter(one -> names.contains(one.column()))
                    .findFirst();
            if (mean < 0 || flag < 0 || deciding.isEmpty()) {
                return Optional.empty();
            }
            int score = names.indexOf(deciding.get().column());
            HvgPicture picture = new HvgPicture();
            for (String record = record(lines); !record.isEmpty(); record = record(lines)) {
                List<String> cells = cells(record);
                picture.add(
                        number(cells.get(mean)),
                        number(cells.get(score)),
                        cells.get(flag).equals("True"));
            }
            return Optional.of(picture.picture(deciding.get()));
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s cannot be read: %s".formatted(table, IoWords.of(e)),
                    "Check the disk and the permissions, then run the same command again.",
                    e);
        }
    }

    /// The picture of a JSON table, which is read column by column.
    public static Optional<Picture> ofJson(Path table) {
        HvgPicture picture = new HvgPicture();
        Map<String, double[]> columns = new HashMap<>();
        try (JsonParser json = JsonMapper.shared().createParser(table)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_ARRAY && WANTED.contains(String.valueOf(json.currentName()))) {
                    String name = String.valueOf(json.currentName());
                    columns.put(name, column(json));
                } else if (token == JsonToken.START_ARRAY) {
                    json.skipChildren();
                }
            }
        }
        Optional<Deciding> deciding = DECIDING.stream()
                .filter(one -> columns.containsKey(one.column()))
                .findFirst();
        double[] mean = columns.getOrDefault(MEANS, new double[0]);
        double[] flag = columns.getOrDefault(CHOSEN, new double[0]);
        if (deciding.isEmpty() || mean.length != flag.length) {
            return Optional.empty();
        }
        double[] score = columns.getOrDefault(deciding.get().column(), new double[0]);
        for (int gene = 0; gene < Math.min(mean.length, score.length); gene++) {
            picture.add(mean[gene], score[gene], flag[gene] == 1);
        }
        return Optional.of(picture.picture(deciding.get()));
    }

    /// Numbers as they are, `true` as 1, and everything that has no place in a plot as NaN.
    private static double[] column(JsonParser json) {
        double[] values = new double[1024];
        int count = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = switch (token) {
                case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> json.getDoubleValue();
                case VALUE_TRUE -> 1;
                case VALUE_FALSE -> 0;
                default -> Double.NaN;
            };
        }
        return Arrays.copyOf(values, count);
    }

    private void add(double mean, double score, boolean variable) {
        if (genes == means.length) {
            means = Arrays.copyOf(means, 2 * genes);
            scores = Arrays.copyOf(scores, 2 * genes);
        }
        means[genes] = mean;
        scores[genes] = score;
        chosen.set(genes, variable);
        genes++;
    }

    private Picture picture(Deciding deciding) {
        boolean logarithmic = deciding.logarithmic();
        PlotAxis across = PlotAxis.of(logarithmic ? "mean" : "log(1 + mean)", Arrays.copyOf(means, genes), logarithmic);
        PlotAxis up = PlotAxis.of(deciding.column(), Arrays.copyOf(scores, genes), logarithmic);
        return new Picture(
                "%s against mean".formatted(deciding.column()),
                "%s of %,d genes against their means; %,d of them are highly variable."
                        .formatted(deciding.column(), genes, chosen.cardinality()),
                "Squares are stronger where more genes lie.",
                new Picture.Drawing(PlotPanel.svg(across, up, chosen)),
                List.of(
                        new Picture.Key(Colours.PLAIN, "highly variable", "%,d".formatted(chosen.cardinality())),
                        new Picture.Key(Colours.NONE, "other genes", "%,d".formatted(genes - chosen.cardinality()))));
    }

    private static double number(String cell) {
        return switch (cell) {
            case "" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(cell);
        };
    }

    /// One record, which a quoted line feed continues; "" at the end.
    private static String record(BufferedReader lines) throws IOException {
        StringBuilder record = new StringBuilder();
        String line = lines.readLine();
        while (line != null) {
            record.append(line);
            if (record.chars().filter(c -> c == '"').count() % 2 == 0) {
                return record.toString();
            }
            record.append('\n');
            line = lines.readLine();
        }
        return "";
    }

    /// Cells of a record that [HvgCsv] wrote, without quotes.
    private static List<String> cells(String record) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < record.length(); at++) {
            char c = record.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
