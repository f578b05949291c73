package io.cellferry.genemajor;

import io.cellferry.zarr.Hierarchy;
import java.util.List;
import java.util.Map;

/// The metadata of the whole store: carried nodes and the matrix.
public final class StoreMetadata {

    private StoreMetadata() {}

    public static Hierarchy of(List<StoreNode> nodes, MatrixLayout matrix, long storedValues) {
        Hierarchy store = new Hierarchy(matrix.version());
        for (StoreNode node : nodes) {
            switch (node) {
                case StoreNode.Group group -> store.group(group.path(), group.attributes());
                case StoreNode.Array array -> store.array(array.path(), array.layout(), array.attributes());
            }
        }
        store.group(matrix.path(), matrix.attributes());
        store.array(matrix.path() + "/data", matrix.data(storedValues), Map.of());
        store.array(matrix.path() + "/indices", matrix.indices(storedValues), Map.of());
        store.array(matrix.path() + "/indptr", matrix.indptr(storedValues), Map.of());
        return store;
    }
}
