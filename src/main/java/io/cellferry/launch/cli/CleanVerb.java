package io.cellferry.launch.cli;

import io.cellferry.launch.RunListing;
import io.cellferry.launch.RunRecord;
import io.cellferry.launch.RunRecords;
import io.cellferry.launch.RunRepository;
import io.cellferry.launch.RunState;
import io.cellferry.launch.report.ReportFolder;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `clean [ID…]`: forgets finished runs and, when named, throws unfinished ones away. Never touches an output.
@Command(
        description =
                "Forget finished runs; with IDs, also throw away what those unfinished runs have done. Outputs stay.",
        mixinStandardHelpOptions = true)
final class CleanVerb implements Callable<Integer> {

    private final Console console;
    private final Machine machine;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Unfinished runs to throw away.")
    private List<String> ids = List.of();

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Folder of run records.")
    private Optional<Path> stateDir = Optional.empty();

    CleanVerb(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        StateFolder state = machine.state(stateDir);
        RunRecords records = new RunRecords(state);
        RunFolders folders = new RunFolders(new RealDisk());
        RunListing listing = new RunListing(records, folders);
        for (RunRecord record : ids.stream().map(records::require).toList()) {
            folders.discard(Path.of(record.output()), record.id());
            forget(state, records, record.id());
            console.say("run %s: thrown away".formatted(record.id()));
        }
        for (RunState run : listing.all()) {
            switch (run.state()) {
                case RunState.DONE, RunState.GONE -> {
                    forget(state, records, run.record().id());
                    console.say("run %s (%s): forgotten".formatted(run.record().id(), run.state()));
                }
                default ->
                    console.say("run %s (%s): kept; `cellferry clean %s` throws its work away"
                            .formatted(
                                    run.record().id(), run.state(), run.record().id()));
            }
        }
        return Cellferry.ok();
    }

    private static void forget(StateFolder state, RunRecords records, String id) {
        records.forget(id);
        state.folder("logs").delete(id + ".log");
        new ReportFolder(state, id).forget();
        RunRepository.embedded(state, id).forget();
    }
}
