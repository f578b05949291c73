package io.cellferry.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Groups the units of a step into partitions of the job repository.
///
/// A partition costs some thirteen commits: 3 ms on H2 and 4 ms on PostgreSQL once everything is compiled, several
/// times that in a run of seconds. So units go together where that leaves enough partitions for 32 processors, and the
/// last ones are small again, so that nobody waits long for the longest. Finer progress stands in the journal. Grouping
/// depends on the number of units alone, which the plan fixes, so names are the same on every machine.
public final class Partitions {

    /// Up to so many units have a partition each.
    static final int ALONE = 32;
    /// As many go together at most, until there would be too many partitions.
    static final int TOGETHER = 8;
    /// About as many partitions as a step may have, however many units there are.
    static final int MANY = 500;
    /// A partition takes at most one in so many of the units that are left.
    private static final int SHARES = 4;

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
        return cut(units, name, Math.min(TOGETHER, Math.ceilDiv(units.size(), ALONE)));
    }

    /// For units that workers should begin with in the order of the plan, one after the other: those that share what
    /// is made anew for each group of them. A partition each, until there would be too many.
    public static <U> List<Partition<U>> each(List<U> units, Function<U, String> name) {
        return cut(units, name, 1);
    }

    private static <U> List<Partition<U>> cut(List<U> units, Function<U, String> name, int wanted) {
        int together = Math.max(wanted, Math.ceilDiv(units.size(), MANY));
        List<Partition<U>> partitions = new ArrayList<>();
        int from = 0;
        while (from < units.size()) {
            int size = Math.min(together, Math.ceilDiv(units.size() - from, SHARES));
            List<U> some = units.subList(from, from + size);
            partitions.add(new Partition<>(name.apply(some.getFirst()), some));
            from += size;
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
