package io.cellferry.storage;

import java.nio.ByteBuffer;

/// One file of a unit, being written front to back.
///
/// Bytes go to a temporary name beside the final one; SHA-256 and size are taken on the way. The file appears under its
/// final name when its unit commits; closing before that without [#finish] deletes it.
public interface StagedFile extends AutoCloseable {

    void write(ByteBuffer bytes);

    void write(byte[] bytes, int from, int count);

    default void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    long size();

    /// Says that the file is complete; it now waits for its unit.
    void finish();

    @Override
    void close();
}
