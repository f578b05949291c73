package io.cellferry.cellucid.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is found without sorting, or by sorting digit by digit, is what comparing would find, to the last bit.
class SortingTest {

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void theValueAtAPlaceIsTheOneThatSortingPutsThere() {
        double[] values = new double[5000];
        for (int at = 0; at < values.length; at++) {
            values[at] = switch (random.nextInt(8)) {
                case 0 -> random.nextInt(3) - 1.0;
                case 1 -> -0.0;
                case 2 -> random.nextDouble() * Double.MIN_NORMAL;
                case 3 -> Double.longBitsToDouble(random.nextLong());
                default -> random.nextGaussian();
            };
        }
        double[] sorted = Arrays.copyOfRange(values, 7, values.length);
        Arrays.sort(sorted);

        RankedValue ranked = new RankedValue();
        for (int rank = 0; rank < sorted.length; rank += 1 + random.nextInt(40)) {
            assertThat(Double.doubleToLongBits(ranked.of(values, 7, sorted.length, rank)))
                    .as("rank %d, seed %d", rank, seed)
                    .isEqualTo(Double.doubleToLongBits(sorted[rank]));
        }
    }

    @Test
    void quantilesOfManyValuesAreThoseOfTheSortedOnes() {
        for (int count : new int[] {4095, 4096, 10_001}) {
            double[] values = random.doubles(count).toArray();
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            for (double quantile : new double[] {0.51, 0.95, 0.99999, 1}) {
                double position = (count - 1) * quantile;
                int below = Math.min((int) position, count - 1);
                int above = Math.min(below + 1, count - 1);

                assertThat(LinearQuantile.of(values.clone(), 0, count, quantile, Precision.DOUBLE))
                        .as("%s of %d, seed %d", quantile, count, seed)
                        .isBetween(sorted[below], sorted[above]);
            }
            assertThat(LinearQuantile.of(values, 0, count, 0.5, Precision.DOUBLE))
                    .isEqualTo(
                            count % 2 == 1
                                    ? sorted[count / 2]
                                    : sorted[count / 2] - (sorted[count / 2] - sorted[count / 2 - 1]) * 0.5);
        }
    }

    @Test
    void ranksAreSharesOfMembersAtMostAsFar() {
        // Few and many members, distances that many share, a member so far away that its distance overflows.
        int[] sizes = {0, 1, 30, 511, 512, 3000};
        int cells = 5000;
        int[] codes = new int[cells];
        double[] values = new double[cells * 2];
        for (int cell = 0; cell < cells; cell++) {
            codes[cell] = group(sizes, cell);
            values[2 * cell] = random.nextInt(4) == 0 ? random.nextInt(5) : (float) random.nextGaussian();
            values[2 * cell + 1] = random.nextInt(4) == 0 ? 1 : (float) random.nextGaussian();
        }
        shuffle(codes);
        int far = 0;
        while (codes[far] != 3) {
            far++;
        }
        values[2 * far] = 3e38;
        TwoColumns points = new TwoColumns(values, Precision.SINGLE);
        CellGroups groups = new CellGroups(codes, sizes.length);

        float[] ranks = LatentRanks.of(points, groups, 10);

        Distances distances = Distances.of(points, groups, GroupMeans.of(points, groups, cell -> true));
        for (int cell = 0; cell < cells; cell++) {
            float expected = Float.NaN;
            if (codes[cell] >= 0 && groups.members(codes[cell]) >= 10) {
                int atMost = 0;
                for (int other = 0; other < cells; other++) {
                    if (codes[other] == codes[cell] && distances.of(other) <= distances.of(cell)) {
                        atMost++;
                    }
                }
                expected = (float) atMost / (float) groups.members(codes[cell]);
            }
            assertThat(Float.floatToIntBits(ranks[cell]))
                    .as("cell %d, seed %d", cell, seed)
                    .isEqualTo(Float.floatToIntBits(expected));
        }
        assertThat(distances.of(far)).as("seed %d", seed).isInfinite();
    }

    @Test
    void distancesThatAreNoNumbersAreAtLeastAsGreatAsNone() {
        double[] values = new double[2 * 20];
        values[0] = 3e38;
        values[2] = 3e38;
        values[4] = -3e38;
        values[6] = -3e38;
        TwoColumns points = new TwoColumns(values, Precision.SINGLE);
        int[] codes = new int[20];
        values[8] = Float.NaN;
        CellGroups groups = new CellGroups(codes, 1);

        // The mean is no number, so no distance is one.
        assertThat(LatentRanks.of(points, groups, 1)).containsOnly(0f);
    }

    @Test
    void ranksAreTakenOfFloats() {
        TwoColumns points = new TwoColumns(new double[4], Precision.DOUBLE);

        assertThatThrownBy(() -> LatentRanks.of(points, new CellGroups(new int[2], 1), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// The first cells fill the groups in order, the rest has none.
    private static int group(int[] sizes, int cell) {
        int end = 0;
        for (int group = 0; group < sizes.length; group++) {
            end += sizes[group];
            if (cell < end) {
                return group;
            }
        }
        return -1;
    }

    private void shuffle(int[] codes) {
        for (int at = codes.length - 1; at > 0; at--) {
            int other = random.nextInt(at + 1);
            int kept = codes[at];
            codes[at] = codes[other];
            codes[other] = kept;
        }
    }

    private record TwoColumns(double[] values, Precision precision) implements Points {

        @Override
        public int cells() {
            return values.length / 2;
        }

        @Override
        public int columns() {
            return 2;
        }

        @Override
        public void visit(BlockVisitor visitor) {
            for (int from = 0; from < cells(); from += 100) {
                int to = Math.min(cells(), from + 100);
                visitor.block(from, to - from, Arrays.copyOfRange(values, 2 * from, 2 * to));
            }
        }
    }
}
