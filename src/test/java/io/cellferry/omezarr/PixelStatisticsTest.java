package io.cellferry.omezarr;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.image.PixelType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Counts of pixels take no more room than foretold.
class PixelStatisticsTest {

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void nothingTakesMoreRoomThanAllValues(PixelType type) {
        PixelStatistics statistics = new PixelStatistics(type);
        byte[] pixels = new byte[(1 << 16) * type.bytes()];
        for (int value = 0; value < 1 << 16; value++) {
            // The highest two bytes of a pixel, or its only one, take every value.
            int last = (value + 1) * type.bytes() - 1;
            pixels[last] = (byte) (type.bytes() == 1 ? value : value >> 8);
            if (type.bytes() > 1) {
                pixels[last - 1] = (byte) value;
            }
        }
        statistics.add(pixels, 0, 1 << 16);

        long most = PixelStatistics.mostStoredBytes(type);
        switch (type) {
            case UINT8, INT8 ->
                assertThat(statistics.toBytes()).hasSize((int) most).hasSize(4 + 12 * 256);
            case UINT16, INT16, UINT32, INT32 ->
                assertThat(statistics.toBytes()).hasSize((int) most).hasSize(4 + 12 * 65_536);
            // Not-a-number is left out.
            case FLOAT32, FLOAT64 ->
                assertThat(statistics.toBytes().length).isGreaterThan(1 << 16).isLessThanOrEqualTo((int) most);
        }
    }
}
