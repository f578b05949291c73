package io.cellferry.launch.profile;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What a profile says, summed up. `allocatedBytes` is estimated from samples; each list begins with the greatest.
public record ProfileSummary(
        Path file,
        long allocatedBytes,
        List<Spot> allocations,
        long samples,
        List<Spot> processors,
        long collections,
        Duration paused,
        Duration longestPause,
        long peakResidentBytes) {

    public ProfileSummary {
        allocations = List.copyOf(allocations);
        processors = List.copyOf(processors);
    }

    /// A place in the code, how much of it there is (bytes, or samples), and its share of all, 0 to 1.
    public record Spot(String where, double amount, double share) {}
}
