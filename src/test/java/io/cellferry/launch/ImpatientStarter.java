package io.cellferry.launch;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// Starts runs as the program does, over a shared database that it does not wait for as long when it goes away.
public final class ImpatientStarter {

    private ImpatientStarter() {}

    public static RunStarter of(Path state, String url, List<ConversionJob> jobs) {
        RepositoryAddress address = new RepositoryAddress(url, "postgres", "postgres", Duration.ofMillis(300), 1);
        BatchWork batch = (repository, context) -> BatchEngine.forEachRun(jobs)
                .run(new RunRepository(address, repository.folder(), repository.runId(), false), context);
        // Only so that nothing embedded is made or removed.
        MachineSettings settings = new MachineSettings(
                null, null, null, null, new MachineSettings.Repository(url, "postgres", "postgres"), null);
        return new RunStarter(
                new RunFolders(new RealDisk()),
                StateFolder.open(new RealDisk(), state),
                settings,
                batch,
                Clock.systemUTC());
    }
}
