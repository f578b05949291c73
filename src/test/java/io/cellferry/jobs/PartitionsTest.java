package io.cellferry.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.jobs.Partitions.Partition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Partitions hold every unit once, in order, are few, and are named by what they begin with.
class PartitionsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 499, 500, 501, 999, 1000, 1001, 123_456})
    void everyUnitIsInOnePartitionInOrder(int units) {
        List<Integer> all = IntStream.range(0, units).boxed().toList();

        List<Partition<Integer>> partitions = Partitions.of(all, "unit-%06d"::formatted);

        assertThat(partitions).hasSizeLessThanOrEqualTo(Partitions.MOST);
        assertThat(partitions.stream().flatMap(one -> one.units().stream())).containsExactlyElementsOf(all);
        assertThat(partitions).extracting(Partition::name).doesNotHaveDuplicates();
        assertThat(partitions).allSatisfy(one -> {
            assertThat(one.name()).isEqualTo("unit-%06d".formatted(one.units().getFirst()));
            assertThat(Partitions.units(partitions, one.name())).isEqualTo(one.units());
        });
    }

    @Test
    void upToTheMostEachUnitHasItsOwn() {
        assertThat(Partitions.of(IntStream.range(0, 500).boxed().toList(), String::valueOf))
                .hasSize(500);
        // 501 units go two by two: 250 pairs and one alone.
        assertThat(Partitions.of(IntStream.range(0, 501).boxed().toList(), String::valueOf))
                .hasSize(251);
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
