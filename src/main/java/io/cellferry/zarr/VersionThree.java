package io.cellferry.zarr;

import io.cellferry.codec.Decoder;
import io.cellferry.codec.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Reads the array kind of `zarr.json`.
final class VersionThree {

    private VersionThree() {}

    static StoredArray array(JsonNode json) {
        List<Long> shape = ArrayDocuments.shape(json.path("shape"));
        List<String> unread = new ArrayList<>();
        boolean regular = json.path("chunk_grid").path("name").asString("").equals("regular");
        if (!regular) {
            unread.add("chunk grid " + json.path("chunk_grid").path("name").asString(""));
        }
        JsonNode fileShape = json.path("chunk_grid").path("configuration").path("chunk_shape");
        Chain chain = new Chain(unread);
        JsonNode codecs = json.path("codecs");
        Optional<StoredArray.ShardIndex> shards = Optional.empty();
        JsonNode chunkShape = fileShape;
        if (codecs.size() == 1 && codecs.path(0).path("name").asString("").equals("sharding_indexed")) {
            JsonNode sharding = codecs.path(0).path("configuration");
            shards = Optional.of(index(sharding, unread));
            chunkShape = sharding.path("chunk_shape");
            codecs = sharding.path("codecs");
        }
        chain.add(codecs);
        ElementKind kind = kind(json.path("data_type"), chain);
        if (kind instanceof ElementKind.Other other) {
            unread.add("type " + other.name());
        }
        List<Integer> chunk = ArrayDocuments.chunk(chunkShape, shape.size(), kind.bytes());
        List<Integer> file = shards.isPresent() ? extents(fileShape, shape.size()) : chunk;
        for (int dimension = 0; dimension < chunk.size(); dimension++) {
            if (file.get(dimension) % chunk.get(dimension) != 0) {
                throw new Malformed("a shard of %s does not consist of whole chunks of %s".formatted(file, chunk));
            }
        }
        JsonNode keys = json.path("chunk_key_encoding");
        boolean asTwo = keys.path("name").asString("default").equals("v2");
        return new StoredArray(
                ZarrVersion.THREE,
                kind,
                shape,
                file,
                chunk,
                chain.transposed,
                asTwo ? "" : "c",
                keys.path("configuration").path("separator").asString(asTwo ? "." : "/"),
                chain.decoders,
                shards,
                FillBytes.of(kind, json.path("fill_value")),
                (shards.isPresent() ? "shards, " : "") + String.join(" + ", chain.names),
                unread.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", unread)));
    }

    private static List<Integer> extents(JsonNode fileShape, int dimensions) {
        // One byte an element: a shard is never decoded whole.
        List<Integer> file = new ArrayList<>();
        for (JsonNode extent : fileShape) {
            if (!extent.canConvertToInt() || extent.asInt() < 1) {
                throw new Malformed("its shard shape is %s".formatted(fileShape));
            }
            file.add(extent.asInt());
        }
        if (file.size() != dimensions) {
            throw new Malformed("its shard shape is %s for %d dimensions".formatted(fileShape, dimensions));
        }
        return file;
    }

    private static StoredArray.ShardIndex index(JsonNode sharding, List<String> unread) {
        boolean checksummed = false;
        for (JsonNode codec : sharding.path("index_codecs")) {
            switch (codec.path("name").asString("")) {
                case "bytes" -> {
                    if (codec.path("configuration")
                            .path("endian")
                            .asString("little")
                            .equals("big")) {
                        unread.add("big-endian shard indexes");
                    }
                }
                case "crc32c" -> checksummed = true;
                default -> unread.add("shard indexes in " + codec.path("name").asString(""));
            }
        }
        return new StoredArray.ShardIndex(
                sharding.path("index_location").asString("end").equals("end"), checksummed);
    }

    private static ElementKind kind(JsonNode type, Chain chain) {
        String word = type.isObject() ? type.path("name").asString("") : type.asString("");
        if (word.equals("string") || chain.texts) {
            return chain.texts ? new ElementKind.Text() : new ElementKind.Other("texts that are not vlen-utf8", 0);
        }
        if (word.equals("fixed_length_utf32")) {
            int bytes = type.path("configuration").path("length_bytes").asInt(0);
            return new ElementKind.WideText(bytes / Integer.BYTES, chain.bigEndian);
        }
        if (word.equals("null_terminated_bytes")) {
            return new ElementKind.ByteText(
                    type.path("configuration").path("length_bytes").asInt(0));
        }
        if (word.equals("struct") || word.equals("structured")) {
            return row(type.path("configuration").path("fields"), chain);
        }
        for (ZarrType candidate : ZarrType.values()) {
            if (candidate.word().equals(word)) {
                return new ElementKind.Number(candidate, chain.bigEndian);
            }
        }
        return new ElementKind.Other(word.isEmpty() ? type.toString() : word, 1);
    }

    /// Fields are objects with a name and a type, or pairs of both as an early draft had it.
    private static ElementKind row(JsonNode fields, Chain chain) {
        List<ElementKind.Field> found = new ArrayList<>();
        int offset = 0;
        for (JsonNode field : fields) {
            JsonNode name = field.isArray() ? field.path(0) : field.path("name");
            ElementKind kind = kind(field.isArray() ? field.path(1) : field.path("data_type"), chain);
            if (kind instanceof ElementKind.Other || chain.bigEndian) {
                return new ElementKind.Other("rows with a field of " + field, 1);
            }
            found.add(new ElementKind.Field(name.asString(""), offset, kind, List.of()));
            offset = Math.addExact(offset, kind.bytes());
        }
        return found.isEmpty() ? new ElementKind.Other("rows without fields", 1) : new ElementKind.Row(found);
    }

    /// What a list of codecs comes to: turned axes, byte order, and what undoes the compression, last codec first.
    private static final class Chain {
        private final List<String> unread;
        private final List<Supplier<Decoder>> decoders = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private boolean transposed;
        private boolean bigEndian;
        private boolean texts;

        Chain(List<String> unread) {
            this.unread = unread;
        }

        void add(JsonNode codecs) {
            for (JsonNode codec : codecs) {
                String name = codec.path("name").asString("");
                JsonNode configuration = codec.path("configuration");
                switch (name) {
                    case "bytes" ->
                        bigEndian =
                                configuration.path("endian").asString("little").equals("big");
                    case "vlen-utf8" -> texts = true;
                    case "transpose" -> transpose(configuration.path("order"));
                    default -> {
                        names.add(name);
                        Decoders.named(name, configuration)
                                .ifPresentOrElse(decoders::addFirst, () -> unread.add("codec " + name));
                    }
                }
            }
        }

        private void transpose(JsonNode order) {
            int last = order.size() - 1;
            boolean reversed = true;
            boolean same = true;
            for (int dimension = 0; dimension <= last; dimension++) {
                reversed &= order.path(dimension).asInt(-1) == last - dimension;
                same &= order.path(dimension).asInt(-1) == dimension;
            }
            if (reversed && last > 0) {
                transposed = true;
            } else if (!same) {
                unread.add("axes turned to " + order);
            }
        }
    }
}
