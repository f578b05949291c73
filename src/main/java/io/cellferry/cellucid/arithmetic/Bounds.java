package io.cellferry.cellucid.arithmetic;

/// The least and the greatest value of a column, as a manifest states them.
public record Bounds(double low, double high) {}
