package io.cellferry.dataset.columns;

import io.cellferry.dataset.Label;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Reads a column as one text a row: names of genes or cells. Integers are written in decimal and booleans as Python
/// writes them, as anndata does when it makes an index of them; a missing value is the empty text. Floating-point
/// numbers are refused, since everybody writes them differently.
public final class TextReader {

    private final Path file;

    public TextReader(Path file) {
        this.file = file;
    }

    /// All rows; bounded by their number, so meant for genes rather than cells.
    public List<String> read(StoredColumn column) {
        return switch (column) {
            case StoredColumn.Plain plain -> values(plain.values());
            case StoredColumn.Masked masked -> masked(masked);
            case StoredColumn.Coded coded -> labels(coded);
            case StoredColumn.Unusable unusable -> throw Obstacle.refusal(file, unusable.why());
        };
    }

    private List<String> values(ColumnValues values) {
        List<String> texts = new ArrayList<>();
        Labels.read(file, values).forEach(label -> texts.add(text(values.path(), label)));
        return texts;
    }

    private List<String> masked(StoredColumn.Masked column) {
        List<String> texts = values(column.values());
        BitSet missing = column.mask().map(ObsColumnReader::bits).orElseGet(BitSet::new);
        missing.stream().forEach(row -> texts.set(row, ""));
        return texts;
    }

    private List<String> labels(StoredColumn.Coded column) {
        ObsColumn.Categories categories = new ObsColumnReader(file).categories(column);
        List<String> labels = categories.labels().stream()
                .map(label -> text(column.labels().path(), label))
                .toList();
        List<String> texts = new ArrayList<>(categories.codes().length);
        for (int code : categories.codes()) {
            texts.add(code < 0 ? "" : labels.get(code));
        }
        return texts;
    }

    private String text(String where, Label label) {
        return switch (label) {
            case Label.Text text -> text.value();
            case Label.Whole whole -> Long.toString(whole.value());
            case Label.Truth truth -> truth.value() ? "True" : "False";
            case Label.Real real ->
                throw Obstacle.refusal(
                        file,
                        Problem.refusal(
                                "input.names.type",
                                where,
                                "names must be texts or integers, found floating-point numbers",
                                "Make the column text in pandas (astype(str)), or name genes by another column."));
        };
    }
}
