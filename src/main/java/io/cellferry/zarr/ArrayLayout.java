package io.cellferry.zarr;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How one array is cut into chunks and files, which decides its metadata and the bytes of every file.
///
/// A file holds one chunk, or in version 3 a whole shard of them: `shard` says how many chunks lie in a file in each
/// dimension, all ones without sharding. `fields` are those of rows, none where elements are single values. `level`
/// is that of [Compression#encoder]. `separator` stands between the numbers of a chunk's name in version 2.
public record ArrayLayout(
        ZarrVersion version,
        ZarrType type,
        List<Long> shape,
        List<Integer> chunk,
        List<Integer> shard,
        Compression compression,
        int level,
        char separator,
        List<String> dimensionNames,
        List<RowField> fields) {

    /// Blosc shuffles the bytes of words this long at most.
    private static final int LONGEST_WORD = Integer.BYTES;

    public ArrayLayout {
        shape = List.copyOf(shape);
        chunk = List.copyOf(chunk);
        shard = List.copyOf(shard);
        dimensionNames = List.copyOf(dimensionNames);
        fields = List.copyOf(fields);
        if (fields.isEmpty() == (type == ZarrType.ROW)) {
            throw new IllegalArgumentException("an array of %s with %,d fields".formatted(type, fields.size()));
        }
        if (chunk.size() != shape.size()
                || shard.size() != shape.size()
                || !(dimensionNames.isEmpty() || dimensionNames.size() == shape.size())) {
            throw new IllegalArgumentException("shape %s, chunk %s, shard %s, dimensions %s differ in length"
                    .formatted(shape, chunk, shard, dimensionNames));
        }
        if (shape.stream().anyMatch(extent -> extent < 0)
                || chunk.stream().anyMatch(extent -> extent < 1)
                || shard.stream().anyMatch(extent -> extent < 1)) {
            throw new IllegalArgumentException("shape %s, chunk %s, shard %s".formatted(shape, chunk, shard));
        }
        long elements = 1;
        for (int extent : chunk) {
            elements = Math.multiplyExact(elements, extent);
        }
        if (Math.multiplyExact(elements, Math.max(1, bytes(type, fields))) > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("a chunk of %s %s is too large".formatted(chunk, type.word()));
        }
        if (level < 1 || level > 9) {
            throw new IllegalArgumentException("level %d".formatted(level));
        }
        if (version == ZarrVersion.TWO && shard.stream().anyMatch(extent -> extent != 1)) {
            throw new IllegalArgumentException("version 2 has no shards");
        }
    }

    /// Without shards, names or nested folders: what arrays of tables and sparse matrices are.
    public static ArrayLayout of(
            ZarrVersion version, ZarrType type, List<Long> shape, List<Integer> chunk, Compression compression) {
        return plain(version, type, List.of(), shape, chunk, compression);
    }

    /// The same for rows of `fields`.
    public static ArrayLayout ofRows(
            ZarrVersion version,
            List<RowField> fields,
            List<Long> shape,
            List<Integer> chunk,
            Compression compression) {
        return plain(version, ZarrType.ROW, fields, shape, chunk, compression);
    }

    private static ArrayLayout plain(
            ZarrVersion version,
            ZarrType type,
            List<RowField> fields,
            List<Long> shape,
            List<Integer> chunk,
            Compression compression) {
        List<Integer> noShards = Collections.nCopies(chunk.size(), 1);
        return new ArrayLayout(
                version, type, shape, chunk, noShards, compression, compression.usualLevel(), '.', List.of(), fields);
    }

    /// The same at another level of its compression.
    public ArrayLayout atLevel(int other) {
        return new ArrayLayout(
                version, type, shape, chunk, shard, compression, other, separator, dimensionNames, fields);
    }

    /// The same with `chunks` chunks of the first dimension in each file.
    public ArrayLayout sharded(int chunks) {
        List<Integer> together = IntStream.range(0, shape.size())
                .mapToObj(dimension -> dimension == 0 ? chunks : 1)
                .toList();
        return new ArrayLayout(
                version, type, shape, chunk, together, compression, level, separator, dimensionNames, fields);
    }

    public boolean hasShards() {
        return shard.stream().anyMatch(extent -> extent != 1);
    }

    /// Bytes of one element, of a whole row; 0 for texts of any length.
    public int elementBytes() {
        return bytes(type, fields);
    }

    private static int bytes(ZarrType type, List<RowField> fields) {
        int bytes = type.bytes();
        for (RowField field : fields) {
            bytes = Math.addExact(bytes, field.bytes());
        }
        return bytes;
    }

    /// Bytes that belong together where bytes are shuffled. A row has no such number of its own: texts in it are words
    /// of four bytes, and most numbers too.
    int wordBytes() {
        if (fields.isEmpty()) {
            return Math.max(1, type.bytes());
        }
        return Math.min(LONGEST_WORD, Integer.lowestOneBit(elementBytes()));
    }

    public int chunkElements() {
        return chunk.stream().reduce(1, (a, b) -> a * b);
    }

    public int chunksInFile() {
        return shard.stream().reduce(1, (a, b) -> a * b);
    }

    /// Files in each dimension.
    public long[] files() {
        long[] files = new long[shape.size()];
        for (int dimension = 0; dimension < files.length; dimension++) {
            files[dimension] = Math.ceilDiv(shape.get(dimension), (long) chunk.get(dimension) * shard.get(dimension));
        }
        return files;
    }

    public long fileCount() {
        return Arrays.stream(files()).reduce(1, Math::multiplyExact);
    }

    /// The name of a file below the array's folder.
    public String fileName(long... place) {
        if (place.length != shape.size()) {
            throw new IllegalArgumentException("%d numbers for %d dimensions".formatted(place.length, shape.size()));
        }
        String between = version == ZarrVersion.THREE ? "/" : String.valueOf(separator);
        String numbers = Arrays.stream(place).mapToObj(Long::toString).collect(Collectors.joining(between));
        if (version == ZarrVersion.THREE) {
            return place.length == 0 ? "c" : "c/" + numbers;
        }
        return place.length == 0 ? "0" : numbers;
    }

    /// The most memory that writing takes ([ChunkFileWriter]).
    public long writerBytes() {
        return ChunkFileWriter.heapBytes(this);
    }
}
