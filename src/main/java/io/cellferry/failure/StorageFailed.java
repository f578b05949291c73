package io.cellferry.failure;

/// Reading or writing a file failed.
public final class StorageFailed extends Refusal {

    private static final long serialVersionUID = 1L;

    public StorageFailed(String found, String remedy) {
        super(found, remedy);
    }

    public StorageFailed(String found, String remedy, Throwable cause) {
        super(found, remedy, cause);
    }

    @Override
    public int exitCode() {
        return 74;
    }
}
