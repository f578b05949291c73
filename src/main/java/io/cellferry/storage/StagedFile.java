package io.cellferry.storage;

import java.nio.ByteBuffer;

/// One file of a unit, being written front to back.
///
/// Bytes go to a temporary name beside the final one; SHA-256 and size are taken on the way. The file appears under its
/// final name when its unit commits; closing without [#finish] deletes it. Every write is a system call: write large
/// pieces. Used by one thread.
public interface StagedFile extends ByteSink, AutoCloseable {

    @Override
    void write(ByteBuffer bytes);

    void write(byte[] bytes, int from, int count);

    default void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    /// Bytes written so far.
    long size();

    /// Says that the file is complete; it now waits for its unit.
    void finish();

    @Override
    void close();
}
