package io.cellferry.zarr;

import io.cellferry.codec.Malformed;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What both versions of array metadata have in common to be read: extents within bounds.
final class ArrayDocuments {

    /// Decoded chunks beyond this are refused by name: they would have to be held whole.
    static final long MOST_CHUNK_BYTES = 1L << 30;

    /// Texts of fixed length and rows are held one by one now and then.
    private static final int MOST_ELEMENT_BYTES = 64 << 20;

    /// As many as numpy has.
    private static final int MOST_DIMENSIONS = 64;

    private ArrayDocuments() {}

    /// Refuses documents of another version than they are taken for.
    static void checkFormat(JsonNode json, ZarrVersion version) {
        JsonNode found = json.path("zarr_format");
        if (!found.isInt() || found.asInt() != version.number()) {
            throw new Malformed("its zarr_format is %s instead of %d".formatted(Shown.of(found), version.number()));
        }
    }

    /// What stands between the numbers in the name of a chunk. Anything but these two could lead out of the store.
    static String separator(JsonNode separator, String usual) {
        if (separator.isMissingNode() || separator.isNull()) {
            return usual;
        }
        String text = separator.asString("");
        if (!separator.isString() || !(text.equals(".") || text.equals("/"))) {
            throw new Malformed(
                    "the numbers of its chunks are separated by %s instead of . or /".formatted(Shown.of(separator)));
        }
        return text;
    }

    static List<Long> shape(JsonNode extents) {
        List<Long> shape = new ArrayList<>();
        long count = 1;
        if (array(extents, "shape").size() > MOST_DIMENSIONS) {
            throw new Malformed(
                    "its shape has %,d dimensions; read are up to %d".formatted(extents.size(), MOST_DIMENSIONS));
        }
        for (JsonNode extent : extents) {
            if (!extent.isIntegralNumber() || !extent.canConvertToLong() || extent.asLong() < 0) {
                throw new Malformed("its shape is %s".formatted(Shown.of(extents)));
            }
            shape.add(extent.asLong());
            try {
                count = Math.multiplyExact(count, Math.max(1, extent.asLong()));
            } catch (ArithmeticException e) {
                throw new Malformed(
                        "its shape is %s, more elements than can be counted".formatted(Shown.of(extents)), e);
            }
        }
        return shape;
    }

    static List<Integer> chunk(JsonNode extents, int dimensions, int elementBytes) {
        if (elementBytes > MOST_ELEMENT_BYTES) {
            throw new Malformed("each of its elements has %,d bytes; read are up to %,d"
                    .formatted(elementBytes, MOST_ELEMENT_BYTES));
        }
        List<Integer> chunk = new ArrayList<>();
        long bytes = Math.max(1, elementBytes);
        for (JsonNode extent : array(extents, "chunk shape")) {
            boolean sound = extent.isIntegralNumber() && extent.canConvertToInt() && extent.asInt() > 0;
            bytes = sound && bytes <= MOST_CHUNK_BYTES ? bytes * extent.asInt() : bytes;
            if (!sound || bytes > MOST_CHUNK_BYTES) {
                throw new Malformed("its chunk shape is %s; a chunk has one element to %,d bytes"
                        .formatted(Shown.of(extents), MOST_CHUNK_BYTES));
            }
            chunk.add(extent.asInt());
        }
        if (chunk.size() != dimensions) {
            throw new Malformed("its chunk shape is %s for %d dimensions".formatted(Shown.of(extents), dimensions));
        }
        return chunk;
    }

    private static JsonNode array(JsonNode node, String what) {
        if (!node.isArray()) {
            throw new Malformed("its %s is %s".formatted(what, Shown.of(node)));
        }
        return node;
    }
}
