package io.cellferry.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The few operations through which this package changes a file system.
///
/// What is written here is *volatile* until it is forced: contents by [DiskFile#force], names (creations, renames,
/// deletions) by [#forceFolder] of every folder concerned, both by [FileSystemSync#sync]. Everything above is written
/// against that rule alone, and tests replace this interface by one that fails, or loses power, at any operation.
public interface Disk {

    /// Creates an empty file for writing; one that is there is emptied.
    DiskFile create(Path file) throws IOException;

    /// The same with mode 0600 where the file system has modes; refused when there is one.
    DiskFile createPrivate(Path file) throws IOException;

    /// Opens a file for appending behind its first `keptBytes` bytes; what lies behind them is cut off.
    DiskFile append(Path file, long keptBytes) throws IOException;

    /// Creates one folder; a folder that is already there is no error.
    void createFolder(Path folder) throws IOException;

    /// The same with mode 0700 where the file system has modes.
    void createPrivateFolder(Path folder) throws IOException;

    /// Gives a file or folder another name in the same file system, atomically. A file replaces a file.
    void rename(Path from, Path to) throws IOException;

    /// Deletes a file, a link or an empty folder; whether there was one.
    boolean delete(Path path) throws IOException;

    /// Makes the names in a folder durable.
    void forceFolder(Path folder) throws IOException;

    /// Prepares to sync the whole file system that holds `folder`; empty where that is impossible or where its errors
    /// would go unnoticed. Has to be asked *before* the first byte is written: only then does the sync report a
    /// write-back that failed in between.
    Optional<FileSystemSync> openSync(Path folder) throws IOException;

    /// What a folder holds, in no order and without memory per entry; to be closed.
    Stream<Path> list(Path folder) throws IOException;

    /// Bytes of a regular file; empty when there is none.
    OptionalLong size(Path file) throws IOException;

    /// Bytes this user may still write to the file system that holds `path`.
    long freeBytes(Path path) throws IOException;

    /// Files this user may still create there; empty where the file system does not count them.
    OptionalLong freeInodes(Path path) throws IOException;

    /// Creates and locks a file and writes `record` into it; empty when another process, or another thread of this one,
    /// holds it. `record` must be unlike any other: it proves that the file found under the name is the one locked.
    Optional<DiskLock> tryLock(Path file, byte[] record) throws IOException;

    /// The record in a lock file, whoever holds it. Lock files must be read through here: closing any other handle of
    /// the file would, on POSIX systems, release this process's lock on it.
    Optional<byte[]> lockRecord(Path file) throws IOException;
}
