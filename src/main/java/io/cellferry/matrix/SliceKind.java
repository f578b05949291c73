package io.cellferry.matrix;

/// How a slice is packed; see [PackedSlice].
enum SliceKind {
    COUNTS,
    CODED,
    WIDE
}
