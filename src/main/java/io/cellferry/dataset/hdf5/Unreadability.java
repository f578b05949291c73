package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.tree.ElementType;
import io.cellferry.failure.Problem;
import java.util.Optional;

/// Why the data of a data set cannot be read, as far as its header tells.
final class Unreadability {

    private static final String REWRITE_WITH_GZIP = "Write the file again with gzip, for example with "
            + "`h5repack -f GZIP=4 IN OUT` or anndata's write_h5ad(compression=\"gzip\").";

    private Unreadability() {}

    static Optional<Problem> of(String path, DatasetHeader header) {
        if (header.type().type() instanceof ElementType.Other other) {
            return Optional.of(Problem.refusal(
                    "input.hdf5.type",
                    path,
                    "numbers, text or a table of them were expected, found %s.".formatted(other.name()),
                    "Write it again with a common type such as float32 or int64."));
        }
        return switch (header.layout()) {
            case StorageLayout.Compact compact -> Optional.empty();
            case StorageLayout.Contiguous contiguous -> Optional.empty();
            case StorageLayout.Unreadable layout ->
                Optional.of(Problem.refusal("input.hdf5.storage", path, layout.what() + ".", layout.remedy()));
            case StorageLayout.Chunked chunked -> filters(path, header, chunked);
        };
    }

    private static Optional<Problem> filters(String path, DatasetHeader header, StorageLayout.Chunked chunked) {
        Optional<String> unsupported = header.filters().unsupported();
        if (unsupported.isPresent()) {
            return Optional.of(Problem.refusal(
                    "input.hdf5.filter",
                    path,
                    "it is compressed with %s, which is not supported.".formatted(unsupported.get()),
                    REWRITE_WITH_GZIP));
        }
        boolean giant = chunked.grid().chunkBytes() > ChunkBytes.GIANT_BYTES;
        if (giant && !header.filters().isEmpty() && (!header.filters().canStream() || chunked.plainBorder())) {
            return Optional.of(Problem.refusal(
                    "input.hdf5.chunk",
                    path,
                    "one chunk holds %,d bytes; with %s, chunks of at most %,d bytes can be read."
                            .formatted(
                                    chunked.grid().chunkBytes(),
                                    header.filters().describe(),
                                    ChunkBytes.GIANT_BYTES),
                    REWRITE_WITH_GZIP));
        }
        return Optional.empty();
    }
}
