package io.cellferry.dataset.tenx;

import io.cellferry.dataset.hdf5.Hdf5Group;
import io.cellferry.dataset.hdf5.Hdf5Node;
import io.cellferry.failure.InputRefused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The groups of the root that are matrices of Cell Ranger 1 and 2, one a genome.
final class GenomeGroups {

    private static final List<String> MEMBERS = List.of("data", "indices", "indptr", "genes");

    private GenomeGroups() {}

    static List<Hdf5Group> of(Hdf5Group root) {
        List<Hdf5Group> genomes = new ArrayList<>();
        for (String name : root.childNames()) {
            if (readable(root, name) instanceof Hdf5Group group
                    && group.childNames().containsAll(MEMBERS)) {
                genomes.add(group);
            }
        }
        return genomes;
    }

    /// Looking for genomes must not stumble over a member that has nothing to do with them.
    private static @Nullable Hdf5Node readable(Hdf5Group root, String name) {
        try {
            return root.find(name).orElse(null);
        } catch (InputRefused unreadable) {
            return null;
        }
    }
}
