package io.cellferry.restart;

import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.MachineSettings;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.RunStarter;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A process of its own that exports and stands still before one of its units, so that it can be killed there.
///
/// Arguments: input, output, state folder, the unit to stand still before (counted from 0), and the address of the job
/// repository if it is not the embedded one.
final class ExportChild {

    /// What it says when it stands still.
    static final String STANDING = "standing still";

    private ExportChild() {}

    public static void main(String[] arguments) {
        int standBefore = Integer.parseInt(arguments[3]);
        Optional<String> url = arguments.length > 4 ? Optional.of(arguments[4]) : Optional.empty();
        AtomicInteger unit = new AtomicInteger();
        RunOutcome outcome = starter(Path.of(arguments[2]), url)
                .start(
                        TinyExport.request(Path.of(arguments[0]), Path.of(arguments[1])),
                        TinyExport.room(2),
                        new RunProgress(),
                        () -> {
                            if (unit.getAndIncrement() == standBefore) {
                                standStill();
                            }
                            return false;
                        },
                        (id, resumed, kept, log) -> {});
        System.out.println("ended " + outcome);
    }

    /// With a framework of its own for each run, as the program starts it.
    static RunStarter starter(Path state, Optional<String> url) {
        MachineSettings settings = new MachineSettings(
                null,
                null,
                null,
                null,
                url.map(said -> new MachineSettings.Repository(said, "postgres", "postgres"))
                        .orElse(null),
                null);
        return new RunStarter(
                new RunFolders(new RealDisk()),
                StateFolder.open(new RealDisk(), state),
                settings,
                List.of(TinyExport.JOB),
                Clock.systemUTC());
    }

    /// Until killed, or until the parent is gone.
    static void standStill() {
        System.out.println(STANDING);
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().halt(1);
    }
}
