package io.cellferry.dataset;

/// A dense table with one row a cell (`obsm/...`). `usable` is false for tables that are not real numbers in two
/// dimensions (sparse, data frames, text); `storedType` then says what they are.
public record TableInfo(String path, int rows, int columns, String storedType, boolean usable) {}
