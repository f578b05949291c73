package io.cellferry.zarr;

import io.cellferry.codec.Malformed;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What both versions of array metadata have in common to be read: extents within bounds.
final class ArrayDocuments {

    /// Decoded chunks beyond this are refused by name: they would have to be held whole.
    static final long MOST_CHUNK_BYTES = 1L << 30;

    private ArrayDocuments() {}

    static List<Long> shape(JsonNode extents) {
        List<Long> shape = new ArrayList<>();
        long count = 1;
        for (JsonNode extent : array(extents, "shape")) {
            if (!extent.isIntegralNumber() || !extent.canConvertToLong() || extent.asLong() < 0) {
                throw new Malformed("its shape is %s".formatted(extents));
            }
            shape.add(extent.asLong());
            try {
                count = Math.multiplyExact(count, Math.max(1, extent.asLong()));
            } catch (ArithmeticException e) {
                throw new Malformed("its shape is %s, more elements than can be counted".formatted(extents), e);
            }
        }
        return shape;
    }

    static List<Integer> chunk(JsonNode extents, int dimensions, int elementBytes) {
        List<Integer> chunk = new ArrayList<>();
        long bytes = Math.max(1, elementBytes);
        for (JsonNode extent : array(extents, "chunk shape")) {
            boolean sound = extent.isIntegralNumber() && extent.canConvertToInt() && extent.asInt() > 0;
            bytes = sound && bytes <= MOST_CHUNK_BYTES ? bytes * extent.asInt() : bytes;
            if (!sound || bytes > MOST_CHUNK_BYTES) {
                throw new Malformed("its chunk shape is %s; a chunk has one element to %,d bytes"
                        .formatted(extents, MOST_CHUNK_BYTES));
            }
            chunk.add(extent.asInt());
        }
        if (chunk.size() != dimensions) {
            throw new Malformed("its chunk shape is %s for %d dimensions".formatted(extents, dimensions));
        }
        return chunk;
    }

    private static JsonNode array(JsonNode node, String what) {
        if (!node.isArray()) {
            throw new Malformed("its %s is %s".formatted(what, node.isMissingNode() ? "missing" : node.toString()));
        }
        return node;
    }
}
