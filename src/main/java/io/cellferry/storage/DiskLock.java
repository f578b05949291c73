package io.cellferry.storage;

import java.io.IOException;

/// A locked lock file. The kernel frees it when this process ends, however it ends.
public interface DiskLock extends AutoCloseable {

    /// Removes the file while it is still locked, so that nobody can take a lock on a file that is going away, then
    /// frees it.
    void deleteAndFree() throws IOException;

    /// Frees the lock and leaves the file; harmless after [#deleteAndFree].
    @Override
    void close() throws IOException;
}
