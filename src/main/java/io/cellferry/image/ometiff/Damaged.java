package io.cellferry.image.ometiff;

/// The bytes at hand are not what TIFF or a compression says they must be.
///
/// Thrown where file and place are not known; who knows them makes it an [io.cellferry.failure.InputRefused].
final class Damaged extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Damaged(String found) {
        super(found);
    }

    Damaged(String found, Throwable cause) {
        super(found, cause);
    }
}
