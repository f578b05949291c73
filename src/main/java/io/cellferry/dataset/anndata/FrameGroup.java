package io.cellferry.dataset.anndata;

import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.columns.FrameRows;
import io.cellferry.dataset.columns.StoredColumn;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A data frame stored as a group of columns, as anndata writes it since 0.7: attribute `_index` names the member that
/// names the rows (it may be an ordinary column), `column-order` lists the columns. A column name with a slash is the
/// path of a member of a nested group.
final class FrameGroup {

    static final String CATEGORIES = "__categories";

    private final Path file;
    private final String path;
    private final TreeGroup group;

    FrameGroup(Path file, String path, TreeGroup group) {
        this.file = file;
        this.path = path;
        this.group = group;
    }

    Frame read() {
        List<Problem> problems = new ArrayList<>();
        Encoding.unfamiliar(group).ifPresent(problems::add);
        Optional<String> indexName = group.attributes().text("_index");
        List<String> names = columnNames(indexName, problems);
        ColumnMember members = new ColumnMember(file, group, problems);
        List<StoredColumn> others = new ArrayList<>();
        for (String name : names) {
            if (indexName.filter(name::equals).isEmpty()) {
                others.add(members.read(name, false));
            }
        }
        if (indexName.isPresent()) {
            StoredColumn index = members.read(indexName.get(), true);
            return new FrameRows(file, path, problems).indexed(index, others);
        }
        problems.add(FrameRows.noIndex(path, group.path(), "the attribute _index is missing"));
        return new FrameRows(file, path, problems).withoutIndex(others);
    }

    private List<String> columnNames(Optional<String> indexName, List<Problem> problems) {
        Optional<List<String>> order = group.attributes().texts("column-order");
        if (order.isPresent()) {
            return order.get();
        }
        problems.add(Problem.note(
                "input.%s.order".formatted(path.replace('/', '.')),
                group.path(),
                "the attribute column-order is missing; every member counts as a column, in the order of the file",
                "Nothing to do, unless a column is missing or too much."));
        return group.childNames().stream()
                .filter(name -> !name.equals(CATEGORIES)
                        && indexName.filter(name::equals).isEmpty())
                .toList();
    }
}
