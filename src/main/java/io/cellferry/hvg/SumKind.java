package io.cellferry.hvg;

/// What the three words kept per gene are. The order is part of the stored form.
enum SumKind {
    /// The sum, the low half of the sum of squares, and a word with the high half above bit 32 and a number of cells
    /// below. Whole counts below 2^31 of up to 2^31 cells fit, so sums are exact and do not depend on any order.
    WHOLE,
    /// The sum and the sum of squares as bits of doubles, and a number of cells. These depend on the order of adding,
    /// so ranges are added from first to last.
    REAL,
    /// The sum in fixed point with a scale that depends on the batch, then the sum of squares in 128 bits (low,
    /// high). Whole numbers again: no order matters.
    FIXED
}
