package io.cellferry.storage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/// The staging folder of one run, owned by this process until closed.
///
/// Its journal is the truth about what is finished. Opening it has already cut a torn journal tail, checked that every
/// journaled file exists with its size, and removed whatever no record claims. Safe for use by several threads.
public interface RunFolder extends AutoCloseable {

    String runId();

    /// When the run was first started: the only clock reading that may reach output bytes.
    Instant startedAt();

    boolean isFinished(String unit);

    int finishedUnits();

    /// Units found finished when the folder was opened; what a resumed run keeps.
    int keptUnits();

    /// Begins a unit that is not finished yet and that nobody else is writing. Several threads may write units at once.
    UnitWriter begin(String unit);

    /// Where a finished unit's scratch file lies, for positional reading.
    Path scratch(String relativePath);

    /// Where a finished unit's output file lies before publication.
    Path output(String relativePath);

    /// Whether names that differ in upper and lower case only are one name where the output lies.
    boolean foldsCase();

    /// Removes the scratch files of the named finished units to free disk. The units stay finished.
    void dropScratch(Collection<String> units);

    /// Makes the named finished units unfinished again and removes their files, and folders that are empty
    /// then: what they wrote is not to be published. No unit may be being written.
    void forget(Collection<String> units);

    /// Whether somebody asked this run to stop (a marker file that other processes may set).
    boolean stopRequested();

    /// Writes `NAME.cellferry.json`, moves the finished output to its place beside it by one rename (swapping out an
    /// old one if the run was told to replace it) and removes the staging folder. `details`, JSON-friendly, becomes
    /// the manifest's description of the run (options, versions, timings). Nothing but [#close] may follow, whether
    /// this succeeds or not; after a failure the same request, opened again, finishes it.
    OutputManifest publish(Map<String, Object> details);

    /// Gives up ownership. An unpublished folder stays, so that the same request continues it.
    @Override
    void close();
}
