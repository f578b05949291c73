package io.cellferry.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeValuesTest {

    private static final int NONE = -1;

    static Stream<Arguments> wholes() {
        return Stream.of(
                Arguments.of(ValueType.INT32, 0xFFFF_FFFEL, -2L),
                Arguments.of(ValueType.UINT32, 0xFFFF_FFFEL, 4_294_967_294L),
                Arguments.of(ValueType.INT64, Long.MIN_VALUE, Long.MIN_VALUE),
                Arguments.of(ValueType.INT64, Long.MAX_VALUE, Long.MAX_VALUE),
                Arguments.of(ValueType.UINT64, Long.MAX_VALUE, Long.MAX_VALUE),
                Arguments.of(ValueType.FLOAT32, Float.floatToRawIntBits(-0f), 0L),
                Arguments.of(ValueType.FLOAT32, Float.floatToRawIntBits(16_777_216f), 16_777_216L),
                Arguments.of(ValueType.FLOAT64, Double.doubleToRawLongBits(-0x1p63), Long.MIN_VALUE),
                Arguments.of(ValueType.FLOAT64, Double.doubleToRawLongBits(0x1p62), 1L << 62));
    }

    @ParameterizedTest
    @MethodSource
    void wholes(ValueType type, long bits, long whole) {
        long[] into = {7, 7, 7};

        assertThat(of(type, bits).asWholes(1, into, 1)).isEqualTo(NONE);

        assertThat(into).containsExactly(7, whole, 7);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, -1e-300, 0x1p63, -0x1.0000000000001p63, 1e300, Double.NaN, Double.NEGATIVE_INFINITY})
    void realNumbersThatAreNoIntegersAreNot(double value) {
        ValueBuffer values = of(ValueType.FLOAT64, 0, Double.doubleToRawLongBits(value), 0);

        assertThat(values.asWholes(3, new long[3], 0)).isEqualTo(1);
        assertThat(values.text(1)).isEqualTo(Double.toString(value));
    }

    @Test
    void unsignedNumbersThatALongCannotHoldAreNot() {
        ValueBuffer values = of(ValueType.UINT64, 1, Long.MIN_VALUE);

        assertThat(values.asWholes(1, new long[1], 0)).isEqualTo(NONE);
        assertThat(values.asWholes(2, new long[2], 0)).isEqualTo(1);
        assertThat(values.text(1)).isEqualTo("9223372036854775808");
    }

    private static ValueBuffer of(ValueType type, long... bits) {
        ValueBuffer values = new ValueBuffer(type, bits.length);
        for (int i = 0; i < bits.length; i++) {
            if (type.bytes() == Integer.BYTES) {
                values.four()[i] = (int) bits[i];
            } else {
                values.eight()[i] = bits[i];
            }
        }
        return values;
    }
}
