package io.cellferry.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Groups the units of a step into partitions of the job repository.
///
/// A partition costs some thirteen commits, so there are at most [#MOST]; finer progress stands in the journal.
/// Grouping depends on the number of units alone, which the plan fixes, so names are the same on every machine.
public final class Partitions {

    /// The repository's cost grows linearly with partitions: 3 ms each on H2, 4 ms on PostgreSQL.
    public static final int MOST = 500;

    private Partitions() {}

    /// One partition of consecutive `units`, named by the first of them.
    public record Partition<U>(String name, List<U> units) {
        public Partition {
            units = List.copyOf(units);
        }

        /// The same partition of what `name` calls its units.
        public Partition<String> named(Function<? super U, String> unitName) {
            return new Partition<>(name, units.stream().map(unitName).toList());
        }
    }

    /// The same partitions of what `name` calls their units.
    public static <U> List<Partition<String>> named(List<Partition<U>> partitions, Function<? super U, String> name) {
        return partitions.stream().map(partition -> partition.named(name)).toList();
    }

    public static <U> List<Partition<U>> of(List<U> units, Function<U, String> name) {
        int together = Math.max(1, Math.ceilDiv(units.size(), MOST));
        List<Partition<U>> partitions = new ArrayList<>();
        for (int from = 0; from < units.size(); from += together) {
            List<U> some = units.subList(from, Math.min(units.size(), from + together));
            partitions.add(new Partition<>(name.apply(some.getFirst()), some));
        }
        return partitions;
    }

    /// The units of the partition called `name`.
    public static <U> List<U> units(List<Partition<U>> partitions, String name) {
        return partitions.stream()
                .filter(partition -> partition.name().equals(name))
                .findFirst()
                .map(Partition::units)
                .orElseThrow(() -> new IllegalStateException("the plan has no partition " + name));
    }
}
