package io.cellferry.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Groups the units of a step into partitions of the job repository.
///
/// A partition costs some thirteen commits: 3 ms on H2 and 4 ms on PostgreSQL once everything is compiled, several
/// times that in a run of seconds. So units go together as far as that keeps all workers busy: the first partitions
/// take most, each a share of the units that are left, and the last are single units, so that nobody waits long for
/// the longest. Finer progress stands in the journal, which knows units only: another attempt may have other workers
/// and other partitions.
public final class Partitions {

    /// As many go together at most, until there would be too many partitions.
    static final int TOGETHER = 8;
    /// With so many units the last ones are single; a step of any more has twice as many partitions at most.
    static final int MANY = 500;
    /// One of so many shares of what is left, for each worker, goes to a partition of units that take equally long.
    private static final int SHARES = 2;
    /// The same for units of which a few may take as long as all others.
    private static final int SMALL_SHARES = 8;

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

    /// For units that take about equally long: blocks, ranges of values, superblocks.
    public static <U> List<Partition<U>> ofAlike(List<U> units, int workers, Function<U, String> name) {
        return cut(units, name, TOGETHER, SHARES * Math.min(workers, MANY));
    }

    /// For units that may take very different times: annotations, ranges of genes.
    public static <U> List<Partition<U>> of(List<U> units, int workers, Function<U, String> name) {
        return cut(units, name, TOGETHER, SMALL_SHARES * Math.min(workers, MANY));
    }

    /// For units that workers should begin with in the order of the plan, one after the other: those that share what
    /// is made anew for each group of them. A partition each, until there would be too many.
    public static <U> List<Partition<U>> each(List<U> units, Function<U, String> name) {
        return cut(units, name, 1, 1);
    }

    private static <U> List<Partition<U>> cut(List<U> units, Function<U, String> name, int wanted, int shares) {
        int most = Math.max(wanted, Math.ceilDiv(units.size(), MANY));
        int least = Math.ceilDiv(units.size(), 2 * MANY);
        List<Partition<U>> partitions = new ArrayList<>();
        int from = 0;
        while (from < units.size()) {
            int left = units.size() - from;
            int size = Math.min(left, Math.clamp(Math.ceilDiv(left, shares), least, most));
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
