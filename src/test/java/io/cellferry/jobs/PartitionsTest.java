package io.cellferry.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.jobs.Partitions.Partition;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Partitions hold every unit once, in order, are few, end with single units, and are named by what they begin with.
class PartitionsTest {

    private static final int[] WORKERS = {1, 2, 3, 8, 32, 128};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32, 33, 499, 500, 501, 999, 1000, 1001, 4000, 4001, 123_456})
    void everyUnitIsInOnePartitionInOrder(int units) {
        List<Integer> all = IntStream.range(0, units).boxed().toList();
        for (int workers : WORKERS) {
            holdsAllInOrder(Partitions.of(all, workers, "unit-%06d"::formatted), all);
            holdsAllInOrder(Partitions.ofAlike(all, workers, "unit-%06d"::formatted), all);
        }
        holdsAllInOrder(Partitions.each(all, "unit-%06d"::formatted), all);
    }

    private static void holdsAllInOrder(List<Partition<Integer>> partitions, List<Integer> all) {
        assertThat(partitions.stream().flatMap(one -> one.units().stream())).containsExactlyElementsOf(all);
        assertThat(partitions).extracting(Partition::name).doesNotHaveDuplicates();
        assertThat(partitions).allSatisfy(one -> assertThat(one.name())
                .isEqualTo("unit-%06d".formatted(one.units().getFirst())));
        assertThat(partitions).hasSizeLessThanOrEqualTo(2 * Partitions.MANY);
        Partition<Integer> last = partitions.getLast();
        assertThat(Partitions.units(partitions, last.name())).isEqualTo(last.units());
    }

    @Test
    void sharesOfWhatIsLeftGoTogetherAndTheLastUnitsAreAlone() {
        assertThat(sizes(55, 2)).containsExactly(8, 8, 8, 8, 6, 5, 3, 3, 2, 1, 1, 1, 1);
        assertThat(sizes(8, 2)).containsExactly(2, 2, 1, 1, 1, 1);
        assertThat(sizes(4, 2)).containsExactly(1, 1, 1, 1);
        assertThat(sizes(64, 8)).startsWith(4, 4, 4, 4, 3).endsWith(1, 1, 1, 1, 1, 1, 1, 1);
    }

    /// As long as with single units, if all take equally long.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 55, 64, 100, 500, 1000})
    void alikeUnitsTakeNoLongerTogether(int units) {
        for (int workers : WORKERS) {
            assertThat(longest(ofAlike(units, workers), workers, unit -> 1))
                    .as("%d units, %d workers", units, workers)
                    .isEqualTo(Math.ceilDiv(units, workers));
        }
    }

    /// A fifth longer at most than with single units.
    @Test
    void unitsOfWhichTheFirstAreLongAreSpread() {
        List<Integer> all = IntStream.range(0, 64).boxed().toList();
        IntUnaryOperator densestFirst = unit -> 1000 / (1 + unit);
        for (int workers : WORKERS) {
            long alone = longest(Partitions.each(all, String::valueOf), workers, densestFirst);

            assertThat(longest(Partitions.of(all, workers, String::valueOf), workers, densestFirst))
                    .as("%d workers", workers)
                    .isLessThanOrEqualTo(alone + alone / 5);
        }
    }

    /// How long workers of equal speed take that begin with the next partition when they have finished one.
    private static long longest(List<Partition<Integer>> partitions, int workers, IntUnaryOperator time) {
        long[] busyUntil = new long[workers];
        for (Partition<Integer> partition : partitions) {
            Arrays.sort(busyUntil);
            busyUntil[0] +=
                    partition.units().stream().mapToInt(time::applyAsInt).sum();
        }
        return Arrays.stream(busyUntil).max().orElseThrow();
    }

    @Test
    void unitsThatDifferAreAloneUntilThereAreManyForEachWorker() {
        List<Integer> all = IntStream.range(0, 100).boxed().toList();

        assertThat(Partitions.of(all.subList(0, 16), 2, String::valueOf)).hasSize(16);
        assertThat(Partitions.of(all, 2, String::valueOf)).hasSizeBetween(35, 50);
        assertThat(Partitions.of(all, 16, String::valueOf)).hasSize(100);
    }

    @Test
    void whatIsToBeginInOrderIsAlone() {
        List<Integer> all = IntStream.range(0, 499).boxed().toList();
        assertThat(Partitions.each(all, String::valueOf))
                .hasSize(499)
                .allMatch(one -> one.units().size() == 1);
        assertThat(Partitions.each(IntStream.range(0, 1000).boxed().toList(), String::valueOf))
                .hasSize(Partitions.MANY);
    }

    @Test
    void asManyAsEightGoTogetherUntilThereWouldBeTooMany() {
        assertThat(sizes(1000, 2)).hasSizeLessThan(140).allMatch(size -> size <= 8);
        assertThat(sizes(100_000, 2)).hasSizeLessThan(520).allMatch(size -> size <= 200);
    }

    @Test
    void moreWorkersThanAnyMachineHas() {
        assertThat(ofAlike(100, Integer.MAX_VALUE)).hasSize(100);
        assertThat(Partitions.of(List.of(1, 2, 3), Integer.MAX_VALUE, String::valueOf))
                .hasSize(3);
    }

    private static List<Partition<Integer>> ofAlike(int units, int workers) {
        return Partitions.ofAlike(IntStream.range(0, units).boxed().toList(), workers, String::valueOf);
    }

    private static List<Integer> sizes(int units, int workers) {
        return ofAlike(units, workers).stream()
                .map(partition -> partition.units().size())
                .toList();
    }

    @Test
    void noUnitsMakeNoPartitions() {
        assertThat(Partitions.of(List.<Integer>of(), 2, String::valueOf)).isEmpty();
    }

    @Test
    void aNameThatThePlanDoesNotKnowIsADefect() {
        assertThatThrownBy(() -> Partitions.units(Partitions.each(List.of(1), String::valueOf), "2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no partition 2");
    }
}
