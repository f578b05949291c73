package io.cellferry.launch.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Ctrl-C and SIGTERM ask the run to stop at the next unit; a second one ends the process at once, which is as safe
/// as any crash.
///
/// A shutdown hook would not do: by then the exit code is decided by the signal and the database is being closed.
final class StopSignals implements AutoCloseable {

    private static final int STOPPED = 130;

    private final CountDownLatch first = new CountDownLatch(1);
    private final AtomicBoolean asked = new AtomicBoolean();
    private final SignalHandler formerInterrupt;
    private final SignalHandler formerTerminate;

    private StopSignals(Console console) {
        SignalHandler handler = signal -> {
            if (asked.getAndSet(true)) {
                Runtime.getRuntime().halt(STOPPED);
            }
            console.messages().println("\ncellferry: stopping at the next unit; once more to end at once");
            first.countDown();
        };
        formerInterrupt = Signal.handle(new Signal("INT"), handler);
        formerTerminate = Signal.handle(new Signal("TERM"), handler);
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
        Signal.handle(new Signal("INT"), formerInterrupt);
        Signal.handle(new Signal("TERM"), formerTerminate);
    }
}
