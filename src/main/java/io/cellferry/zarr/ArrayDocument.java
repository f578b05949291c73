package io.cellferry.zarr;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a store says about an array.
final class ArrayDocument {

    private ArrayDocument() {}

    /// `.zarray`; attributes have a file of their own.
    static Map<String, Object> versionTwo(ArrayLayout layout) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("chunks", layout.chunk());
        json.put("compressor", layout.compression().versionTwo(layout.level()).orElse(null));
        json.put("dtype", layout.fields().isEmpty() ? layout.type().code() : RowTypes.versionTwo(layout.fields()));
        json.put("fill_value", fillValue(layout));
        json.put("filters", layout.type() == ZarrType.TEXT ? List.of(Map.of("id", "vlen-utf8")) : null);
        json.put("order", "C");
        json.put("shape", layout.shape());
        json.put("zarr_format", 2);
        if (layout.separator() != '.') {
            json.put("dimension_separator", String.valueOf(layout.separator()));
        }
        return json;
    }

    /// `zarr.json`, attributes included.
    static Map<String, Object> versionThree(ArrayLayout layout, Map<String, Object> attributes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("shape", layout.shape());
        json.put(
                "data_type", layout.fields().isEmpty() ? layout.type().word() : RowTypes.versionThree(layout.fields()));
        json.put("chunk_grid", Documents.named("regular", Map.of("chunk_shape", fileShape(layout))));
        json.put("chunk_key_encoding", Documents.named("default", Map.of("separator", "/")));
        json.put("fill_value", fillValue(layout));
        json.put("codecs", codecs(layout));
        json.put("attributes", attributes);
        if (!layout.dimensionNames().isEmpty()) {
            json.put("dimension_names", layout.dimensionNames());
        }
        json.put("zarr_format", 3);
        json.put("node_type", "array");
        json.put("storage_transformers", List.of());
        return json;
    }

    private static Object fillValue(ArrayLayout layout) {
        return layout.fields().isEmpty()
                ? layout.type().fillValue()
                : Base64.getEncoder().encodeToString(new byte[layout.elementBytes()]);
    }

    private static List<Integer> fileShape(ArrayLayout layout) {
        List<Integer> shape = new ArrayList<>();
        for (int dimension = 0; dimension < layout.chunk().size(); dimension++) {
            shape.add(Math.multiplyExact(
                    layout.chunk().get(dimension), layout.shard().get(dimension)));
        }
        return shape;
    }

    private static List<Map<String, Object>> codecs(ArrayLayout layout) {
        List<Map<String, Object>> inner = new ArrayList<>();
        inner.add(
                layout.type() == ZarrType.TEXT ? Documents.named("vlen-utf8", Map.of()) : bytes(layout.elementBytes()));
        layout.compression().versionThree(layout.wordBytes(), layout.level()).ifPresent(inner::add);
        if (!layout.hasShards()) {
            return inner;
        }
        Map<String, Object> sharding = new LinkedHashMap<>();
        sharding.put("chunk_shape", layout.chunk());
        sharding.put("codecs", inner);
        sharding.put("index_codecs", List.of(bytes(Long.BYTES), Documents.named("crc32c", Map.of())));
        sharding.put("index_location", "end");
        return List.of(Documents.named("sharding_indexed", sharding));
    }

    private static Map<String, Object> bytes(int elementBytes) {
        return Documents.named("bytes", elementBytes > 1 ? Map.of("endian", "little") : Map.of());
    }
}
