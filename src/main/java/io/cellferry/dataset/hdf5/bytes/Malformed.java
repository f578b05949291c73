package io.cellferry.dataset.hdf5.bytes;

/// The bytes at hand are not what the HDF5 format says they must be.
///
/// Thrown where neither file nor path is known; the package above turns it into an
/// [io.cellferry.failure.InputRefused] that names both.
public final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Malformed(String found) {
        super(found);
    }

    public Malformed(String found, Throwable cause) {
        super(found, cause);
    }
}
