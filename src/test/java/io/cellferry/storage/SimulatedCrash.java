package io.cellferry.storage;

/// The power went: nothing after this instant reaches the disk. An error, so that nobody handles it on the way.
public final class SimulatedCrash extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedCrash(long operation) {
        super("power cut at operation " + operation);
    }
}
