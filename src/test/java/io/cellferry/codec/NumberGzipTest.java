package io.cellferry.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever numbers are written, in whatever pieces, the JDK reads back, and they are hardly larger than zlib makes
/// them.
class NumberGzipTest {

    private static final int LEVEL = 6;
    private static final int PIECE = 1 << 18;

    @Test
    void numbersOfEveryWidthComeBack() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int trial = 0; trial < 800; trial++) {
            int width = 1 << random.nextInt(4);
            byte[] bytes = mixed(random, width * random.nextInt(trial % 20 == 0 ? 30_000 : 800), width);
            int piece = width * (1 + random.nextInt(Math.max(1, bytes.length / width)));
            String what = "seed %d, trial %d, %d bytes, width %d, pieces of %d"
                    .formatted(seed, trial, bytes.length, width, piece);
            try (NumberGzip gzip = new NumberGzip(1 + random.nextInt(9))) {
                assertThat(Gunzip.of(written(gzip, bytes, width, piece)))
                        .as(what)
                        .isEqualTo(bytes);
            }
        }
    }

    /// Each length of a match has its own symbol and bits; above 258 several follow each other.
    @Test
    void repetitionsOfEveryLengthComeBack() throws IOException {
        try (NumberGzip gzip = new NumberGzip(LEVEL)) {
            for (int width = 1; width <= 8; width *= 2) {
                for (int length = 0; length < 800; length++) {
                    byte[] bytes = new byte[length + 2];
                    bytes[bytes.length - 1] = 9;
                    assertThat(Gunzip.of(written(gzip, bytes, width, bytes.length)))
                            .as("%d bytes, width %d", length, width)
                            .isEqualTo(bytes);
                }
            }
        }
    }

    @Test
    void theEdgesOfAGraphAreHardlyLargerThanZlibMakesThem() throws IOException {
        Random random = new Random(5);
        int edges = 200_000;
        ByteBuffer sources = numbers(4 * edges);
        ByteBuffer destinations = numbers(4 * edges);
        ByteBuffer weights = numbers(8 * edges);
        for (int edge = 0; edge < edges; edge++) {
            sources.putInt(edge / 9);
            destinations.putInt(edge / 9 + random.nextInt(100_000 - edge / 9));
            weights.putDouble((float) Math.exp(-3 * random.nextDouble()));
        }
        assertHardlyLarger(sources.array(), 4);
        assertHardlyLarger(destinations.array(), 4);
        assertHardlyLarger(weights.array(), 8);
    }

    /// A few long numbers again and again: only a search finds them.
    @Test
    void aSearchIsMadeWhereItPays() throws IOException {
        Random random = new Random(6);
        double[] few = random.doubles(30).toArray();
        ByteBuffer weights = numbers(800_000);
        while (weights.hasRemaining()) {
            weights.putDouble(few[random.nextInt(few.length)]);
        }
        assertHardlyLarger(weights.array(), 8);
    }

    @Test
    void equalPiecesGiveEqualMembers() throws IOException {
        byte[] bytes = mixed(new Random(7), 400_000, 4);
        try (NumberGzip one = new NumberGzip(LEVEL);
                NumberGzip other = new NumberGzip(LEVEL)) {
            written(other, mixed(new Random(8), 300_000, 8), 8, PIECE);
            assertThat(written(one, bytes, 4, PIECE)).isEqualTo(written(other, bytes, 4, PIECE));
        }
    }

    @Test
    void otherWidthsAreRefused() {
        try (NumberGzip gzip = new NumberGzip(LEVEL)) {
            assertThatThrownBy(() -> gzip.begin(3, new byte[100])).hasMessageContaining("not 3");
            assertThatThrownBy(() -> gzip.begin(16, new byte[100])).hasMessageContaining("not 16");
        }
    }

    private static void assertHardlyLarger(byte[] bytes, int width) throws IOException {
        try (NumberGzip gzip = new NumberGzip(LEVEL);
                GzipEncoder zlib = new GzipEncoder(LEVEL)) {
            byte[] member = written(gzip, bytes, width, PIECE);
            assertThat(Gunzip.of(member)).isEqualTo(bytes);
            int searched = zlib.encode(bytes, 0, bytes.length, new byte[zlib.mostBytes(bytes.length)], 0);
            assertThat(member.length).isLessThan(searched + searched / 20);
        }
    }

    /// Stretches that repeat, ascend, are spread evenly or unevenly.
    private static byte[] mixed(Random random, int count, int width) {
        byte[] bytes = new byte[count];
        int at = 0;
        while (at < count) {
            int kind = random.nextInt(4);
            int end = Math.min(count, at + 1 + random.nextInt(5_000));
            for (; at < end; at++) {
                bytes[at] = (byte)
                        switch (kind) {
                            case 0 -> at < width ? 1 : bytes[at - width];
                            case 1 -> at % width == 0 ? at / width / 5 : 0;
                            case 2 -> random.nextInt();
                            default -> (int) (255 * Math.pow(random.nextDouble(), 8));
                        };
            }
        }
        return bytes;
    }

    private static ByteBuffer numbers(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] written(NumberGzip gzip, byte[] bytes, int width, int piece) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] out = new byte[NumberGzip.mostBytes(piece)];
        all.write(out, 0, gzip.begin(width, out));
        for (int at = 0; at < bytes.length; at += piece) {
            all.write(out, 0, gzip.add(bytes, at, Math.min(piece, bytes.length - at), out));
        }
        all.write(out, 0, gzip.end(out));
        return all.toByteArray();
    }
}
