package io.cellferry.jobs;

import io.cellferry.failure.RoomExhausted;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Shares the work memory of one run among its workers.
///
/// A worker asks for all it may need before it starts and gives it back when it is done; with less memory fewer work
/// at once, and the result is the same. First come, first served, so a big request is not starved by small ones.
public final class MemoryBudget {

    private static final int UNIT_BYTES = 1 << 16;

    private final int units;
    private final Semaphore free;
    private final AtomicInteger pinned = new AtomicInteger();

    public MemoryBudget(long bytes) {
        this.units = Math.toIntExact(Math.min(bytes / UNIT_BYTES, Integer.MAX_VALUE));
        this.free = new Semaphore(units, true);
    }

    public long bytes() {
        return (long) units * UNIT_BYTES;
    }

    /// Waits for `bytes` and holds them until the lease is closed; refuses what can never fit.
    public Lease take(long bytes, String purpose) {
        int wanted = possible(bytes, purpose);
        free.acquireUninterruptibly(wanted);
        return new Lease(wanted);
    }

    /// Holds `bytes` for the rest of the run: what the run keeps open as long as it works. Ask before any worker
    /// starts, so that nobody waits for memory that never comes back.
    public void pin(long bytes, String purpose) {
        int wanted = possible(bytes, purpose);
        free.acquireUninterruptibly(wanted);
        pinned.addAndGet(wanted);
    }

    private int possible(long bytes, String purpose) {
        long wanted = Math.ceilDiv(bytes, UNIT_BYTES);
        long most = units - pinned.get();
        if (wanted > most) {
            long missing = (wanted - most) * UNIT_BYTES;
            throw new RoomExhausted(
                    "%s needs %,d MB at a time, but only %,d MB are left for work."
                            .formatted(purpose, bytes >> 20, most * UNIT_BYTES >> 20),
                    "Run the same command again with %,d MB more --memory.".formatted((missing >> 20) + 1));
        }
        return (int) wanted;
    }

    /// Memory held by one worker.
    public final class Lease implements AutoCloseable {
        private final int held;
        private boolean given;

        private Lease(int held) {
            this.held = held;
        }

        @Override
        public void close() {
            if (!given) {
                given = true;
                free.release(held);
            }
        }
    }
}
