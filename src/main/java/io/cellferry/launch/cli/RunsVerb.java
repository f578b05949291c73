package io.cellferry.launch.cli;

import io.cellferry.jobs.FactSheet;
import io.cellferry.launch.RunListing;
import io.cellferry.launch.RunRecords;
import io.cellferry.launch.RunState;
import io.cellferry.launch.report.ReportFolder;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `runs [ID]`: what was started on this machine and how it stands.
@Command(description = "List the runs of this machine and how they stand.", mixinStandardHelpOptions = true)
final class RunsVerb implements Callable<Integer> {

    private final Console console;
    private final Machine machine;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "Only this run, or the start of its id.")
    private Optional<String> id = Optional.empty();

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Folder of run records.")
    private Optional<Path> stateDir = Optional.empty();

    RunsVerb(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        StateFolder state = machine.state(stateDir);
        RunRecords records = new RunRecords(state);
        RunListing listing = new RunListing(records, new RunFolders(new RealDisk()));
        List<RunState> states = id.map(records::require)
                .map(record -> List.of(listing.state(record)))
                .orElseGet(listing::all);
        if (json) {
            console.json(
                    Map.of("runs", states.stream().map(run -> json(run, state)).toList()));
        } else if (states.isEmpty()) {
            console.say("no runs yet; `cellferry run jobs/demo.yml` makes one");
        } else {
            TextTable.lines(new FactSheet.Table(
                            "",
                            List.of("run", "job", "state", "units", "started", "output", ""),
                            states.stream().map(RunsVerb::row).toList()))
                    .forEach(console::result);
            if (id.isPresent()) {
                page(states.getFirst(), state).ifPresent(page -> console.result("report " + page));
            }
        }
        return Cellferry.ok();
    }

    private static List<String> row(RunState state) {
        return List.of(
                state.record().id(),
                state.record().job(),
                state.state(),
                state.finishedUnits() < 0 ? "" : Long.toString(state.finishedUnits()),
                state.record().startedAt().replaceAll("\\.\\d+", ""),
                state.record().output(),
                state.record().message().lines().findFirst().orElse(""));
    }

    private static Optional<Path> page(RunState run, StateFolder state) {
        return new ReportFolder(state, run.record().id()).page();
    }

    private static Map<String, Object> json(RunState state, StateFolder folder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", state.record().id());
        json.put("job", state.record().job());
        json.put("state", state.state());
        json.put("finishedUnits", state.finishedUnits());
        json.put("input", state.record().input());
        json.put("output", state.record().output());
        json.put("options", state.record().options());
        json.put("startedAt", state.record().startedAt());
        json.put("endedAt", state.record().endedAt());
        json.put("message", state.record().message());
        page(state, folder).ifPresent(page -> json.put("report", page.toString()));
        return json;
    }
}
