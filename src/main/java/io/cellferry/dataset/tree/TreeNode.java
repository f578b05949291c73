package io.cellferry.dataset.tree;

/// A group or an array of an open store.
public sealed interface TreeNode permits TreeGroup, TreeArray {

    /// Where it was found, from the root: `/obs/cell_type`. Objects reached by a reference have no path of their own
    /// and say how they were reached.
    String path();

    Attributes attributes();
}
