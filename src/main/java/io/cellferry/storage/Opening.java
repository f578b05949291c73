package io.cellferry.storage;

/// What opening a run found.
public sealed interface Opening {

    /// The output is there, made by the same request from the same input; nothing is owned, nothing is to do.
    record AlreadyDone(OutputManifest manifest) implements Opening {}

    /// A crash had kept the finished output from getting its name, or the rest of the run from going; this opening has
    /// seen to it. Nothing is owned. `keptUnits` are all units of the run.
    record PublishedNow(OutputManifest manifest, int keptUnits) implements Opening {}

    /// The run is owned by this process until `folder` is closed; `resumed` if it had been started before.
    record Opened(RunFolder folder, boolean resumed) implements Opening {}
}
