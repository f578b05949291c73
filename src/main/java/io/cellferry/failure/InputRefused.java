package io.cellferry.failure;

/// The input cannot be converted as it is. Whoever made the input has to act.
public final class InputRefused extends Refusal {

    private static final long serialVersionUID = 1L;

    public InputRefused(String found, String remedy) {
        super(found, remedy);
    }

    public InputRefused(String found, String remedy, Throwable cause) {
        super(found, remedy, cause);
    }

    @Override
    public int exitCode() {
        return 65;
    }
}
