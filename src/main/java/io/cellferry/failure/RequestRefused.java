package io.cellferry.failure;

/// The request is wrong. Whoever wrote it has to act.
public final class RequestRefused extends Refusal {

    private static final long serialVersionUID = 1L;

    public RequestRefused(String found, String remedy) {
        super(found, remedy);
    }

    public RequestRefused(String found, String remedy, Throwable cause) {
        super(found, remedy, cause);
    }

    @Override
    public int exitCode() {
        return 64;
    }
}
