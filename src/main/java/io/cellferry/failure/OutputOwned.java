package io.cellferry.failure;

/// Another live run holds the output.
public final class OutputOwned extends Refusal {

    private static final long serialVersionUID = 1L;

    public OutputOwned(String found, String remedy) {
        super(found, remedy);
    }

    public OutputOwned(String found, String remedy, Throwable cause) {
        super(found, remedy, cause);
    }

    @Override
    public int exitCode() {
        return 73;
    }
}
