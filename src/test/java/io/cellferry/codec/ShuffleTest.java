package io.cellferry.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Shuffled bytes of elements of every size come back in order, those after the last whole element unmoved.
class ShuffleTest {

    private static final int ELEMENTS = 1_001;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 12})
    void planesBecomeElements(int elementBytes) {
        byte[] plain = new byte[elementBytes * ELEMENTS + elementBytes - 1];
        new SplittableRandom(3).nextBytes(plain);
        comesBack(elementBytes, plain);
    }

    /// Planes of zeros are not fetched: low ones of counts as float32, high ones of positions.
    @ParameterizedTest
    @CsvSource({"4,0,2", "4,2,2", "4,0,4", "8,4,4", "8,2,6", "8,2,2", "8,0,8", "8,0,4"})
    void planesOfZerosComeBackAsZeros(int elementBytes, int firstPlane, int planes) {
        byte[] plain = withZeros(elementBytes, firstPlane, planes);
        comesBack(elementBytes, plain);
    }

    /// One byte that is not zero, in the first or in the last element of any plane, is not lost.
    @ParameterizedTest
    @CsvSource({"4,0,2", "8,4,4", "8,2,6", "8,0,8"})
    void aSingleByteInAPlaneOfZerosIsNotLost(int elementBytes, int firstPlane, int planes) {
        for (int plane = firstPlane; plane < firstPlane + planes; plane++) {
            for (int element : new int[] {0, ELEMENTS - 1}) {
                byte[] plain = withZeros(elementBytes, firstPlane, planes);
                plain[element * elementBytes + plane] = -1;
                comesBack(elementBytes, plain);
            }
        }
    }

    private static byte[] withZeros(int elementBytes, int firstPlane, int planes) {
        byte[] plain = new byte[elementBytes * ELEMENTS + elementBytes - 1];
        new SplittableRandom(3).nextBytes(plain);
        for (int element = 0; element < ELEMENTS; element++) {
            int from = element * elementBytes + firstPlane;
            Arrays.fill(plain, from, from + planes, (byte) 0);
        }
        return plain;
    }

    private static void comesBack(int elementBytes, byte[] plain) {
        int start = 5;
        byte[] stored = new byte[start + plain.length];
        System.arraycopy(plain, 0, stored, start, plain.length);
        for (int at = 0; at < elementBytes * ELEMENTS; at++) {
            stored[start + at % elementBytes * ELEMENTS + at / elementBytes] = plain[at];
        }
        byte[] out = new byte[plain.length];
        Arrays.fill(out, (byte) 77); // decoders keep their buffers

        int made = new Shuffle(elementBytes).decode(stored, start, plain.length, out, out.length);

        assertThat(Arrays.copyOf(out, made)).isEqualTo(plain);
    }
}
