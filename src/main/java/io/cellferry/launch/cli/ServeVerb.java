package io.cellferry.launch.cli;

import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.MachineSettings;
import io.cellferry.launch.RunDesk;
import io.cellferry.launch.RunStarter;
import io.cellferry.launch.ServiceDatabase;
import io.cellferry.launch.ServiceSettings;
import io.cellferry.launch.http.ListenAddress;
import io.cellferry.launch.http.Service;
import io.cellferry.launch.http.security.Guarding;
import io.cellferry.launch.http.security.TokenStore;
import io.cellferry.launch.schedule.Schedules;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `serve`: the same runs over HTTP, by schedule and by arrival of files, until a signal ends it.
@Command(
        description = "Take requests over HTTP, follow schedules, serve finished exports to viewers.",
        mixinStandardHelpOptions = true)
final class ServeVerb implements Callable<Integer> {

    /// Requests, sessions and caches of the service itself, beside what its runs use.
    private static final long SERVICE_BYTES = 64L << 20;

    private static final Path JOB_FILES = Path.of("jobs");

    private final List<ConversionJob> jobs;
    private final Console console;
    private final Machine machine;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "Listen here. Default: 127.0.0.1.")
    private Optional<String> address = Optional.empty();

    @Option(names = "--port", paramLabel = "N", description = "Listen on this port; 0 takes a free one. Default: 8080.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--management-port",
            paramLabel = "N",
            description = "Health and metrics, on the loopback address only. Default: 8081.")
    private Optional<Integer> managementPort = Optional.empty();

    @Option(
            names = "--read",
            paramLabel = "NAME=DIR",
            description = "Inputs may come from this folder; requests call it NAME. Repeatable.")
    private Map<String, Path> read = new LinkedHashMap<>();

    @Option(
            names = "--write",
            paramLabel = "NAME=DIR",
            description = "Outputs may go into this folder; requests call it NAME. Repeatable.")
    private Map<String, Path> write = new LinkedHashMap<>();

    @Option(
            names = "--publish",
            paramLabel = "NAME",
            description = "Anybody who reaches this service may fetch the finished outputs of this --write folder.")
    private Set<String> publish = new LinkedHashSet<>();

    @Option(names = "--memory", paramLabel = "SIZE", description = "Stay under this, whatever the inputs.")
    private Optional<String> memory = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", description = "Units of work at once.")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--work-dir", paramLabel = "DIR", description = "Unfinished work and scratch files lie here.")
    private Optional<Path> workDir = Optional.empty();

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Folder of run records.")
    private Optional<Path> stateDir = Optional.empty();

    ServeVerb(List<ConversionJob> jobs, Console console, Machine machine) {
        this.jobs = jobs;
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() throws InterruptedException {
        MachineSettings settings = machine.settings();
        ServiceSettings said = settings.service().and(read, write, publish);
        if (said.writable().isEmpty()) {
            throw new RequestRefused(
                    "The service may not write anywhere yet.",
                    "Name folders: `cellferry serve --read data=DIR --write exports=DIR`, or below cellferry.serve in"
                            + " application.yml.");
        }
        int runs = Optional.ofNullable(said.runs()).orElse(1);
        StateFolder state = machine.state(stateDir);
        RunFolders folders = new RunFolders(new RealDisk());
        RunStarter starter = new RunStarter(folders, state, settings, jobs, Clock.systemUTC());
        MachineRoom room = share(machine.room(memory, threads, workDir), runs);
        DataRoots roots = DataRoots.of(said, machine.resolve(Path.of("")));
        try (StateFolder.Ownership alone = state.own("service");
                StopSignals signals = StopSignals.listen(console);
                ServiceDatabase database = ServiceDatabase.open(settings, state);
                RunDesk desk = new RunDesk(starter, state, folders, jobs, room, Clock.systemUTC());
                Schedules schedules = Schedules.open(
                        machine.resolve(Optional.ofNullable(said.jobs()).orElse(JOB_FILES)),
                        database,
                        desk,
                        roots,
                        Clock.systemUTC());
                Service service = Service.start(
                        new Service.Parts(desk, roots, schedules, state, listenAddress(said), guarding(said)))) {
            service.firstToken().ifPresent(token -> sayOnce(token, state));
            desk.start(runs);
            schedules.start();
            console.say("listening on " + service.address());
            signals.await();
        }
        return Cellferry.ok();
    }

    private void sayOnce(String token, StateFolder state) {
        console.say("a first token was made, for an administrator; it is not shown again:");
        console.messages().println("  " + token);
        console.say("scripts of this user find it in %s".formatted(state.path().resolve(TokenStore.FIRST_TOKEN_FILE)));
    }

    private static Guarding guarding(ServiceSettings said) {
        return new Guarding(
                Optional.ofNullable(said.hostNames()).orElse(Set.of()),
                Boolean.TRUE.equals(said.behindProxy()),
                Optional.ofNullable(said.proxies()).orElse(Set.of()),
                Optional.ofNullable(said.requestsPerMinute()).orElse(Guarding.REQUESTS_PER_MINUTE));
    }

    private ListenAddress listenAddress(ServiceSettings said) {
        return new ListenAddress(
                address.or(() -> Optional.ofNullable(said.address())).orElse(ListenAddress.LOOPBACK),
                port.or(() -> Optional.ofNullable(said.port())).orElse(ListenAddress.PORT),
                managementPort
                        .or(() -> Optional.ofNullable(said.managementPort()))
                        .orElse(ListenAddress.MANAGEMENT_PORT));
    }

    /// What one of `runs` conversions may use when all of them work at once.
    private static MachineRoom share(MachineRoom room, int runs) {
        return new MachineRoom(
                room.memoryBytes(),
                Math.max(1, (room.workBytes() - SERVICE_BYTES) / runs),
                Math.max(1, room.threads() / runs),
                room.workDir());
    }
}
