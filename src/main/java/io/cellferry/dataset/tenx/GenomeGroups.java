package io.cellferry.dataset.tenx;

import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.InputRefused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The groups of the root that are matrices of Cell Ranger 1 and 2, one a genome.
final class GenomeGroups {

    private static final List<String> MEMBERS = List.of("data", "indices", "indptr", "genes");

    private GenomeGroups() {}

    static List<TreeGroup> of(TreeGroup root) {
        List<TreeGroup> genomes = new ArrayList<>();
        for (String name : root.childNames()) {
            if (readable(root, name) instanceof TreeGroup group
                    && group.childNames().containsAll(MEMBERS)) {
                genomes.add(group);
            }
        }
        return genomes;
    }

    /// Looking for genomes must not stumble over a member that has nothing to do with them.
    private static @Nullable TreeNode readable(TreeGroup root, String name) {
        try {
            return root.find(name).orElse(null);
        } catch (InputRefused unreadable) {
            return null;
        }
    }
}
