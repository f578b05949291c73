package io.cellferry.hvg;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.CellDatasets;
import io.cellferry.dataset.Label;
import io.cellferry.dataset.ObsColumn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/// The data sets and tables in `src/test/resources/hvg`.
final class Golden {

    static final Path FOLDER = Path.of("src/test/resources/hvg");

    private Golden() {}

    /// One data set, open for reading.
    static CellDataset open(String name) {
        return CellDatasets.open(FOLDER.resolve(name + ".h5ad"));
    }

    /// The column `batch` of a data set.
    static CellBatches batches(CellDataset dataset) {
        if (dataset.obsColumn("batch") instanceof ObsColumn.Categories categories) {
            List<String> labels = new ArrayList<>();
            for (Label label : categories.labels()) {
                labels.add(((Label.Text) label).value());
            }
            return CellBatches.of(labels, categories.codes());
        }
        throw new IllegalStateException("batch is no categorical column");
    }

    static List<String> genes(CellDataset dataset) {
        return dataset.geneNames("X", Optional.empty()).names();
    }

    /// A table made by other software: one text a gene in every column.
    record Table(Map<String, List<String>> columns) {

        List<String> column(String name) {
            return Objects.requireNonNull(columns.get(name), name);
        }
    }

    static Table table(Path path) {
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            String[] names = reader.readLine().replace("\"", "").split(",", -1);
            Map<String, List<String>> table = new LinkedHashMap<>();
            reader.lines().map(line -> line.replace("\"", "").split(",", -1)).forEach(row -> {
                assertThat(row).hasSize(names.length);
                for (int i = 0; i < names.length; i++) {
                    table.computeIfAbsent(names[i], name -> new ArrayList<>()).add(row[i]);
                }
            });
            return new Table(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> tables(String folder) {
        try (var files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double number(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text.replace("inf", "Infinity"));
    }

    /// A column of a result as doubles: flags are 0 and 1.
    static double[] numbers(HvgColumn column) {
        return switch (column) {
            case HvgColumn.Flags flags ->
                IntStream.range(0, flags.values().length)
                        .mapToDouble(i -> flags.values()[i] ? 1 : 0)
                        .toArray();
            case HvgColumn.Counts counts ->
                Arrays.stream(counts.values()).asDoubleStream().toArray();
            case HvgColumn.Numbers numbers -> numbers.values();
            case HvgColumn.Ranks ranks ->
                IntStream.range(0, ranks.values().length)
                        .mapToDouble(i -> ranks.values()[i])
                        .toArray();
        };
    }
}
