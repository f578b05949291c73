package io.cellferry.storage;

import io.cellferry.storage.JournalRecord.UnitFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One unit of a [StagedRun] on its way into the journal.
final class StagedUnit implements UnitWriter {

    private enum Phase {
        WRITING,
        /// A commit was tried; whatever came of it, this writer takes nothing more.
        TRIED,
        COMMITTED,
        CLOSED
    }

    private final StagedRun run;
    private final String name;
    private final UnitArea output;
    private final UnitArea scratch;
    private final Set<String> outputNames = new HashSet<>();
    private final Set<String> scratchNames = new HashSet<>();
    private Phase phase = Phase.WRITING;

    StagedUnit(StagedRun run, String name, UnitArea output, UnitArea scratch) {
        this.run = run;
        this.name = name;
        this.output = output;
        this.scratch = scratch;
    }

    @Override
    public StagedFile output(String relativePath) {
        run.requireOutputName(relativePath);
        return stage(output, outputNames, relativePath);
    }

    @Override
    public StagedFile scratch(String relativePath) {
        return stage(scratch, scratchNames, relativePath);
    }

    private StagedFile stage(UnitArea area, Set<String> names, String relativePath) {
        require(Phase.WRITING);
        if (!names.add(relativePath)) {
            throw new IllegalArgumentException("unit %s has two files %s".formatted(name, relativePath));
        }
        return area.stage(relativePath);
    }

    @Override
    public void commit() {
        require(Phase.WRITING);
        phase = Phase.TRIED;
        List<TemporaryFile> files =
                Stream.concat(output.files().stream(), scratch.files().stream()).toList();
        List<UnitFile> entries = files.stream().map(TemporaryFile::finished).toList();
        output.makeContentsDurable();
        scratch.makeContentsDurable();
        files.forEach(TemporaryFile::giveName);
        output.makeNamesDurable();
        scratch.makeNamesDurable();
        run.finished(new JournalRecord.UnitFinished(name, entries));
        phase = Phase.COMMITTED;
    }

    @Override
    public long bytes() {
        return Stream.concat(output.files().stream(), scratch.files().stream())
                .mapToLong(StagedFile::size)
                .sum();
    }

    @Override
    public void close() {
        if (phase == Phase.CLOSED) {
            return;
        }
        boolean committed = phase == Phase.COMMITTED;
        phase = Phase.CLOSED;
        try (output;
                scratch) {
            if (!committed) {
                removeAll();
            }
        } finally {
            run.closed(name);
        }
    }

    /// Every file is tried; what one of them has to say is told after the last.
    private void removeAll() {
        @Nullable RuntimeException first = null;
        for (TemporaryFile file :
                Stream.concat(output.files().stream(), scratch.files().stream()).toList()) {
            try {
                file.remove();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void require(Phase expected) {
        if (phase != expected) {
            throw new IllegalStateException("unit %s is %s".formatted(name, phase));
        }
    }
}
