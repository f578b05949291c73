package io.cellferry.cellucid;

import io.cellferry.dataset.NumericTable;

/// An embedding as fields and vectors need it: where it is read, and how its points were placed.
public record Embedding(EmbeddingFrame frame, NumericTable table) {
    public Embedding {
        if (frame.dimension() != table.columns()) {
            throw new IllegalArgumentException("a frame of %d axes does not fit a table of %d columns"
                    .formatted(frame.dimension(), table.columns()));
        }
    }
}
