package io.cellferry.zarr;

import io.cellferry.codec.BloscEncoder;
import io.cellferry.codec.Encoder;
import io.cellferry.codec.GzipEncoder;
import io.cellferry.codec.ZstdEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How chunks are made smaller.
public enum Compression {
    /// Shuffled bytes in LZ4: what zarr itself writes unless told otherwise, and the fastest to read.
    BLOSC_LZ4("blosc-lz4"),
    /// Shuffled bytes in zstd: a third smaller at twice the work.
    BLOSC_ZSTD("blosc-zstd"),
    ZSTD("zstd"),
    GZIP("gzip"),
    NONE("none");

    /// What zlib takes unless told otherwise.
    private static final int GZIP_LEVEL = 6;

    /// The level zarr writes for its own default.
    private static final int BLOSC_LEVEL = 5;

    private static final int LEAST_BLOCK_LOG = 14;
    private static final int ZSTD_LEVEL = 2;

    private final String word;

    Compression(String word) {
        this.word = word;
    }

    /// What people call it.
    public String word() {
        return word;
    }

    public static Compression of(String word) {
        for (Compression compression : values()) {
            if (compression.word.equals(word)) {
                return compression;
            }
        }
        throw new IllegalArgumentException("no compression is called " + word);
    }

    /// Whether a level changes anything: zstd alone has one here, whatever encodes it.
    public boolean hasLevels() {
        return this != ZSTD && this != NONE;
    }

    /// The level, 1 to 9, when nobody says so.
    public int usualLevel() {
        return this == GZIP ? GZIP_LEVEL : BLOSC_LEVEL;
    }

    /// For elements of `elementBytes`, none when nothing is compressed. As in Blosc itself, its `level` (1 to 9) sets
    /// how long its blocks are: from 16,384 to 262,144 elements. That of gzip is how hard it tries.
    Optional<Encoder> encoder(int elementBytes, int level) {
        int longestBlock = 1 << LEAST_BLOCK_LOG + (level - 1) / 2;
        return switch (this) {
            case BLOSC_LZ4 -> Optional.of(BloscEncoder.lz4(elementBytes, longestBlock));
            case BLOSC_ZSTD -> Optional.of(BloscEncoder.zstd(elementBytes, longestBlock));
            case ZSTD -> Optional.of(new ZstdEncoder());
            case GZIP -> Optional.of(new GzipEncoder(level));
            case NONE -> Optional.empty();
        };
    }

    /// The `compressor` of version 2.
    Optional<Map<String, Object>> versionTwo(int level) {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (this) {
            case BLOSC_LZ4, BLOSC_ZSTD -> {
                json.put("blocksize", 0);
                json.put("clevel", level);
                json.put("cname", this == BLOSC_LZ4 ? "lz4" : "zstd");
                json.put("id", "blosc");
                json.put("shuffle", 1);
            }
            case ZSTD -> {
                json.put("id", "zstd");
                json.put("level", ZSTD_LEVEL);
            }
            case GZIP -> {
                json.put("id", "gzip");
                json.put("level", level);
            }
            case NONE -> {}
        }
        return json.isEmpty() ? Optional.empty() : Optional.of(json);
    }

    /// The codec of version 3 for elements of `elementBytes`.
    Optional<Map<String, Object>> versionThree(int elementBytes, int level) {
        return switch (this) {
            case BLOSC_LZ4, BLOSC_ZSTD -> {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("typesize", elementBytes);
                json.put("cname", this == BLOSC_LZ4 ? "lz4" : "zstd");
                json.put("clevel", level);
                json.put("shuffle", elementBytes > 1 ? "shuffle" : "noshuffle");
                json.put("blocksize", 0);
                yield Optional.of(Documents.named("blosc", json));
            }
            case ZSTD -> {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("level", ZSTD_LEVEL);
                json.put("checksum", false);
                yield Optional.of(Documents.named("zstd", json));
            }
            case GZIP -> Optional.of(Documents.named("gzip", Map.of("level", level)));
            case NONE -> Optional.empty();
        };
    }
}
