package io.cellferry.storage;

/// What opening a run found.
public sealed interface Opening {

    /// The output is there, made by the same request from the same input; nothing is owned, nothing is to do.
    record AlreadyDone(OutputManifest manifest) implements Opening {}

    /// The run is owned by this process until `folder` is closed; `resumed` if it had been started before.
    record Opened(RunFolder folder, boolean resumed) implements Opening {}
}
