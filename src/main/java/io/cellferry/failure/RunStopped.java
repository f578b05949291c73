package io.cellferry.failure;

/// Somebody asked the run to stop, and it stopped at a unit boundary. Not a failure: the same
/// command continues it.
public final class RunStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RunStopped(String message) {
        super(message);
    }
}
