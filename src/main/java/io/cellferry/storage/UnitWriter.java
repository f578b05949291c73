package io.cellferry.storage;

/// A unit of work being written: all of its files and one journal record appear together, or nothing does.
///
/// Used by one thread. `commit` makes the files durable as one group, gives them their final names, makes the names
/// durable, then appends the journal record and makes that durable. Closing without `commit` removes what was written.
/// A failed write, sync or rename fails the unit for good: it is written again from its source, never synced again.
public interface UnitWriter extends AutoCloseable {

    /// A file of the future output; `relativePath` uses `/`.
    StagedFile output(String relativePath);

    /// A file that later steps of this run need and that is gone when the run is finished.
    StagedFile scratch(String relativePath);

    void commit();

    /// The size of all files written for this unit so far.
    long bytes();

    @Override
    void close();
}
