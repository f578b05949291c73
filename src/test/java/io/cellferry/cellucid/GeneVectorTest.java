package io.cellferry.cellucid;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.cellucid.arithmetic.Quantizer;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.SparseColumn;
import io.cellferry.matrix.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/// The bytes and bounds of a gene made from its stored values are those of all its cells, one by one.
class GeneVectorTest {

    private static final int CELLS = 61;

    @Test
    void genesOfCounts() {
        check(random -> 1 + random.nextInt(9));
    }

    @Test
    void genesWithZerosOfBothSigns() {
        check(random -> random.nextInt(3) == 0 ? random.nextBoolean() ? 0.0 : -0.0 : random.nextInt(4));
    }

    @Test
    void genesBelowZero() {
        check(random -> random.nextGaussian());
    }

    @Test
    void genesWithNumbersThatFloatsCannotCarry() {
        double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -1e300, 1e-300, 1e-40};
        check(random -> random.nextInt(8) == 0 ? odd[random.nextInt(odd.length)] : random.nextDouble());
    }

    private static void check(ToDoubleFunction<Random> value) {
        for (int seed = 0; seed < 200; seed++) {
            for (Contract contract : Contract.values()) {
                for (Quantization quantization : Quantization.values()) {
                    check(new Random(seed), value, new ColumnEncoding(contract, quantization), seed);
                }
            }
        }
    }

    private static void check(Random random, ToDoubleFunction<Random> value, ColumnEncoding encoding, int seed) {
        SparseColumn column = new SparseColumn(ValueType.FLOAT64);
        column.reset(CELLS);
        boolean dense = random.nextInt(4) == 0;
        double filled = dense || random.nextInt(4) == 0 ? 1 : random.nextDouble();
        int stored = 0;
        float[] all = new float[CELLS];
        NarrowingCount expectedCount = new NarrowingCount(encoding.contract(), "gene");
        for (int cell = 0; cell < CELLS; cell++) {
            if (random.nextDouble() < filled) {
                double one = value.applyAsDouble(random);
                column.cells()[stored] = cell;
                column.values().eight()[stored++] = Double.doubleToRawLongBits(one);
                expectedCount.look(cell, one, (float) one);
                all[cell] = dense ? (float) one : 0.0f + (float) one;
            }
        }
        column.truncate(stored);

        NarrowingCount count = new NarrowingCount(encoding.contract(), "gene");
        GeneVector vector = new GeneVector(encoding, CELLS, dense);
        vector.narrow(column, count);
        Optional<Bounds> bounds = vector.encode(column);

        assertThat(refusal(count)).as("seed %d", seed).isEqualTo(refusal(expectedCount));
        Optional<Quantizer> quantizer = quantizer(all, encoding);
        // Bounds compare by their bits: a reader sees which of the two zeros it is.
        assertThat(bounds).as("seed %d", seed).isEqualTo(quantizer.map(Quantizer::bounds));
        assertThat(vector.bytes())
                .as("seed %d", seed)
                .isEqualTo(bytes(all, quantizer, encoding.quantization().bytes()));
    }

    private static Optional<Quantizer> quantizer(float[] all, ColumnEncoding encoding) {
        if (!encoding.quantization().quantizes()) {
            return Optional.empty();
        }
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : all) {
            if (Float.isFinite(value)) {
                low = value < low ? value : low;
                high = value > high ? value : high;
            }
        }
        return Optional.of(encoding.quantizer(low, high));
    }

    private static byte[] bytes(float[] all, Optional<Quantizer> quantizer, int width) {
        ByteBuffer bytes = ByteBuffer.allocate(CELLS * width).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : all) {
            int code = quantizer.map(some -> some.code(value)).orElse(0);
            switch (width) {
                case 1 -> bytes.put((byte) code);
                case 2 -> bytes.putShort((short) code);
                default -> bytes.putFloat(value);
            }
        }
        return bytes.array();
    }

    private static String refusal(NarrowingCount count) {
        try {
            count.requireFinite("");
            return "";
        } catch (InputRefused e) {
            return String.valueOf(e.getMessage());
        }
    }
}
