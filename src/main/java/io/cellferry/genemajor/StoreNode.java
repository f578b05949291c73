package io.cellferry.genemajor;

import io.cellferry.zarr.ArrayLayout;
import java.util.Map;

/// One group or array of the store besides the gene-major matrix, with what AnnData says of it.
public sealed interface StoreNode {

    /// From the root: `obs/cell_type/codes`.
    String path();

    Map<String, Object> attributes();

    record Group(String path, Map<String, Object> attributes) implements StoreNode {}

    record Array(String path, Map<String, Object> attributes, ArrayLayout layout) implements StoreNode {}
}
