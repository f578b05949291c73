package io.cellferry.failure;

/// A service the run needs (a database, a broker) does not answer.
public final class ServiceMissing extends Refusal {

    private static final long serialVersionUID = 1L;

    public ServiceMissing(String found, String remedy) {
        super(found, remedy);
    }

    public ServiceMissing(String found, String remedy, Throwable cause) {
        super(found, remedy, cause);
    }

    @Override
    public int exitCode() {
        return 69;
    }
}
