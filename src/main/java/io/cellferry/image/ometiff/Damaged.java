package io.cellferry.image.ometiff;

/// The bytes at hand are not what TIFF or a compression says they must be.
///
/// Thrown where file and place are not known; who knows them makes it an [io.cellferry.failure.InputRefused].
final class Damaged extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String found;

    Damaged(String found) {
        super(found);
        this.found = found;
    }

    Damaged(String found, Throwable cause) {
        super(found, cause);
        this.found = found;
    }

    /// What was expected and what is there instead.
    String found() {
        return found;
    }
}
