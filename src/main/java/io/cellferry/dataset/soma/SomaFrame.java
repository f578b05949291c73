package io.cellferry.dataset.soma;

import io.cellferry.dataset.columns.ColumnKinds;
import io.cellferry.dataset.columns.ColumnValues;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.columns.FrameRows;
import io.cellferry.dataset.columns.StoredColumn;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.dataset.tiledb.Attribute;
import io.cellferry.dataset.tiledb.Dimension;
import io.cellferry.dataset.tiledb.Enumeration;
import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.dataset.tiledb.StoredFolder;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.failure.InputRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A `SOMADataFrame`: `obs`, `var` or one of `uns`.
///
/// Rows are named by the column that conversions to SOMA make of AnnData's index (`obs_id`, `var_id`), by the ids
/// that the CELLxGENE Census gives genes (`feature_id`), by a text the array is indexed by, or else by their join
/// ids.
final class SomaFrame {

    private final StoredArray array;
    private final String named;
    private final RowOrder order;
    private final JoinIds ids;

    private SomaFrame(StoredArray array, String named, RowOrdering.Ordered ordered) {
        this.array = array;
        this.named = named;
        this.order = ordered.order();
        this.ids = ordered.ids();
    }

    /// Opens the frame at `path`, which is called `named` outside. Reads its join ids.
    static SomaFrame open(StoredFolder folder, String path, String named) {
        StoredArray array = StoredArray.open(folder, path);
        if (!array.schema().sparse()) {
            throw array.refusal("expected a data frame, which is a sparse array, found a dense one");
        }
        return new SomaFrame(array, named, RowOrdering.of(array));
    }

    JoinIds ids() {
        return ids;
    }

    int version() {
        return array.schema().version();
    }

    Frame frame(List<String> indexNames) {
        List<StoredColumn> columns = new ArrayList<>();
        String index = index(indexNames);
        StoredColumn names = column(index, true);
        for (Dimension dimension : array.schema().dimensions()) {
            add(dimension.name(), index, columns);
        }
        for (Attribute attribute : array.schema().attributes()) {
            add(attribute.name(), index, columns);
        }
        return new FrameRows(array.folder().path(), named, List.of()).indexed(names, columns);
    }

    private void add(String name, String index, List<StoredColumn> columns) {
        if (!name.equals(index) && !name.equals(RowOrdering.JOIN_ID)) {
            columns.add(column(name, false));
        }
    }

    private String index(List<String> names) {
        for (String name : names) {
            if (attribute(name).filter(SomaFrame::isText).isPresent()) {
                return name;
            }
        }
        return array.schema().dimensions().stream()
                .map(Dimension::name)
                .filter(name -> attribute(name).filter(SomaFrame::isText).isPresent())
                .findFirst()
                .orElse(RowOrdering.JOIN_ID);
    }

    private static boolean isText(Attribute attribute) {
        return attribute.ofAnyLength() && attribute.type().isText();
    }

    /// An attribute, or a dimension as if it were one.
    private Optional<Attribute> attribute(String name) {
        return array.schema().attribute(name).or(() -> array.schema().dimensions().stream()
                .filter(dimension -> dimension.name().equals(name))
                .findFirst()
                .map(dimension -> new Attribute(
                        name,
                        dimension.type(),
                        dimension.ofAnyLength() ? Attribute.ANY_LENGTH : 1,
                        dimension.filters(),
                        new byte[0],
                        false,
                        true,
                        "")));
    }

    private StoredColumn column(String name, boolean index) {
        String path = named + "/" + name;
        try {
            return readable(attribute(name).orElseThrow(), path, index);
        } catch (InputRefused refusal) {
            StoredColumn other = ColumnKinds.other(name, path, "a column that cannot be read", index);
            return new StoredColumn.Unusable(
                    other.info(), Obstacle.listed(array.folder().path(), "input.column.unreadable", path, refusal));
        }
    }

    private StoredColumn readable(Attribute attribute, String path, boolean index) {
        String name = attribute.name();
        if (!attribute.isPlain()) {
            return ColumnKinds.other(name, path, inWords(attribute), index);
        }
        FrameColumn values = FrameColumn.values(array, path, order, attribute);
        if (!attribute.enumeration().isEmpty() && attribute.type().element() instanceof ElementType.Whole) {
            Enumeration labels = array.enumeration(attribute);
            return ColumnKinds.coded(
                    name,
                    new ColumnValues.OfArray(values.codes(labels.count())),
                    new ColumnValues.OfArray(new HeldValues(path, labels)),
                    labels.ordered(),
                    index);
        }
        ColumnValues plain = new ColumnValues.OfArray(values);
        return values.mayMiss()
                ? ColumnKinds.masked(name, plain, Optional.of(new ColumnValues.OfArray(values.mask())), index)
                : ColumnKinds.plain(name, plain, index);
    }

    private static String inWords(Attribute attribute) {
        String type = attribute.type().element().name();
        return attribute.ofAnyLength()
                ? "lists of " + type
                : attribute.valuesPerCell() == 1 ? type : "%d values of %s".formatted(attribute.valuesPerCell(), type);
    }
}
