package io.cellferry.launch.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// So many turns a minute for each name, and no more.
class AllowanceTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // Clocks of this kind may wrap around.
    private final Allowance allowance = new Allowance(60, nanos::get);

    @Test
    void turnsEndAndComeBackEvenly() {
        assertThat(taken("a", 100)).isEqualTo(60);
        assertThat(allowance.wait("a")).isBetween(Duration.ofMillis(999), Duration.ofSeconds(1));
        nanos.addAndGet(10_000_000_000L);
        assertThat(taken("a", 100)).isEqualTo(10);
        nanos.addAndGet(3_600_000_000_000L);
        assertThat(taken("a", 100)).isEqualTo(60);
    }

    @Test
    void namesDoNotShareTurns() {
        taken("a", 100);

        assertThat(allowance.take("b")).isTrue();
    }

    @Test
    void manyNamesDoNotFillTheMemory() {
        for (int i = 0; i < 20_000; i++) {
            allowance.take("name " + i);
        }
        taken("last", 100);
        assertThat(allowance.take("last")).isFalse();
    }

    private int taken(String name, int asked) {
        int taken = 0;
        for (int i = 0; i < asked; i++) {
            taken += allowance.take(name) ? 1 : 0;
        }
        return taken;
    }
}
