package io.cellferry.launch;

import io.cellferry.storage.OutputHeading;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.UnfinishedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Tells how runs stand from what lies beside their outputs; the records only say where to look.
public final class RunListing {

    private final RunRecords records;
    private final RunFolders folders;

    public RunListing(RunRecords records, RunFolders folders) {
        this.records = records;
        this.folders = folders;
    }

    public List<RunState> all() {
        return records.all().stream().map(this::state).toList();
    }

    public RunState state(RunRecord record) {
        Path output = Path.of(record.output());
        Optional<UnfinishedRun> unfinished = folders.unfinished(output, record.id());
        long units = unfinished.map(run -> (long) run.finishedUnits()).orElse(-1L);
        if (folders.owner(output)
                        .filter(owner -> owner.runId().equals(record.id()))
                        .isPresent()
                && folders.isOwned(output)) {
            return new RunState(record, RunState.RUNNING, units);
        }
        String ended = record.end();
        if (ended.equals(RunRecord.WAITING)) {
            return new RunState(record, RunState.WAITING, units);
        }
        if (unfinished.isPresent()) {
            return new RunState(record, ended.equals(RunRecord.RUNNING) ? RunState.INTERRUPTED : ended, units);
        }
        boolean published = OutputHeading.read(output)
                .filter(m -> m.runId().equals(record.id()))
                .isPresent();
        if (published) {
            return new RunState(record, RunState.DONE, units);
        }
        // What was given up because nothing can come of it leaves nothing behind but its reason.
        boolean explained = ended.equals(RunState.REFUSED) || ended.equals(RunState.FAILED);
        return new RunState(record, explained ? ended : RunState.GONE, units);
    }
}
