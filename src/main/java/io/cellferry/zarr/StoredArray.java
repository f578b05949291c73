package io.cellferry.zarr;

import io.cellferry.codec.Decoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// An array as its metadata describes it.
///
/// `file` is the extent of what one file holds, `chunk` that of what is decoded at once: smaller in shards only.
/// `prefix` and `separator` make names of files; `decoders` undo the compression of a chunk in order. `fill` stands for
/// what is missing: the bytes of an element as decoded chunks hold them, maybe without zeros at the end, or a text in
/// UTF-8. `unreadable` says what of it is not read here.
public record StoredArray(
        ZarrVersion version,
        ElementKind kind,
        List<Long> shape,
        List<Integer> file,
        List<Integer> chunk,
        boolean columnsFirst,
        String prefix,
        String separator,
        List<Supplier<Decoder>> decoders,
        Optional<ShardIndex> shards,
        byte[] fill,
        String compression,
        Optional<String> unreadable) {

    public StoredArray {
        shape = List.copyOf(shape);
        file = List.copyOf(file);
        chunk = List.copyOf(chunk);
        decoders = List.copyOf(decoders);
    }

    public long count() {
        long count = 1;
        for (long extent : shape) {
            count = Math.multiplyExact(count, extent);
        }
        return count;
    }

    public int chunkElements() {
        return chunk.stream().reduce(1, (a, b) -> a * b);
    }

    /// Bytes of a decoded chunk; 0 for texts.
    public int chunkBytes() {
        return Math.multiplyExact(chunkElements(), kind.bytes());
    }

    /// What stands for a missing text.
    public String fillText() {
        return new String(fill, StandardCharsets.UTF_8);
    }

    /// The name, below the array, of the file at `place`.
    String fileName(long[] place) {
        StringBuilder name = new StringBuilder(prefix);
        for (int dimension = 0; dimension < place.length; dimension++) {
            if (dimension > 0) {
                name.append(separator);
            } else if (!prefix.isEmpty()) {
                name.append(separator);
            }
            name.append(place[dimension]);
        }
        return place.length == 0 && prefix.isEmpty() ? "0" : name.toString();
    }

    /// How the index of a shard is stored.
    record ShardIndex(boolean atEnd, boolean checksummed) {}
}
