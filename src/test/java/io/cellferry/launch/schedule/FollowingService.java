package io.cellferry.launch.schedule;

import io.cellferry.launch.DataRoots;
import io.cellferry.launch.MachineSettings;
import io.cellferry.launch.RunDesk;
import io.cellferry.launch.RunState;
import io.cellferry.launch.ServiceDatabase;
import io.cellferry.launch.ServiceSettings;
import io.cellferry.launch.SharedBatch;
import io.cellferry.restart.TinyExport;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The parts of a service that follow job files, over a real desk and a real database. `home` holds `jobs`, `data` and
/// `exports`; the state folder is its own.
final class FollowingService implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 120_000;

    final RunDesk desk;
    final Schedules schedules;
    final ServiceDatabase database;
    /// The ids of all runs that were accepted, in order.
    final List<String> accepted = new ArrayList<>();

    private Death death = Death.NEVER;

    /// When the process dies while it launches.
    enum Death {
        NEVER,
        BEFORE_ACCEPTING,
        AFTER_ACCEPTING,
        /// Stands still there, to be killed.
        STANDING_BEFORE,
        STANDING_AFTER
    }

    /// What it says when it stands still.
    static final String STANDING = "standing still";

    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    FollowingService(Path home, String state, MachineSettings settings, SharedBatch batch, Clock clock) {
        this(home, state, settings, batch, clock, clock);
    }

    FollowingService(
            Path home, String state, MachineSettings settings, SharedBatch batch, Clock clock, InstantSource steady) {
        StateFolder folder = StateFolder.open(new RealDisk(), home.resolve(state));
        RunFolders folders = new RunFolders(new RealDisk());
        this.desk = new RunDesk(
                batch.starter(folders, folder, Clock.systemUTC()),
                folder,
                folders,
                List.of(TinyExport.JOB),
                TinyExport.room(1),
                Clock.systemUTC());
        DataRoots roots = DataRoots.of(
                new ServiceSettings(
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of("data", home.resolve("data")),
                        Map.of("exports", home.resolve("exports")),
                        null,
                        null,
                        null,
                        null,
                        null),
                home);
        this.database = ServiceDatabase.open(settings, folder);
        Ledger ledger = new Ledger(database, "host of " + state, clock);
        try {
            ledger.open();
        } catch (RuntimeException refused) {
            database.close(); // Its pool would go on trying, and write into the folder.
            throw refused;
        }
        this.schedules = new Schedules(home.resolve("jobs"), ledger, desk, roots, this::accept, clock, steady);
    }

    private RunDesk.Accepted accept(io.cellferry.launch.RunRequest run, String origin) {
        if (death == Death.BEFORE_ACCEPTING) {
            throw new Died();
        }
        if (death == Death.STANDING_BEFORE) {
            standStill();
        }
        RunDesk.Accepted one = desk.submit(run, origin);
        if (one.fresh()) {
            accepted.add(one.run().record().id());
        }
        if (death == Death.AFTER_ACCEPTING) {
            throw new Died();
        }
        if (death == Death.STANDING_AFTER) {
            standStill();
        }
        return one;
    }

    /// Until killed, or until the parent is gone.
    private static void standStill() {
        System.out.println(STANDING);
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().halt(1);
    }

    /// A process that launches what is due at a moment and stands still on the way. Arguments: home, where to stand.
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) {
            SettableClock clock = new SettableClock("2026-01-10T12:00:00Z");
            FollowingService service = new FollowingService(
                            Path.of(arguments[0]),
                            "state",
                            MachineSettings.NOTHING_SAID,
                            new SharedBatch(List.of(TinyExport.JOB)),
                            clock)
                    .dying(Death.valueOf(arguments[1]));
            service.schedules.turn();
            clock.set("2026-01-11T02:00:00Z");
            service.schedules.turn();
        }
    }

    FollowingService dying(Death when) {
        death = when;
        return this;
    }

    FollowingService working() {
        desk.start(1);
        return this;
    }

    JobFileState turn(String file) {
        schedules.turn();
        return state(file);
    }

    JobFileState state(String file) {
        return schedules.states().stream()
                .filter(one -> one.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    /// Waits until all that was accepted is done.
    void awaitAll() throws InterruptedException {
        for (String id : accepted) {
            for (long waited = 0;
                    !desk.find(id).orElseThrow().state().equals(RunState.DONE)
                            || desk.ticket(id).isPresent();
                    waited += 10) {
                if (waited > PATIENCE_MILLIS) {
                    throw new AssertionError(desk.find(id).toString());
                }
                Thread.sleep(10);
            }
        }
    }

    /// The process is gone without a word.
    void die() {
        database.close();
        desk.close();
    }

    @Override
    public void close() {
        schedules.close();
        die();
    }
}
