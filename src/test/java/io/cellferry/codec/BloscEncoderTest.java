package io.cellferry.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is encoded is decoded to the same bytes, whatever the numbers, and is the same whether they come as numbers or
/// as bytes. That other software reads the containers is checked by `check_gene_major.py`.
class BloscEncoderTest {

    private static final int BLOCK = BloscEncoder.BLOCK_ELEMENTS;

    @Test
    void numbersOfEveryCountAndKindComeBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int trial = 0; trial < 400; trial++) {
            int count =
                    switch (trial % 5) {
                        case 0 -> trial;
                        case 1 -> 120 + random.nextInt(20);
                        case 2 -> BLOCK - 2 + random.nextInt(5);
                        case 3 -> 2 * BLOCK + random.nextInt(3) * 60;
                        default -> random.nextInt(3 * BLOCK);
                    };
            long[] longs = numbers(random, count);
            int[] ints = Arrays.stream(longs).mapToInt(value -> (int) value).toArray();
            for (boolean zstd : new boolean[] {false, true}) {
                if (zstd && trial % 8 != 0) {
                    continue;
                }
                String what = "seed %d, trial %d, %d numbers".formatted(seed, trial, count);
                BloscEncoder eight = zstd ? BloscEncoder.zstd(8) : BloscEncoder.lz4(8);
                ByteBuffer eightBytes = ByteBuffer.allocate(count * 8 + 3).order(ByteOrder.LITTLE_ENDIAN);
                eightBytes
                        .position(3)
                        .slice()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asLongBuffer()
                        .put(longs);
                byte[] out = new byte[eight.mostBytes(count * 8) + 5];
                byte[] again = new byte[out.length];
                int made = eight.encode(longs, 0, count, out, 5);
                int madeAgain = eight.encode(eightBytes.array(), 3, count * 8, again, 5);
                assertThat(made).as(what).isEqualTo(madeAgain);
                assertThat(out).as(what).isEqualTo(again);
                assertThat(decoded(out, 5, made, count * 8))
                        .as(what)
                        .isEqualTo(Arrays.copyOfRange(eightBytes.array(), 3, count * 8 + 3));

                BloscEncoder four = zstd ? BloscEncoder.zstd(4) : BloscEncoder.lz4(4);
                ByteBuffer fourBytes = ByteBuffer.allocate(count * 4).order(ByteOrder.LITTLE_ENDIAN);
                fourBytes.asIntBuffer().put(ints);
                byte[] small = new byte[four.mostBytes(count * 4)];
                int smallMade = four.encode(ints, 0, count, small, 0);
                assertThat(decoded(small, 0, smallMade, count * 4)).as(what).isEqualTo(fourBytes.array());
            }
        }
    }

    @Test
    void bytesAndPairsComeBack() {
        Random random = new Random(7);
        for (int width : new int[] {1, 2}) {
            for (int count = 0; count < 700; count++) {
                byte[] bytes = new byte[count * width];
                // A third of them all alike, a third alike in one plane.
                for (int at = 0; count % 3 != 0 && at < bytes.length; at++) {
                    bytes[at] = (byte) (count % 3 == 1 && at % width != 0 ? 5 : random.nextInt());
                }
                BloscEncoder encoder = BloscEncoder.lz4(width, 128 + count % 7 * 64);
                byte[] out = new byte[encoder.mostBytes(bytes.length)];
                int made = encoder.encode(bytes, 0, bytes.length, out, 0);
                assertThat(decoded(out, 0, made, bytes.length)).isEqualTo(bytes);
            }
        }
    }

    @Test
    void planesThatAreConstantCostNextToNothing() {
        BloscEncoder encoder = BloscEncoder.lz4(8);
        long[] ones = new long[BLOCK];
        Arrays.fill(ones, Double.doubleToRawLongBits(1));
        byte[] out = new byte[encoder.mostBytes(BLOCK * 8)];

        assertThat(encoder.encode(ones, 0, BLOCK, out, 0)).isLessThan(2_400);
    }

    private static byte[] decoded(byte[] in, int at, int count, int size) {
        byte[] out = new byte[size];
        try (BloscDecoder decoder = new BloscDecoder()) {
            assertThat(decoder.decode(in, at, count, out, size)).isEqualTo(size);
        }
        return out;
    }

    private static long[] numbers(Random random, int count) {
        long[] numbers = new long[count];
        int kind = random.nextInt(5);
        long ascending = random.nextInt(1000);
        for (int i = 0; i < count; i++) {
            ascending += random.nextInt(20);
            numbers[i] = switch (kind) {
                case 0 -> random.nextLong();
                case 1 -> Double.doubleToRawLongBits(random.nextInt(4));
                case 2 -> ascending;
                case 3 -> 0x1234_5678_9abc_def0L;
                default -> random.nextInt(300) - 1;
            };
        }
        return numbers;
    }
}
