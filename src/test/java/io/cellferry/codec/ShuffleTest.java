package io.cellferry.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Shuffled bytes of elements of every size come back in order, those after the last whole element unmoved.
class ShuffleTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 12})
    void planesBecomeElements(int elementBytes) {
        byte[] plain = new byte[elementBytes * 1_001 + elementBytes - 1];
        new SplittableRandom(3).nextBytes(plain);
        int start = 5;
        byte[] stored = new byte[start + plain.length];
        System.arraycopy(plain, 0, stored, start, plain.length);
        for (int at = 0; at < elementBytes * 1_001; at++) {
            stored[start + at % elementBytes * 1_001 + at / elementBytes] = plain[at];
        }
        byte[] out = new byte[plain.length];

        int made = new Shuffle(elementBytes).decode(stored, start, plain.length, out, out.length);

        assertThat(Arrays.copyOf(out, made)).isEqualTo(plain);
    }
}
