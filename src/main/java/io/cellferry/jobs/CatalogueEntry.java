package io.cellferry.jobs;

/// What the catalogue of a folder of outputs says of one of them. `folder` is its name without a slash; `version` that
/// of the contract it was written by.
public record CatalogueEntry(
        String folder, String id, String name, String description, long cells, long genes, String version) {}
