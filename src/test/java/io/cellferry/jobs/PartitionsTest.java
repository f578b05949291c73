package io.cellferry.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.jobs.Partitions.Partition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Partitions hold every unit once, in order, are few, end with small ones, and are named by what they begin with.
class PartitionsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32, 33, 499, 500, 501, 999, 1000, 1001, 4000, 4001, 123_456})
    void everyUnitIsInOnePartitionInOrder(int units) {
        List<Integer> all = IntStream.range(0, units).boxed().toList();

        List<Partition<Integer>> partitions = Partitions.of(all, "unit-%06d"::formatted);

        // The last ones are small, which makes some more of them.
        assertThat(partitions).hasSizeLessThanOrEqualTo(Partitions.MANY + 50);
        assertThat(partitions.stream().flatMap(one -> one.units().stream())).containsExactlyElementsOf(all);
        assertThat(partitions).extracting(Partition::name).doesNotHaveDuplicates();
        assertThat(partitions).allSatisfy(one -> {
            assertThat(one.name()).isEqualTo("unit-%06d".formatted(one.units().getFirst()));
            assertThat(Partitions.units(partitions, one.name())).isEqualTo(one.units());
        });
    }

    @Test
    void fewUnitsHaveAPartitionEach() {
        assertThat(sizes(Partitions.ALONE)).hasSize(Partitions.ALONE).containsOnly(1);
    }

    @Test
    void moreUnitsGoTogetherAndTheLastOnesAreSmall() {
        assertThat(sizes(33)).startsWith(2, 2, 2).endsWith(2, 1, 1, 1).hasSize(18);
        assertThat(sizes(100)).startsWith(4, 4, 4).endsWith(4, 3, 3, 2, 1, 1, 1, 1);
    }

    @Test
    void whatIsToBeginInOrderIsAlone() {
        List<Integer> all = IntStream.range(0, 499).boxed().toList();
        assertThat(Partitions.each(all, String::valueOf))
                .hasSize(499)
                .allMatch(one -> one.units().size() == 1);
        assertThat(Partitions.each(IntStream.range(0, 1000).boxed().toList(), String::valueOf))
                .hasSizeLessThanOrEqualTo(Partitions.MANY + 50);
    }

    @Test
    void asManyAsEightGoTogetherUntilThereWouldBeTooMany() {
        assertThat(sizes(1000)).hasSizeLessThan(140).contains(8).allMatch(size -> size <= 8);
        assertThat(sizes(100_000)).contains(200).allMatch(size -> size <= 200);
    }

    private static List<Integer> sizes(int units) {
        return Partitions.of(IntStream.range(0, units).boxed().toList(), String::valueOf).stream()
                .map(partition -> partition.units().size())
                .toList();
    }

    @Test
    void noUnitsMakeNoPartitions() {
        assertThat(Partitions.of(List.<Integer>of(), String::valueOf)).isEmpty();
    }

    @Test
    void aNameThatThePlanDoesNotKnowIsADefect() {
        assertThatThrownBy(() -> Partitions.units(Partitions.of(List.of(1), String::valueOf), "2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no partition 2");
    }
}
