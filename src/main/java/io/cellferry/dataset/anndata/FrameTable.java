package io.cellferry.dataset.anndata;

import io.cellferry.dataset.columns.ColumnKinds;
import io.cellferry.dataset.columns.ColumnValues;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.columns.FrameRows;
import io.cellferry.dataset.columns.StoredColumn;
import io.cellferry.dataset.tree.ArrayField;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A data frame stored as one compound table, as anndata wrote it before 0.7: the first field names the rows, and the
/// labels of a categorical column lie in `uns/NAME_categories`.
///
/// Whether such labels belong to a column only its codes can tell, since cells and genes share them; so looking at
/// these files reads the integer columns that have labels.
final class FrameTable {

    private final Path file;
    private final String path;
    private final TreeArray table;
    private final Optional<TreeGroup> uns;

    FrameTable(Path file, String path, TreeArray table, Optional<TreeGroup> uns) {
        this.file = file;
        this.path = path;
        this.table = table;
        this.uns = uns;
    }

    Frame read() {
        Optional<Problem> unreadable = table.unreadable();
        if (unreadable.isPresent()
                || table.shape().length != 1
                || table.fields().isEmpty()) {
            List<Problem> problems = new ArrayList<>(unreadable.stream().toList());
            problems.add(FrameRows.noIndex(
                    path, table.path(), "it is no readable table of one dimension with the names in front"));
            return new FrameRows(file, path, problems).withoutIndex(List.of());
        }
        List<StoredColumn> columns = new ArrayList<>();
        for (ArrayField field : table.fields()) {
            columns.add(column(field, columns.isEmpty()));
        }
        return new FrameRows(file, path, List.of()).indexed(columns.removeFirst(), columns);
    }

    private StoredColumn column(ArrayField field, boolean index) {
        ColumnValues values = new ColumnValues.OfField(table, field);
        if (!(field.type() instanceof ElementType.Whole)) {
            return ColumnKinds.plain(field.name(), values, index);
        }
        return labels(field)
                .filter(labels -> everyCodeHasALabel(field, labels.rows()))
                .map(labels -> ColumnKinds.coded(field.name(), values, labels, false, index))
                .orElseGet(() -> ColumnKinds.plain(field.name(), values, index));
    }

    /// Labels that cannot be read make the codes what they are: numbers.
    private Optional<ColumnValues> labels(ArrayField field) {
        try {
            return uns.flatMap(group -> group.array(field.name() + "_categories"))
                    .filter(array -> array.unreadable().isEmpty())
                    .map(ColumnValues.OfArray::new);
        } catch (InputRefused unreadable) {
            return Optional.empty();
        }
    }

    private boolean everyCodeHasALabel(ArrayField field, long labels) {
        long rows = table.shape()[0];
        var cursor = field.cursor();
        try (cursor) {
            int count;
            for (long from = 0; from < rows; from += count) {
                count = (int) Math.min(ColumnValues.SLICE, rows - from);
                for (long code : cursor.readWholes(from, count)) {
                    if (code >= labels) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
