package io.cellferry.dataset.tree;

import java.util.List;
import java.util.Optional;

/// The attributes of one node.
///
/// Each question names the kind of answer it wants and is empty both when there is no such attribute and when it is of
/// another kind. An attribute that cannot be read is refused only when asked for.
public interface Attributes {

    /// Names in stored order.
    List<String> names();

    /// All texts; an empty list of any type is an empty list.
    Optional<List<String>> texts(String name);

    /// All integers, or real numbers when none has a fraction.
    Optional<long[]> wholes(String name);

    /// What a single reference to another object leads to; empty in stores that have no references.
    Optional<TreeNode> reference(String name);

    /// A single truth value, or an integer 0 or 1 as some writers store it.
    Optional<Boolean> flag(String name);

    /// A single text, or a list of one.
    default Optional<String> text(String name) {
        return texts(name).filter(texts -> texts.size() == 1).map(List::getFirst);
    }

    /// A single integer, or a list of one; also a real number without fraction.
    default Optional<Long> whole(String name) {
        return wholes(name).filter(wholes -> wholes.length == 1).map(wholes -> wholes[0]);
    }
}
