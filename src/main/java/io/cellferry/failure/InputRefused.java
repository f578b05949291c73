package io.cellferry.failure;

/// The input cannot be converted as it is. Whoever made the input has to act.
public final class InputRefused extends Refusal {

    private static final long serialVersionUID = 1L;

    private final boolean mayComeBack;

    public InputRefused(String found, String remedy) {
        super(found, remedy);
        this.mayComeBack = false;
    }

    public InputRefused(String found, String remedy, Throwable cause) {
        super(found, remedy, cause);
        this.mayComeBack = false;
    }

    private InputRefused(String found, String remedy, boolean mayComeBack) {
        super(found, remedy);
        this.mayComeBack = mayComeBack;
    }

    /// The input is not, or not there, as it was: that state may be brought back, and work on it is worth keeping.
    public static InputRefused ofAnotherState(String found, String remedy) {
        return new InputRefused(found, remedy, true);
    }

    public boolean mayComeBack() {
        return mayComeBack;
    }

    @Override
    public int exitCode() {
        return 65;
    }
}
