package io.cellferry.launch.cli;

import io.cellferry.failure.RequestRefused;
import io.cellferry.launch.RunRecord;
import io.cellferry.launch.RunRecords;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `stop ID`: asks a running run to stop at its next unit, and waits until it has.
@Command(description = "Ask a run to stop at its next unit, and wait until it has.", mixinStandardHelpOptions = true)
final class StopVerb implements Callable<Integer> {

    private static final long LOOK_AGAIN_MILLIS = 200;

    private final Console console;
    private final Machine machine;

    @Parameters(index = "0", paramLabel = "ID", description = "The run, or the start of its id.")
    private String id = "";

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Folder of run records.")
    private Optional<Path> stateDir = Optional.empty();

    StopVerb(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunRecord record = new RunRecords(machine.state(stateDir)).require(id);
        RunFolders folders = new RunFolders(new RealDisk());
        Path output = Path.of(record.output());
        if (!runs(folders, output, record.id())) {
            throw new RequestRefused(
                    "Run %s is not running.".formatted(record.id()),
                    "`cellferry runs` tells how it ended; its command, given again, continues it.");
        }
        folders.requestStop(output, record.id());
        console.say("run %s is asked to stop at its next unit".formatted(record.id()));
        while (runs(folders, output, record.id())) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
        console.say("run %s has ended".formatted(record.id()));
        return Cellferry.ok();
    }

    /// The lock decides: a machine or container that died leaves its record for ever.
    private static boolean runs(RunFolders folders, Path output, String id) {
        return folders.owner(output).filter(owner -> owner.runId().equals(id)).isPresent() && folders.isOwned(output);
    }
}
