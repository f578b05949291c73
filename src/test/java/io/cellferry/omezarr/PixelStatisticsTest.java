package io.cellferry.omezarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.cellferry.image.PixelType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every pixel is counted once, and the counts take no more room than foretold.
class PixelStatisticsTest {

    @ParameterizedTest
    @EnumSource(names = {"UINT16", "INT16"})
    void everyPixelCountsOnceUnderItsBrightness(PixelType type) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        PixelStatistics statistics = new PixelStatistics(type);
        Map<Integer, Long> expected = new TreeMap<>();
        for (int row = 0; row < 200; row++) {
            int width = random.nextInt(40);
            ByteBuffer pixels = ByteBuffer.allocate(2 * width + 3).order(ByteOrder.LITTLE_ENDIAN);
            for (int pixel = 0; pixel < width; pixel++) {
                // Many alike beside each other, and both ends of the range.
                int value = random.nextBoolean() ? random.nextInt(3) : 0xffff - random.nextInt(3);
                pixels.putShort(3 + 2 * pixel, (short) value);
                // Bins ascend with the brightness: the least of a signed type is in the first one.
                expected.merge(type == PixelType.INT16 ? value ^ 0x8000 : value, 1L, Long::sum);
            }
            statistics.add(pixels.array(), 3, width);
        }
        statistics.addZeros(7);
        expected.merge(type == PixelType.INT16 ? 0x8000 : 0, 7L, Long::sum);

        assertThat(stored(statistics)).as("seed %d", seed).isEqualTo(expected);
        assertThat(stored(statistics)).as("asked again").isEqualTo(expected);
        statistics.clear();
        assertThat(stored(statistics)).as("cleared").isEmpty();
    }

    /// A camera's 12 or 16 bits in a wider type are the usual reason for one.
    @ParameterizedTest
    @CsvSource({
        "UINT32,           0,       4095,          40,       4090",
        "UINT32,           0,      59999,         599,      59936", // 59,939 with its last four bits dropped
        "UINT32,           0, 4294967295,    42942464, 4289724416",
        "INT32,            0,       2000,          20,       1998",
        "INT32,        -2000,       2000,       -1964,       1996",
        "INT32,       -60000,      60000,      -58943,      59872", // -58,920 and 59,880, five bits dropped
        "INT32,  -2147483648, 2147483647, -2105540607, 2142240768",
    })
    void wideWholeNumbersHaveAWindowOfTheirOwnSize(PixelType type, long darkest, long brightest, long start, long end) {
        // A thousand and one values, evenly spread from the one to the other.
        PixelStatistics statistics = new PixelStatistics(type);
        ByteBuffer pixels = ByteBuffer.allocate(4 * 1001).order(ByteOrder.LITTLE_ENDIAN);
        for (long step = 0; step <= 1000; step++) {
            pixels.putInt((int) (darkest + (brightest - darkest) * step / 1000));
        }
        statistics.add(pixels.array(), 0, 1001);

        DisplayWindow window = statistics.window();
        assertThat(new double[] {window.start(), window.end()}).containsExactly(start, end);
        assertThat(window.min()).isCloseTo(darkest, withinPercentage(0.1));
        assertThat(window.max()).isCloseTo(brightest, withinPercentage(0.1));
    }

    private static Map<Integer, Long> stored(PixelStatistics statistics) {
        ByteBuffer bytes = ByteBuffer.wrap(statistics.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, Long> counts = new TreeMap<>();
        for (int entry = bytes.getInt(); entry > 0; entry--) {
            counts.put(bytes.getInt(), bytes.getLong());
        }
        return counts;
    }

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
            case UINT16, INT16 ->
                assertThat(statistics.toBytes()).hasSize((int) most).hasSize(4 + 12 * 65_536);
            // Large whole numbers share bins.
            case UINT32, INT32 -> assertThat(statistics.toBytes().length).isLessThanOrEqualTo((int) most);
            // Not-a-number is left out.
            case FLOAT32, FLOAT64 ->
                assertThat(statistics.toBytes().length).isGreaterThan(1 << 16).isLessThanOrEqualTo((int) most);
        }
    }
}
