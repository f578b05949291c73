package io.cellferry.storage;

/// Where a file of a unit belongs.
enum Area {
    /// Part of the future output.
    OUTPUT,
    /// Needed by later steps of the run, gone when the run is finished.
    SCRATCH
}
