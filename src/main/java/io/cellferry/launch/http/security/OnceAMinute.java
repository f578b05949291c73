package io.cellferry.launch.http.security;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Says yes at most once a minute: strangers shall not fill the log with what they cause.
final class OnceAMinute {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong last = new AtomicLong(System.nanoTime() - MINUTE);

    boolean now() {
        long now = System.nanoTime();
        long before = last.get();
        return now - before >= MINUTE && last.compareAndSet(before, now);
    }
}
