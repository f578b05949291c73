package io.cellferry.jobs.variablegenes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.hvg.BatchRange;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Batches are scored together so that the matrix is read through soonest, not so that most workers are at it.
class HvgPlannerTest {

    private static List<BatchRange> slices(int count) {
        return IntStream.range(0, count)
                .mapToObj(slice -> new BatchRange(slice, slice + 1))
                .toList();
    }

    @Test
    void fewerWorkersThatReadLessOftenAreSoonerDone() {
        IntFunction<List<BatchRange>> slicesOf = workers -> slices(
                switch (workers) {
                    case 1 -> 3;
                    case 2 -> 4;
                    default -> 50;
                });

        assertThat(HvgPlanner.quickest(8, slicesOf)).hasSize(4);
        assertThat(HvgPlanner.quickest(1, slicesOf)).hasSize(3);
    }

    @Test
    void whereOneReadingIsEnoughAllWorkersAreAtIt() {
        int[] asked = {0};

        assertThat(HvgPlanner.quickest(8, workers -> {
                    asked[0] = Math.max(asked[0], workers);
                    return slices(1);
                }))
                .hasSize(1);
        assertThat(asked[0]).isEqualTo(8);
    }
}
