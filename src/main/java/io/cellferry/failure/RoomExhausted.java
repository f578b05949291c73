package io.cellferry.failure;

/// Memory, disk or descriptors ran out; free some and run the same command again.
public final class RoomExhausted extends Refusal {

    private static final long serialVersionUID = 1L;

    public RoomExhausted(String found, String remedy) {
        super(found, remedy);
    }

    public RoomExhausted(String found, String remedy, Throwable cause) {
        super(found, remedy, cause);
    }

    @Override
    public int exitCode() {
        return 75;
    }
}
