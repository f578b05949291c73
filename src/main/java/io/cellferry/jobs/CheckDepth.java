package io.cellferry.jobs;

/// How much `verify` reads: names and sizes, a seeded share of all payloads, or every byte.
public sealed interface CheckDepth {

    record Quick() implements CheckDepth {}

    /// `percent` of the payload files, at least one, chosen by a fixed seed.
    record Sample(double percent) implements CheckDepth {
        public Sample {
            if (!(percent > 0 && percent <= 100)) {
                throw new IllegalArgumentException("a sample is more than 0 and at most 100 percent, not " + percent);
            }
        }
    }

    record Full() implements CheckDepth {}
}
