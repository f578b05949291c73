package io.cellferry.dataset.tree;

import java.util.List;
import java.util.Optional;

/// A group: names that lead to groups and arrays.
public non-sealed interface TreeGroup extends TreeNode {

    /// Names of all members in alphabetical order, whether or not they can be read.
    List<String> childNames();

    boolean has(String name);

    /// Names of folders below it that hold no member anybody could read; only stores made of folders have any.
    default List<String> strays() {
        return List.of();
    }

    /// The same for two groups when they are the same object under two names.
    default Object identity() {
        return path();
    }

    /// What `relativePath` (`a/b/c`, or from the root with a leading `/`) leads to; empty when there is no such name.
    /// Refused are paths of more than 64 levels and members that cannot be read.
    Optional<TreeNode> find(String relativePath);

    /// The group at `relativePath`; empty when there is nothing or an array.
    default Optional<TreeGroup> group(String relativePath) {
        return find(relativePath).filter(TreeGroup.class::isInstance).map(TreeGroup.class::cast);
    }

    /// The array at `relativePath`; empty when there is nothing or a group.
    default Optional<TreeArray> array(String relativePath) {
        return find(relativePath).filter(TreeArray.class::isInstance).map(TreeArray.class::cast);
    }
}
