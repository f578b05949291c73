package io.cellferry.jobs.genemajorstore;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.failure.RequestRefused;
import io.cellferry.genemajor.MatrixLayout;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import io.cellferry.zarr.Compression;
import io.cellferry.zarr.ZarrType;
import io.cellferry.zarr.ZarrVersion;
import java.util.Locale;
import java.util.Optional;

/// The words of a request as settings.
record StoreOptions(
        String matrix,
        boolean byCell,
        ZarrVersion version,
        Compression compression,
        Optional<Integer> level,
        Optional<Integer> chunk,
        String shards,
        Optional<ZarrType> valueType,
        boolean onlyMatrix) {

    static StoreOptions of(JobRequest request) {
        OptionValues options = request.options();
        StoreOptions said = new StoreOptions(
                options.word("matrix"),
                options.word("order").equals(StoreRules.CELLS),
                options.word("zarr").equals("3") ? ZarrVersion.THREE : ZarrVersion.TWO,
                Compression.of(options.word("codec")),
                number(options, "level"),
                number(options, "chunk-nnz"),
                options.word("shards"),
                options.word("value-type").equals(StoreRules.KEEP)
                        ? Optional.empty()
                        : Optional.of(
                                ZarrType.valueOf(options.word("value-type").toUpperCase(Locale.ROOT))),
                options.flag("only-matrix"));
        if (!said.shards.equals(StoreRules.NONE) && said.version == ZarrVersion.TWO) {
            throw new RequestRefused(
                    "--shards %s needs version 3 of Zarr; version 2 has no shards.".formatted(said.shards),
                    "Add --zarr 3, or leave --shards out.");
        }
        if (said.level.isPresent() && !said.compression.hasLevels()) {
            throw new RequestRefused(
                    "--level %d: %s has no levels here.".formatted(said.level.get(), said.compression.word()),
                    "Leave --level out, or choose --codec blosc-lz4, blosc-zstd or gzip.");
        }
        return said;
    }

    private static Optional<Integer> number(OptionValues options, String name) {
        String word = options.word(name);
        return word.equals(StoreRules.AUTO) ? Optional.empty() : Optional.of(Integer.parseInt(word));
    }

    MatrixInfo.Order order() {
        return byCell ? MatrixInfo.Order.CELL_MAJOR : MatrixInfo.Order.GENE_MAJOR;
    }

    /// How the matrix is laid out when it has at most `storedValues`.
    MatrixLayout layout(ZarrType stored, int cells, int genes, long storedValues) {
        int length = chunk.orElseGet(() -> MatrixLayout.chunkFor(storedValues));
        int together =
                switch (shards) {
                    case StoreRules.NONE -> 1;
                    case StoreRules.AUTO -> MatrixLayout.chunksInShardFor(storedValues, length);
                    default -> Integer.parseInt(shards);
                };
        return new MatrixLayout(
                matrix,
                order(),
                version,
                compression,
                level.orElseGet(compression::usualLevel),
                valueType.orElse(stored),
                cells,
                genes,
                length,
                together);
    }
}
