package io.cellferry.storage;

import java.io.IOException;

/// Makes everything written to one file system since this was opened durable, contents and names, in one call.
public interface FileSystemSync extends AutoCloseable {

    /// Fails if anything written since [Disk#openSync] could not be made durable.
    void sync() throws IOException;

    @Override
    void close() throws IOException;
}
