package io.cellferry.hvg;

/// One column of the result, with an entry per gene. The arrays belong to the table and are not changed.
public sealed interface HvgColumn {

    /// scanpy's name of it.
    String name();

    record Flags(String name, boolean[] values) implements HvgColumn {}

    record Counts(String name, int[] values) implements HvgColumn {}

    /// NaN marks a missing number.
    record Numbers(String name, double[] values) implements HvgColumn {}

    /// NaN marks a gene that is on no top list.
    record Ranks(String name, float[] values) implements HvgColumn {}
}
