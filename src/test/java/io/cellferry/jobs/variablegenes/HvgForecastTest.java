package io.cellferry.jobs.variablegenes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.hvg.BatchRange;
import io.cellferry.jobs.OptionValues;
import io.cellferry.matrix.CellRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// The time that is foretold grows with all that takes time: readings, sums on scratch, scores.
class HvgForecastTest {

    private static final int CELLS = 1_000_000;
    private static final int GENES = 60_000;
    private static final long VALUES = 2_000_000_000L;
    private static final int RANGES = 4;

    @Test
    void everyReadingTakesAsLong() {
        Duration once = forecast("seurat_v3", 48, 1, 2);

        // 2 G values x 25 ns by two threads are 25 s.
        assertThat(forecast("seurat_v3", 48, 2, 2)).isEqualTo(once.plusSeconds(25));
        assertThat(forecast("seurat_v3", 48, 48, 2)).isEqualTo(once.plusSeconds(47 * 25));
    }

    /// 1,000 batches x 60,000 genes x 92 bytes are 5.5 GB for each of four ranges, and as much when merged.
    @Test
    void sumsOfManyBatchesTakeLongerThanReading() {
        Duration few = forecast("seurat_v3", 1, 1, 2);
        Duration many = forecast("seurat_v3", 1000, 1, 2);

        assertThat(few).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(27));
        assertThat(many.minus(few)).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(15));
    }

    @Test
    void fitsTakeLongerThanBinsAndTwoPassesLongerThanOne() {
        assertThat(forecast("seurat_v3", 100, 1, 2)).isGreaterThan(forecast("seurat", 100, 1, 2));
        assertThat(forecast("pearson_residuals", 1, 1, 2)).isGreaterThan(forecast("seurat_v3", 1, 1, 2));
    }

    @Test
    void moreThreadsTakeLess() {
        assertThat(forecast("seurat_v3", 48, 4, 4)).isLessThan(forecast("seurat_v3", 48, 4, 2));
    }

    private static Duration forecast(String flavor, int batches, int slices, int threads) {
        List<BatchRange> readings = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
            readings.add(new BatchRange(slice * batches / slices, (slice + 1) * batches / slices));
        }
        List<CellRange> ranges = new ArrayList<>();
        for (int range = 0; range < RANGES; range++) {
            ranges.add(new CellRange(range * CELLS / RANGES, (range + 1) * CELLS / RANGES));
        }
        HvgPlan plan = new HvgPlan(
                "X",
                CELLS,
                GENES,
                batches,
                VALUES,
                0,
                92L * GENES,
                true,
                OptionalDouble.empty(),
                ranges,
                (long) batches * RANGES,
                readings,
                Optional.empty());
        OptionValues said = OptionValues.of(HvgRules.ALL, Map.of("flavor", List.of(flavor)));
        return HvgForecast.of(plan, HvgOptions.of("", said), threads);
    }
}
