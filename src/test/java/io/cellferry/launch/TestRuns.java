package io.cellferry.launch;

import io.cellferry.failure.Problem;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.RunProgress;
import io.cellferry.restart.FolderContents;
import io.cellferry.restart.TestMemory;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Runs of the real framework into a folder that is deleted with them, for tests that look at outputs.
public final class TestRuns implements AutoCloseable {

    public static final MachineRoom ROOM = new MachineRoom(1L << 30, 512L << 20, 2, Optional.empty());

    private final SharedBatch batch;
    private final Path folder;

    public TestRuns(String name, ConversionJob... jobs) {
        try {
            folder = TestMemory.newFolder(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        batch = new SharedBatch(List.of(jobs));
    }

    /// Where outputs of this name go.
    public Path at(String name) {
        return folder.resolve(name);
    }

    public RunOutcome run(RunRequest request) {
        return run(request, ROOM, new RunProgress(), () -> false);
    }

    public RunOutcome run(RunRequest request, MachineRoom room, RunProgress progress, BooleanSupplier stop) {
        return run(request, room, progress, stop, () -> {});
    }

    /// `begun` is called when the input has been looked at and the first step has not begun.
    public RunOutcome run(
            RunRequest request, MachineRoom room, RunProgress progress, BooleanSupplier stop, Runnable begun) {
        StateFolder state = StateFolder.open(new RealDisk(), folder.resolve("state"));
        return batch.starter(new RunFolders(new RealDisk(), Clock.systemUTC()), state, Clock.systemUTC())
                .start(request, room, progress, stop, (id, resumed, kept, log) -> begun.run());
    }

    /// Codes of everything that `job` finds wrong in `output` when all of it is read and compared with `input`.
    public static List<String> differences(ConversionJob job, Path output, Path input) {
        return job.verify(output, Optional.of(input), new CheckDepth.Full()).stream()
                .filter(Problem::refuses)
                .map(Problem::code)
                .toList();
    }

    @Override
    public void close() throws IOException {
        batch.close();
        Files.delete(FolderContents.emptied(folder));
    }
}
