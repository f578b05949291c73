package io.cellferry.storage;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A file open for writing at its end. Used by one thread at a time.
public interface DiskFile extends AutoCloseable {

    /// Writes all remaining bytes.
    void write(ByteBuffer bytes) throws IOException;

    /// Makes contents and size durable, not the name. After a failure the contents are unknown and a second attempt may
    /// report success wrongly: whoever sees it fail gives the file up.
    void force() throws IOException;

    /// Gives the handle back; a failure counts like a failed write.
    @Override
    void close() throws IOException;
}
