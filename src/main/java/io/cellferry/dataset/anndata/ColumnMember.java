package io.cellferry.dataset.anndata;

import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.columns.ColumnKinds;
import io.cellferry.dataset.columns.ColumnValues;
import io.cellferry.dataset.columns.StoredColumn;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Recognises the columns of a data frame group by what their members are, so that files without encodings and files
/// of writers who forgot some are read alike.
final class ColumnMember {

    private final Path file;
    private final TreeGroup frame;
    private final List<Problem> problems;

    /// What is worth saying about a column without keeping it from being read is added to `problems`.
    ColumnMember(Path file, TreeGroup frame, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
        this.frame = frame;
    }

    StoredColumn read(String name, boolean index) {
        try {
            TreeNode member = frame.find(name).orElse(null);
            if (member != null) {
                Encoding.unfamiliar(member).ifPresent(problems::add);
            }
            return switch (member) {
                case null -> missing(name, index);
                case TreeArray array -> array(name, array, index);
                case TreeGroup group -> group(name, group, index);
            };
        } catch (InputRefused refusal) {
            return unusable(
                    name,
                    "unreadable",
                    Obstacle.listed(file, "input.column.unreadable", frame.path() + "/" + name, refusal),
                    index);
        }
    }

    private StoredColumn array(String name, TreeArray array, boolean index) {
        Optional<Problem> unreadable = array.unreadable();
        if (unreadable.isPresent()) {
            return unusable(name, array.typeName(), unreadable.get(), index);
        }
        ColumnValues values = new ColumnValues.OfArray(array);
        Optional<TreeArray> labels = referredCategories(name, array);
        return labels.isPresent()
                ? ColumnKinds.coded(name, values, new ColumnValues.OfArray(labels.get()), ordered(labels.get()), index)
                : ColumnKinds.plain(name, values, index);
    }

    /// 0.7: codes whose attribute `categories` refers to `__categories/NAME`, where `ordered` is kept too. The member
    /// of that name is taken when the reference leads nowhere.
    private Optional<TreeArray> referredCategories(String name, TreeArray codes) {
        if (!codes.attributes().names().contains("categories")) {
            return Optional.empty();
        }
        return referred(codes)
                .or(() -> codes.attributes().text("categories").flatMap(frame::find))
                .or(() -> frame.find("__categories/" + name))
                .filter(TreeArray.class::isInstance)
                .map(TreeArray.class::cast);
    }

    private static Optional<TreeNode> referred(TreeArray codes) {
        try {
            return codes.attributes().reference("categories");
        } catch (InputRefused leadsNowhere) {
            // Copying tools leave null references behind; the labels can still be found by name.
            return Optional.empty();
        }
    }

    private StoredColumn group(String name, TreeGroup group, boolean index) {
        Optional<TreeArray> codes = group.array("codes");
        Optional<TreeNode> categories = group.find("categories");
        if (codes.isPresent() && categories.isPresent()) {
            return categorical(name, group, codes.get(), categories.get(), index);
        }
        Optional<TreeArray> values = group.array("values");
        if (values.isPresent()) {
            return ColumnKinds.masked(
                    name,
                    new ColumnValues.OfArray(values.get()),
                    group.array("mask").map(array -> new ColumnValues.OfArray(array)),
                    index);
        }
        return ColumnKinds.other(name, group.path(), Encoding.inWords(group), index);
    }

    private StoredColumn categorical(
            String name, TreeGroup group, TreeArray codes, TreeNode categories, boolean index) {
        // A nullable array of categories is a group of its own; pandas never leaves a category empty, so its mask says
        // nothing.
        Optional<TreeArray> labels =
                switch (categories) {
                    case TreeArray array -> Optional.of(array);
                    case TreeGroup nullable -> nullable.array("values");
                };
        return labels.isPresent()
                ? ColumnKinds.coded(
                        name,
                        new ColumnValues.OfArray(codes),
                        new ColumnValues.OfArray(labels.get()),
                        ordered(group),
                        index)
                : ColumnKinds.other(
                        name, group.path(), "category with labels of " + Encoding.inWords(categories), index);
    }

    private static boolean ordered(TreeNode node) {
        return node.attributes().flag("ordered").orElse(false);
    }

    private StoredColumn missing(String name, boolean index) {
        return unusable(
                name,
                "missing",
                Problem.refusal(
                        "input.column.missing",
                        frame.path() + "/" + name,
                        "is named by the attributes of %s but is not there".formatted(frame.path()),
                        "Leave the column out, or write the file again from its source."),
                index);
    }

    private static StoredColumn unusable(String name, String storedType, Problem why, boolean index) {
        return new StoredColumn.Unusable(new ColumnInfo(name, ColumnInfo.Kind.OTHER, storedType, index), why);
    }
}
