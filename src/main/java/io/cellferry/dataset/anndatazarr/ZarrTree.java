package io.cellferry.dataset.anndatazarr;

import io.cellferry.dataset.tree.OpenStore;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.InputRefused;
import io.cellferry.zarr.ZarrHierarchy;
import io.cellferry.zarr.ZarrNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An open Zarr hierarchy as a tree.
final class ZarrTree implements OpenStore {

    private static final int MOST_LEVELS = 64;

    private final ZarrHierarchy hierarchy;
    private final TreeGroup root;

    ZarrTree(ZarrHierarchy hierarchy) {
        this.hierarchy = hierarchy;
        this.root = hierarchy
                .node("")
                .filter(ZarrNode.Group.class::isInstance)
                .map(node -> new ZarrTreeGroup(this, (ZarrNode.Group) node))
                .orElseThrow(() -> new IllegalArgumentException("the root is no group"));
    }

    @Override
    public Path path() {
        return hierarchy.store().path();
    }

    @Override
    public String format() {
        return "Zarr v%d".formatted(hierarchy.version().number());
    }

    @Override
    public TreeGroup root() {
        return root;
    }

    ZarrHierarchy hierarchy() {
        return hierarchy;
    }

    /// What `relativePath` leads to from the group at `from`. Nothing is called `..`, and no name leads up.
    Optional<TreeNode> find(String from, String relativePath) {
        List<String> names = new ArrayList<>();
        String all = relativePath.startsWith("/") ? relativePath : from + "/" + relativePath;
        for (String name : all.split("/")) {
            if (name.equals("..")) {
                return Optional.empty();
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        if (names.size() > MOST_LEVELS) {
            throw new InputRefused("%s: %s lies more than 64 levels deep.".formatted(path(), all), "Move it up.");
        }
        return hierarchy.node(String.join("/", names)).map(node -> switch (node) {
            case ZarrNode.Group group -> new ZarrTreeGroup(this, group);
            case ZarrNode.Array array -> new ZarrTreeArray(this, array);
        });
    }

    @Override
    public void close() {
        hierarchy.close();
    }
}
