package io.cellferry.dataset.columns;

import io.cellferry.dataset.ColumnInfo;
import io.cellferry.failure.Problem;
import java.util.Optional;

/// One annotation as it lies on disk.
public sealed interface StoredColumn {

    ColumnInfo info();

    /// One number, boolean or text a row.
    record Plain(ColumnInfo info, ColumnValues values) implements StoredColumn {}

    /// One position in `labels` a row; -1 marks a row without a value.
    record Coded(ColumnInfo info, ColumnValues codes, ColumnValues labels, boolean ordered) implements StoredColumn {}

    /// One value a row, and a `mask` that is true where there is none; no mask means nothing is missing.
    record Masked(ColumnInfo info, ColumnValues values, Optional<ColumnValues> mask) implements StoredColumn {}

    /// A column that is named but cannot be read; asking for it is refused with `why`.
    record Unusable(ColumnInfo info, Problem why) implements StoredColumn {}
}
