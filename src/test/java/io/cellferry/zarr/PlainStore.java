package io.cellferry.zarr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A store in a folder whose metadata say whatever a test wants them to say. Its chunks are not compressed.
final class PlainStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String TWO = """
            {"zarr_format": 2, "shape": [6], "chunks": [6], "dtype": "<i4", "compressor": null, "fill_value": 0,
             "order": "C", "filters": null}""";

    private static final String THREE = """
            {"zarr_format": 3, "node_type": "array", "shape": [6], "data_type": "int32", "attributes": {},
             "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [6]}},
             "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}}, "fill_value": 0,
             "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}]}""";

    private final Path root;
    private final ZarrVersion version;

    PlainStore(Path root, ZarrVersion version) {
        this.root = root;
        this.version = version;
        write(
                version == ZarrVersion.TWO ? ".zgroup" : "zarr.json",
                version == ZarrVersion.TWO ? "{\"zarr_format\": 2}" : "{\"zarr_format\": 3, \"node_type\": \"group\"}");
    }

    /// Six numbers in one chunk, but for `changes`: members of the metadata as JSON, removed where there is nothing.
    PlainStore array(String name, Map<String, String> changes) {
        boolean two = version == ZarrVersion.TWO;
        ObjectNode document = (ObjectNode) JSON.readTree(two ? TWO : THREE);
        new TreeMap<>(changes).forEach((member, value) -> {
            if (value.isEmpty()) {
                document.remove(member);
            } else {
                document.set(member, JSON.readTree(value));
            }
        });
        write(name + (two ? "/.zarray" : "/zarr.json"), document.toString());
        return this;
    }

    PlainStore write(String key, String text) {
        return write(key, text.getBytes(StandardCharsets.UTF_8));
    }

    PlainStore write(String key, byte[] bytes) {
        try {
            Path file = root.resolve(key);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ZarrHierarchy open() {
        return ZarrHierarchy.open(ZarrStore.open(root).orElseThrow()).orElseThrow();
    }

    ZarrNode.Array node(String name) {
        try (ZarrHierarchy hierarchy = open()) {
            return (ZarrNode.Array) hierarchy.node(name).orElseThrow();
        }
    }

    /// The decoded chunk at `place`.
    byte[] chunk(String name, long... place) {
        try (ZarrHierarchy hierarchy = open()) {
            ZarrNode.Array node = (ZarrNode.Array) hierarchy.node(name).orElseThrow();
            byte[] bytes = new byte[node.array().chunkBytes()];
            try (ChunkReader reader = new ChunkReader(hierarchy.store(), node)) {
                reader.read(place, bytes);
            }
            return bytes;
        }
    }

    List<String> texts(String name, long... place) {
        try (ZarrHierarchy hierarchy = open()) {
            ZarrNode.Array node = (ZarrNode.Array) hierarchy.node(name).orElseThrow();
            try (ChunkReader reader = new ChunkReader(hierarchy.store(), node)) {
                return reader.texts(place);
            }
        }
    }

    JsonNode attributes(String name) {
        try (ZarrHierarchy hierarchy = open()) {
            return hierarchy.node(name).orElseThrow().attributes();
        }
    }

    static byte[] numbers(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(numbers);
        return bytes.array();
    }

    /// As the codec vlen-utf8 writes them.
    static byte[] textChunk(String... texts) {
        byte[][] utf8 = new byte[texts.length][];
        int count = Integer.BYTES;
        for (int text = 0; text < texts.length; text++) {
            utf8[text] = texts[text].getBytes(StandardCharsets.UTF_8);
            count += Integer.BYTES + utf8[text].length;
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN).putInt(texts.length);
        for (byte[] text : utf8) {
            bytes.putInt(text.length).put(text);
        }
        return bytes.array();
    }
}
