package io.cellferry.codec;

/// The bytes at hand are not what their format says they must be.
///
/// Thrown where neither file nor path is known; whoever knows them turns it into a refusal that names both.
public final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String found;

    public Malformed(String found) {
        super(found);
        this.found = found;
    }

    public Malformed(String found, Throwable cause) {
        super(found, cause);
        this.found = found;
    }

    /// What was expected and what is there instead.
    public String found() {
        return found;
    }
}
