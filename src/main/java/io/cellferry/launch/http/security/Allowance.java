package io.cellferry.launch.http.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// So many turns a minute for each name, given back evenly; as many at once after a quiet minute.
///
/// Remembers at most [#MOST_NAMES] names, about 1 MB; the one unused for longest is forgotten first and starts afresh.
final class Allowance {

    private static final int MOST_NAMES = 10_000;
    private static final double NANOS_A_MINUTE = 60e9;

    private final int aMinute;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_NAMES;
        }
    };

    private record Bucket(double turns, long at) {}

    Allowance(int aMinute, LongSupplier nanoTime) {
        this.aMinute = aMinute;
        this.nanoTime = nanoTime;
    }

    /// Whether `name` has a turn left; takes it.
    synchronized boolean take(String name) {
        long now = nanoTime.getAsLong();
        double turns = turns(name, now);
        buckets.put(name, new Bucket(turns >= 1 ? turns - 1 : turns, now));
        return turns >= 1;
    }

    /// How long until the next turn.
    synchronized Duration wait(String name) {
        double missing = Math.max(0, 1 - turns(name, nanoTime.getAsLong()));
        return Duration.ofNanos((long) (missing * NANOS_A_MINUTE / aMinute));
    }

    private double turns(String name, long now) {
        Bucket bucket = buckets.get(name);
        return bucket == null
                ? aMinute
                : Math.min(aMinute, bucket.turns() + (now - bucket.at()) * aMinute / NANOS_A_MINUTE);
    }
}
