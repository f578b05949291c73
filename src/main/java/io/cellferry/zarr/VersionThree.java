package io.cellferry.zarr;

import io.cellferry.codec.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads the array kind of `zarr.json`.
final class VersionThree {

    private static final Set<String> KNOWN = Set.of(
            "zarr_format",
            "node_type",
            "shape",
            "data_type",
            "chunk_grid",
            "chunk_key_encoding",
            "fill_value",
            "codecs",
            "attributes",
            "dimension_names",
            "storage_transformers");

    private VersionThree() {}

    static StoredArray array(JsonNode json) {
        List<Long> shape = ArrayDocuments.shape(json.path("shape"));
        List<String> unread = unread(json);
        JsonNode fileShape = json.path("chunk_grid").path("configuration").path("chunk_shape");
        JsonNode codecs = json.path("codecs");
        Optional<StoredArray.ShardIndex> shards = Optional.empty();
        JsonNode chunkShape = fileShape;
        if (codecs.size() == 1 && CodecChain.name(codecs.path(0)).equals("sharding_indexed")) {
            JsonNode sharding = codecs.path(0).path("configuration");
            shards = Optional.of(Shards.index(sharding, unread));
            chunkShape = sharding.path("chunk_shape");
            codecs = sharding.path("codecs");
        }
        CodecChain chain = new CodecChain(codecs, shape.size(), unread);
        ElementKind kind = kind(json.path("data_type"), chain);
        if (kind instanceof ElementKind.Other other) {
            unread.add("type " + other.name());
        }
        List<Integer> chunk = ArrayDocuments.chunk(chunkShape, shape.size(), kind.bytes());
        List<Integer> file = shards.isPresent() ? Shards.file(fileShape, chunk) : chunk;
        JsonNode keys = json.path("chunk_key_encoding");
        boolean asTwo = CodecChain.name(keys).equals("v2");
        return new StoredArray(
                ZarrVersion.THREE,
                kind,
                shape,
                file,
                chunk,
                chain.transposed(),
                asTwo ? "" : "c",
                ArrayDocuments.separator(keys.path("configuration").path("separator"), asTwo ? "." : "/"),
                chain.decoders(),
                shards,
                FillBytes.of(kind, json.path("fill_value")),
                (shards.isPresent() ? "shards, " : "") + String.join(" + ", chain.names()),
                unread.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", unread)));
    }

    /// What of the array beside its codecs and its type is not read here.
    private static List<String> unread(JsonNode json) {
        List<String> unread = new ArrayList<>();
        if (!CodecChain.name(json.path("chunk_grid")).equals("regular")) {
            unread.add("chunk grid " + named(json.path("chunk_grid")));
        }
        JsonNode keys = json.path("chunk_key_encoding");
        if (!Set.of("default", "v2").contains(CodecChain.name(keys))) {
            unread.add("chunk names " + named(keys));
        }
        for (JsonNode transformer : json.path("storage_transformers")) {
            unread.add("storage transformer " + named(transformer));
        }
        // Writers say of an extension whether readers may pass over it.
        json.forEachEntry((name, extension) -> {
            if (!KNOWN.contains(name) && extension.path("must_understand").asBoolean(true)) {
                unread.add("extension " + name);
            }
        });
        return unread;
    }

    private static String named(JsonNode extension) {
        String name = CodecChain.name(extension);
        return name.isEmpty() ? Shown.of(extension) : name;
    }

    private static ElementKind kind(JsonNode type, CodecChain chain) {
        String word = CodecChain.name(type);
        if (word.equals("string") || chain.texts()) {
            return word.equals("string") && chain.texts()
                    ? new ElementKind.Text()
                    : new ElementKind.Other("texts that are not vlen-utf8", 0);
        }
        if (word.equals("fixed_length_utf32")) {
            int bytes = length(type);
            if (bytes % Integer.BYTES != 0) {
                throw new Malformed("its texts have %,d bytes, which are no UTF-32 characters".formatted(bytes));
            }
            return new ElementKind.WideText(bytes / Integer.BYTES, chain.bigEndian());
        }
        if (word.equals("null_terminated_bytes")) {
            return new ElementKind.ByteText(length(type));
        }
        if (word.equals("struct") || word.equals("structured")) {
            return row(type.path("configuration").path("fields"), chain);
        }
        for (ZarrType candidate : ZarrType.values()) {
            if (candidate.word().equals(word)) {
                return new ElementKind.Number(candidate, chain.bigEndian());
            }
        }
        return new ElementKind.Other(word.isEmpty() ? Shown.of(type) : word, 1);
    }

    private static int length(JsonNode type) {
        JsonNode bytes = type.path("configuration").path("length_bytes");
        if (!bytes.isIntegralNumber() || !bytes.canConvertToInt() || bytes.asInt() < 0) {
            throw new Malformed("the length of its texts is %s".formatted(Shown.of(bytes)));
        }
        return bytes.asInt();
    }

    /// Fields are objects with a name and a type, or pairs of both as an early draft had it.
    private static ElementKind row(JsonNode fields, CodecChain chain) {
        List<ElementKind.Field> found = new ArrayList<>();
        int offset = 0;
        for (JsonNode field : fields) {
            JsonNode name = field.isArray() ? field.path(0) : field.path("name");
            ElementKind kind = kind(field.isArray() ? field.path(1) : field.path("data_type"), chain);
            if (kind instanceof ElementKind.Other || chain.bigEndian()) {
                return new ElementKind.Other("rows with a field of " + Shown.of(field), 1);
            }
            found.add(new ElementKind.Field(name.asString(""), offset, kind, List.of()));
            offset = Math.addExact(offset, kind.bytes());
        }
        return found.isEmpty() ? new ElementKind.Other("rows without fields", 1) : new ElementKind.Row(found);
    }
}
