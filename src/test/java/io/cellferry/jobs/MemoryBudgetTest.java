package io.cellferry.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cellferry.failure.RoomExhausted;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The budget is never exceeded, nobody who can be served waits for ever, and who can never be served is told at once.
class MemoryBudgetTest {

    private static final long MEGABYTE = 1L << 20;

    @Test
    void leasesNeverExceedTheBudget() throws Exception {
        MemoryBudget budget = new MemoryBudget(10 * MEGABYTE);
        AtomicLong held = new AtomicLong();
        AtomicLong most = new AtomicLong();
        List<Future<?>> workers = new ArrayList<>();

        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (int worker = 0; worker < 8; worker++) {
                Random random = new Random(worker);
                workers.add(pool.submit(() -> {
                    for (int turn = 0; turn < 500; turn++) {
                        long bytes = random.nextLong(10 * MEGABYTE) + 1;
                        try (MemoryBudget.Lease lease = budget.take(bytes, "test")) {
                            most.accumulateAndGet(held.addAndGet(bytes), Math::max);
                            Thread.yield();
                            held.addAndGet(-bytes);
                        }
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }

        assertThat(most.get()).isBetween(1L, 10 * MEGABYTE);
        budget.take(10 * MEGABYTE, "everything, given back by all").close();
    }

    @Test
    void whatNeverFitsIsRefusedWithTheMissingAmount() {
        MemoryBudget budget = new MemoryBudget(10 * MEGABYTE);

        RoomExhausted refused =
                catchThrowableOfType(RoomExhausted.class, () -> budget.take(13 * MEGABYTE, "Writing genes"));

        assertThat(refused).hasMessage("Writing genes needs 13 MB at a time, but only 10 MB are left for work.");
        assertThat(refused.remedy()).isEqualTo("Run the same command again with 4 MB more --memory.");
        assertThat(refused.exitCode()).isEqualTo(75);
    }

    @Test
    void whatIsPinnedIsNotThereForOthers() {
        MemoryBudget budget = new MemoryBudget(10 * MEGABYTE);
        budget.pin(4 * MEGABYTE, "row starts");

        budget.take(6 * MEGABYTE, "a worker").close();
        assertThatThrownBy(() -> budget.take(6 * MEGABYTE + 1, "a worker"))
                .isInstanceOf(RoomExhausted.class)
                .hasMessageContaining("only 6 MB are left");
        assertThatThrownBy(() -> budget.pin(7 * MEGABYTE, "more")).isInstanceOf(RoomExhausted.class);
    }

    @Test
    void aLeaseGivenBackTwiceGivesOnce() {
        MemoryBudget budget = new MemoryBudget(2 * MEGABYTE);
        MemoryBudget.Lease lease = budget.take(MEGABYTE, "test");
        lease.close();
        lease.close();

        // Were two given back, three would fit now.
        MemoryBudget.Lease all = budget.take(2 * MEGABYTE, "test");
        assertThat(budget.bytes()).isEqualTo(2 * MEGABYTE);
        assertThatThrownBy(() -> budget.take(3 * MEGABYTE, "test")).isInstanceOf(RoomExhausted.class);
        all.close();
    }

    @Test
    void aBigRequestIsNotStarvedByLaterSmallOnes() throws Exception {
        MemoryBudget budget = new MemoryBudget(10 * MEGABYTE);
        MemoryBudget.Lease first = budget.take(5 * MEGABYTE, "first");
        List<String> served = java.util.Collections.synchronizedList(new ArrayList<>());
        Thread big = Thread.ofPlatform().start(() -> hold(budget, 10 * MEGABYTE, "big", served));
        awaitWaiting(big);
        Thread small = Thread.ofPlatform().start(() -> hold(budget, MEGABYTE, "small", served));
        awaitWaiting(small);
        assertThat(served)
                .as("the small one waits behind the big one, though it would fit")
                .isEmpty();

        first.close();
        big.join();
        small.join();
        assertThat(served).containsExactly("big", "small");
    }

    private static void hold(MemoryBudget budget, long bytes, String name, List<String> served) {
        try (MemoryBudget.Lease lease = budget.take(bytes, name)) {
            served.add(name);
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
