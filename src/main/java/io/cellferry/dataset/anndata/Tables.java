package io.cellferry.dataset.anndata;

import io.cellferry.dataset.Shapes;
import io.cellferry.dataset.TableInfo;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.dataset.matrices.SlowReading;
import io.cellferry.dataset.parts.StoredTable;
import io.cellferry.dataset.parts.TableRows;
import io.cellferry.dataset.tree.ArrayField;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the tables of `obsm`: members of a group, or fields of one compound table (before 0.6.22).
final class Tables {

    private final Path file;
    private final OptionalLong cells;

    Tables(Path file, OptionalLong cells) {
        this.file = file;
        this.cells = cells;
    }

    List<StoredTable> find(TreeGroup root) {
        try {
            TreeNode obsm = root.find("obsm").orElse(null);
            return switch (obsm) {
                case null -> List.of();
                case TreeGroup group -> members(group);
                case TreeArray table -> table.fields().isEmpty() ? noTables(table) : fields(table);
            };
        } catch (InputRefused refusal) {
            return List.of(unreadable("obsm", refusal));
        }
    }

    private static List<StoredTable> noTables(TreeArray obsm) {
        return List.of(otherKind("obsm", 0, 0, obsm.typeName(), obsm.path()));
    }

    private List<StoredTable> members(TreeGroup obsm) {
        List<StoredTable> tables = new ArrayList<>();
        for (String name : obsm.childNames()) {
            String path = "obsm/" + name;
            try {
                obsm.find(name).map(node -> member(path, node)).ifPresent(tables::add);
            } catch (InputRefused refusal) {
                tables.add(unreadable(path, refusal));
            }
        }
        return tables;
    }

    private StoredTable member(String path, TreeNode node) {
        return switch (node) {
            case TreeArray array -> array(path, array);
            case TreeGroup group -> {
                long[] shape = Matrices.shape(group).filter(s -> s.length == 2).orElseGet(() -> frameShape(group));
                yield otherKind(path, shape[0], shape[1], Encoding.inWords(group), group.path());
            }
        };
    }

    /// A data frame has as many columns as it lists; its rows are left uncounted.
    private static long[] frameShape(TreeGroup group) {
        return new long[] {
            0, group.attributes().texts("column-order").map(List::size).orElse(0)
        };
    }

    private StoredTable array(String path, TreeArray array) {
        long[] shape = array.shape();
        if (!isNumber(array.type()) || shape.length < 1 || shape.length > 2) {
            String kind = shape.length == 1 || shape.length == 2
                    ? array.typeName()
                    : "%s of %s".formatted(array.typeName(), Shapes.inWords(shape));
            long rows = shape.length == 0 ? 0 : shape[0];
            return otherKind(path, rows, shape.length < 2 ? 1 : shape[1], kind, array.path());
        }
        long columns = shape.length == 1 ? 1 : shape[1];
        TableRows stored = new TableRows(
                array.valueType(), (int) Math.min(columns, Integer.MAX_VALUE), array.cursorBytes(), array::cursor);
        return checked(path, shape[0], columns, array.typeName(), array, stored);
    }

    private List<StoredTable> fields(TreeArray table) {
        List<StoredTable> tables = new ArrayList<>();
        long rows = table.shape().length == 1 ? table.shape()[0] : 0;
        for (ArrayField field : table.fields()) {
            String path = "obsm/" + field.name();
            ElementType element = field.type() instanceof ElementType.SubArray inner ? inner.element() : field.type();
            if (isNumber(element)) {
                TableRows stored =
                        new TableRows(field.valueType().orElseThrow(), 1, table.cursorBytes(), field::cursor);
                tables.add(checked(path, rows, field.valuesPerElement(), element.name(), table, stored));
            } else {
                tables.add(otherKind(path, rows, field.valuesPerElement(), field.typeName(), table.path()));
            }
        }
        return tables;
    }

    private static boolean isNumber(ElementType type) {
        return type instanceof ElementType.Whole || type instanceof ElementType.Real;
    }

    private StoredTable checked(
            String path, long rows, long columns, String storedType, TreeArray array, TableRows stored) {
        Optional<Problem> obstacle = array.unreadable().or(() -> shapeProblem(path, rows, columns));
        return obstacle.isPresent()
                ? new StoredTable.Unusable(info(path, rows, columns, storedType, false), obstacle.get())
                : new StoredTable.Readable(
                        info(path, rows, columns, storedType, true), stored, SlowReading.of(path, array));
    }

    private Optional<Problem> shapeProblem(String path, long rows, long columns) {
        boolean tooBig = rows >= Integer.MAX_VALUE || columns >= Integer.MAX_VALUE;
        if (!tooBig && (cells.isEmpty() || cells.getAsLong() == rows)) {
            return Optional.empty();
        }
        return Optional.of(Problem.refusal(
                "input.table.shape",
                path,
                "is a table of %,d x %,d but needs one row for each cell of obs%s"
                        .formatted(
                                rows, columns, cells.isPresent() ? ", which has %,d".formatted(cells.getAsLong()) : ""),
                "Compute the table again for these cells, or leave it out."));
    }

    private static StoredTable otherKind(String path, long rows, long columns, String storedType, String where) {
        return new StoredTable.Unusable(
                info(path, rows, columns, storedType, false),
                Problem.note(
                        "input.table.type",
                        where,
                        "is no dense table of numbers but " + storedType,
                        "Nothing to do, unless it is wanted as an embedding: store it as a numpy array then."));
    }

    private StoredTable unreadable(String path, InputRefused refusal) {
        return new StoredTable.Unusable(
                info(path, 0, 0, "unreadable", false), Obstacle.listed(file, "input.member.unreadable", path, refusal));
    }

    private static TableInfo info(String path, long rows, long columns, String storedType, boolean usable) {
        return new TableInfo(
                path,
                (int) Math.min(rows, Integer.MAX_VALUE),
                (int) Math.min(columns, Integer.MAX_VALUE),
                storedType,
                usable);
    }
}
