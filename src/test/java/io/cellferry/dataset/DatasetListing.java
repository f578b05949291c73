package io.cellferry.dataset;

import io.cellferry.matrix.CellRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/// Lists a data set through the port in the lines of `dataset_listing.py`; that script says what they mean.
public final class DatasetListing {

    private final Opened opened;
    private final List<String> lines = new ArrayList<>();

    private DatasetListing(Opened opened) {
        this.opened = opened;
    }

    public static List<String> of(Opened opened) {
        DatasetListing listing = new DatasetListing(opened);
        listing.list();
        return listing.lines;
    }

    private void list() {
        Catalogue catalogue = opened.catalogue();
        line("cells", "", "count=" + catalogue.cells());
        catalogue.matrices().forEach(info -> matrix("matrix", info));
        frame("var", catalogue.var(), "X");
        if (!catalogue.rawVar().isEmpty()) {
            frame("rawvar", catalogue.rawVar(), "raw/X");
        }
        catalogue.obs().forEach(column -> line("obs", column.name(), obs(column)));
        catalogue.tables().forEach(this::table);
        catalogue.graphs().forEach(info -> matrix("graph", info));
    }

    private void line(String section, String name, String... fields) {
        lines.add(String.join("\t", section, name, String.join("\t", fields)));
    }

    private void matrix(String section, MatrixInfo info) {
        double[][] values = opened.values(info.path(), 997, 41);
        Sums sums = new Sums();
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[row].length; column++) {
                sums.add(row, column, values[row][column]);
            }
        }
        line(
                section,
                info.path(),
                "order=" + info.order(),
                "rows=" + info.cells(),
                "columns=" + info.genes(),
                "type=" + info.storedType(),
                "stored=" + info.storedValues(),
                "sum=" + sums.sum,
                "nan=" + sums.nan,
                "placed=" + sums.placed,
                "first=" + rowSum(values, 0),
                "last=" + rowSum(values, values.length - 1));
    }

    private static double rowSum(double[][] values, int row) {
        return row < 0 || row >= values.length
                ? 0
                : Arrays.stream(values[row])
                        .filter(value -> !Double.isNaN(value))
                        .sum();
    }

    private void frame(String section, List<ColumnInfo> columns, String matrix) {
        boolean named = opened.catalogue().matrix(matrix).isPresent();
        for (ColumnInfo column : columns) {
            String kind = "kind=" + column.kind().name().toLowerCase(java.util.Locale.ROOT);
            if (named && canName(column)) {
                line(section, column.name(), kind, "names=" + crc(opened.genes(matrix, column.name())));
            } else {
                line(section, column.name(), kind);
            }
        }
        if (named) {
            line("names", matrix, "crc=" + crc(opened.genes(matrix)));
        }
    }

    private static boolean canName(ColumnInfo column) {
        String type = column.storedType();
        return switch (column.kind()) {
            case TEXT -> true;
            case NUMBER -> type.contains("int");
            case CATEGORY -> type.contains(" text ") || type.contains("int");
            case FLAG, OTHER -> false;
        };
    }

    private String[] obs(ColumnInfo info) {
        if (info.kind() == ColumnInfo.Kind.OTHER) {
            return new String[] {"kind=other"};
        }
        return switch (opened.dataset().obsColumn(info.name())) {
            case ObsColumn.Numbers numbers -> numbers(numbers);
            case ObsColumn.Flags flags ->
                new String[] {
                    "kind=flag",
                    "true=" + flags.values().cardinality(),
                    "missing=" + flags.missing().cardinality()
                };
            case ObsColumn.Categories categories -> categories(categories);
            case ObsColumn.Texts texts -> {
                List<String> all = IntStream.of(texts.codes())
                        .mapToObj(code -> code < 0 ? "" : texts.distinct().get(code))
                        .toList();
                yield new String[] {"kind=text", "crc=" + crc(all), "missing=" + missing(texts.codes())};
            }
        };
    }

    private static String[] numbers(ObsColumn.Numbers numbers) {
        double sum = 0;
        int nan = 0;
        for (double value : numbers.values()) {
            if (Double.isNaN(value)) {
                nan++;
            } else {
                sum += value;
            }
        }
        BitSet missing = numbers.missing();
        return new String[] {"kind=number", "sum=" + sum, "nan=" + nan, "missing=" + missing.cardinality()};
    }

    private static String[] categories(ObsColumn.Categories categories) {
        List<String> labels =
                categories.labels().stream().map(DatasetListing::label).toList();
        long sum = IntStream.of(categories.codes()).asLongStream().sum();
        return new String[] {
            "kind=category",
            "labels=" + labels.size(),
            "labelcrc=" + crc(labels),
            "codesum=" + sum,
            "missing=" + missing(categories.codes()),
            "ordered=" + categories.ordered()
        };
    }

    private static String label(Label label) {
        return switch (label) {
            case Label.Text text -> text.value();
            case Label.Whole whole -> Long.toString(whole.value());
            case Label.Truth truth -> truth.value() ? "True" : "False";
            case Label.Real real -> "%016x".formatted(Double.doubleToRawLongBits(real.value()));
        };
    }

    private static long missing(int[] codes) {
        return IntStream.of(codes).filter(code -> code == -1).count();
    }

    private void table(TableInfo info) {
        if (!info.usable()) {
            line("table", info.path(), "usable=false");
            return;
        }
        Sums sums = new Sums();
        try (NumericTable table = opened.dataset().table(info.path())) {
            double[] row = new double[table.columns()];
            for (int cell = 0; cell < table.rows(); cell++) {
                table.read(new CellRange(cell, cell + 1), row);
                for (int column = 0; column < row.length; column++) {
                    sums.add(cell, column, row[column]);
                }
            }
        }
        line(
                "table",
                info.path(),
                "rows=" + info.rows(),
                "columns=" + info.columns(),
                "type=" + info.storedType(),
                "sum=" + sums.sum,
                "nan=" + sums.nan,
                "placed=" + sums.placed);
    }

    private static String crc(List<String> texts) {
        CRC32 crc = new CRC32();
        for (String text : texts) {
            crc.update(text.getBytes(StandardCharsets.UTF_8));
            crc.update(0);
        }
        return "%08x".formatted(crc.getValue());
    }

    private static final class Sums {
        private double sum;
        private double placed;
        private long nan;

        void add(int row, int column, double value) {
            if (Double.isNaN(value)) {
                nan++;
            } else {
                sum += value;
                placed += value * ((7L * row + 3L * column) % 101 + 1);
            }
        }
    }
}
