package io.cellferry.zarr;

import io.cellferry.codec.Malformed;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads how the chunks of an array of version 3 lie in shards.
final class Shards {

    /// Where a chunk begins and how long it is.
    static final int INDEX_ENTRY_BYTES = 2 * Long.BYTES;

    /// An index is held whole: 64 MiB for four million chunks.
    private static final long MOST_CHUNKS = (64 << 20) / INDEX_ENTRY_BYTES;

    private Shards() {}

    static StoredArray.ShardIndex index(JsonNode sharding, List<String> unread) {
        List<String> names = new ArrayList<>();
        for (JsonNode codec : sharding.path("index_codecs")) {
            String name = CodecChain.name(codec);
            boolean big = codec.path("configuration")
                    .path("endian")
                    .asString("little")
                    .equals("big");
            names.add(big ? "big-endian " + name : name);
        }
        boolean checksummed = names.equals(List.of("bytes", "crc32c"));
        if (!checksummed && !names.equals(List.of("bytes"))) {
            unread.add("shard indexes in " + (names.isEmpty() ? "no codec" : String.join(" + ", names)));
        }
        String location = sharding.path("index_location").asString("end");
        if (!location.equals("end") && !location.equals("start")) {
            throw new Malformed("the index of its shards is at the %s instead of start or end"
                    .formatted(Shown.of(sharding.path("index_location"))));
        }
        return new StoredArray.ShardIndex(location.equals("end"), checksummed);
    }

    /// The extent of a shard: whole chunks in every dimension.
    static List<Integer> file(JsonNode fileShape, List<Integer> chunk) {
        if (!fileShape.isArray() || fileShape.size() != chunk.size()) {
            throw new Malformed("its shard shape is %s for %d dimensions".formatted(Shown.of(fileShape), chunk.size()));
        }
        List<Integer> file = new ArrayList<>();
        long chunks = 1;
        for (JsonNode extent : fileShape) {
            if (!extent.isIntegralNumber() || !extent.canConvertToInt() || extent.asInt() < 1) {
                throw new Malformed("its shard shape is %s".formatted(Shown.of(fileShape)));
            }
            int across = extent.asInt() / chunk.get(file.size());
            if (across * chunk.get(file.size()) != extent.asInt()) {
                throw new Malformed(
                        "a shard of %s does not consist of whole chunks of %s".formatted(Shown.of(fileShape), chunk));
            }
            file.add(extent.asInt());
            // Both factors are below 2^31.
            chunks = Math.min(chunks * across, MOST_CHUNKS + 1);
        }
        if (chunks > MOST_CHUNKS) {
            throw new Malformed("a shard of %s has more chunks of %s than the %,d that are read"
                    .formatted(Shown.of(fileShape), chunk, MOST_CHUNKS));
        }
        return file;
    }
}
