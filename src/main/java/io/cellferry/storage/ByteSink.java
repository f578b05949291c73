package io.cellferry.storage;

import java.nio.ByteBuffer;

/// Takes bytes front to back.
@FunctionalInterface
public interface ByteSink {

    /// Takes all remaining bytes; the buffer may be reused on return.
    void write(ByteBuffer bytes);
}
