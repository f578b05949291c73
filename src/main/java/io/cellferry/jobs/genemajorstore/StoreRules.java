package io.cellferry.jobs.genemajorstore;

import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.OptionRule;
import java.util.List;

/// What a request for a gene-major store may say. Names and standard values are published: they stand in job files and
/// run ids.
final class StoreRules {

    static final String AUTO = "auto";
    static final String KEEP = "keep";
    static final String NONE = "none";
    static final String GENES = "genes";
    static final String CELLS = "cells";

    static final List<OptionRule> ALL = List.of(
            OptionRule.text("matrix", "Matrix to store in the wanted order: X, raw/X or layers/NAME.")
                    .standard("X"),
            ChosenPart.MEASUREMENT_RULE,
            ChosenPart.LAYER_RULE,
            OptionRule.choice(
                    "order",
                    GENES,
                    "How the matrix lies: genes (csc_matrix, one gene reads at once) or cells (csr_matrix, as most tools expect it).",
                    GENES,
                    CELLS),
            OptionRule.choice("zarr", "2", "Version of the Zarr format.", "2", "3"),
            OptionRule.choice(
                    "codec",
                    "blosc-lz4",
                    "Compression of chunks. blosc-lz4 reads fastest, blosc-zstd is smallest.",
                    "blosc-lz4",
                    "blosc-zstd",
                    "zstd",
                    "gzip",
                    NONE),
            OptionRule.whole(
                    "level",
                    AUTO,
                    1,
                    9,
                    "Of the matrix, for gzip: how hard it tries (auto: 6); for blosc-lz4 and blosc-zstd: length of the"
                            + " blocks that are compressed at once, 16,384 elements (1) to 262,144 (9) (auto: 5).",
                    AUTO),
            OptionRule.whole(
                    "chunk-nnz",
                    AUTO,
                    16,
                    1 << 24,
                    "Stored values in a chunk. auto: a power of two that makes about 4,096 chunks.",
                    AUTO),
            OptionRule.whole(
                    "shards",
                    NONE,
                    2,
                    4096,
                    "Chunks in a file, for fewer files; needs --zarr 3. auto: at most about 200 files an array.",
                    AUTO,
                    NONE),
            OptionRule.choice(
                    "value-type",
                    KEEP,
                    "Type of the values. Real numbers are rounded; whole numbers have to fit.",
                    KEEP,
                    "float32",
                    "float64",
                    "int8",
                    "int16",
                    "int32",
                    "int64",
                    "uint8",
                    "uint16",
                    "uint32",
                    "uint64"),
            OptionRule.flag("only-matrix", "Leave out everything but the matrix and the names of cells and genes."));

    private StoreRules() {}
}
