package io.cellferry.dataset.tiledb.filter;

/// One filter of a chain, with the type of what it was given when the tile was written.
sealed interface StoredFilter {

    /// Present in the chain and without effect.
    record Nothing() implements StoredFilter {}

    /// Packs each part of the data, and the metadata of the filters before it, on its own.
    record Compression(Packing packing, Datatype type) implements StoredFilter {}

    record BitWidth(Datatype type) implements StoredFilter {}

    record PositiveDelta(Datatype type) implements StoredFilter {}

    record ByteShuffle(Datatype type) implements StoredFilter {}

    record BitShuffle(Datatype type) implements StoredFilter {}

    /// `algorithm` in the words of [java.security.MessageDigest].
    record Checksum(String algorithm, int bytes) implements StoredFilter {}

    /// How a compression filter packs.
    enum Packing {
        GZIP,
        ZSTD,
        LZ4,
        RUNS,
        BZIP2,
        DOUBLE_DELTA,
        DELTA,
        DICTIONARY
    }
}
