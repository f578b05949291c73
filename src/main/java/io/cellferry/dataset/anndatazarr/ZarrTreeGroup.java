package io.cellferry.dataset.anndatazarr;

import io.cellferry.dataset.tree.Attributes;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.zarr.ZarrNode;
import java.util.List;
import java.util.Optional;

/// A group of a Zarr hierarchy.
record ZarrTreeGroup(ZarrTree tree, ZarrNode.Group node) implements TreeGroup {

    @Override
    public String path() {
        return "/" + node.path();
    }

    @Override
    public Attributes attributes() {
        return new ZarrAttributes(node.attributes());
    }

    @Override
    public List<String> childNames() {
        return tree.hierarchy().children(node.path());
    }

    @Override
    public Object identity() {
        return tree.hierarchy().store().identity(node.path());
    }

    @Override
    public boolean has(String name) {
        return childNames().contains(name);
    }

    @Override
    public List<String> strays() {
        return tree.hierarchy().strays(node.path());
    }

    @Override
    public Optional<TreeNode> find(String relativePath) {
        return tree.find(node.path(), relativePath);
    }
}
