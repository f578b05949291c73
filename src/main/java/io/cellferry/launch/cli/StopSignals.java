package io.cellferry.launch.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Ctrl-C, SIGTERM and a terminal that closes (SIGHUP, unless `nohup` has it ignored) ask the run to stop at the next
/// unit; a second one ends the process at once, which is as safe as any crash.
///
/// A shutdown hook would not do: by then the exit code is decided by the signal and the database is being closed.
final class StopSignals implements AutoCloseable {

    private static final int STOPPED = 130;

    private final CountDownLatch first = new CountDownLatch(1);
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Map<Signal, SignalHandler> former = new LinkedHashMap<>();

    private StopSignals(Console console) {
        SignalHandler handler = signal -> {
            if (asked.getAndSet(true)) {
                Runtime.getRuntime().halt(STOPPED);
            }
            console.messages().println("\ncellferry: stopping at the next unit; once more to end at once");
            first.countDown();
        };
        for (String name : List.of("INT", "TERM", "HUP")) {
            Signal signal = new Signal(name);
            former.put(signal, Signal.handle(signal, handler));
        }
    }

    static StopSignals listen(Console console) {
        return new StopSignals(console);
    }

    boolean asked() {
        return asked.get();
    }

    /// Waits for the first of them.
    void await() throws InterruptedException {
        first.await();
    }

    @Override
    public void close() {
        former.forEach(Signal::handle);
    }
}
