package io.cellferry.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever is written, in whatever pieces, the JDK reads back.
class RunGzipTest {

    @Test
    void runsOfEveryLengthComeBack() throws IOException {
        try (RunGzip gzip = new RunGzip(6)) {
            for (int length = 0; length < 1200; length++) {
                for (int background : new int[] {0, 7, 255}) {
                    byte[] bytes = new byte[length + 2];
                    Arrays.fill(bytes, (byte) background);
                    bytes[bytes.length / 3] = 9;
                    assertThat(Gunzip.of(written(gzip, bytes, bytes.length))).isEqualTo(bytes);
                }
            }
        }
    }

    @Test
    void everyMixtureInEveryPieceComesBack() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (RunGzip gzip = new RunGzip(1 + random.nextInt(9))) {
            for (int trial = 0; trial < 600; trial++) {
                byte[] bytes = new byte[random.nextInt(trial % 20 == 0 ? 300_000 : 6_000)];
                double density = new double[] {0, 0.001, 0.05, 0.3, 0.49, 0.51, 0.8, 1}[random.nextInt(8)];
                int background = random.nextInt(3) * 100;
                int values = 1 + random.nextInt(255);
                for (int i = 0; i < bytes.length; i++) {
                    boolean other = random.nextDouble() < density;
                    // Skewed, so that codes of many lengths are needed.
                    bytes[i] = (byte) (other ? (int) (values * Math.pow(random.nextDouble(), 6)) : background);
                }
                int piece = 1 + random.nextInt(Math.max(1, bytes.length));
                String what = "seed %d, trial %d, %d bytes, pieces of %d".formatted(seed, trial, bytes.length, piece);
                assertThat(Gunzip.of(written(gzip, bytes, piece))).as(what).isEqualTo(bytes);
            }
        }
    }

    @Test
    void aMostlyEmptyGeneIsSmallerThanTheDeflaterMakesIt() throws IOException {
        byte[] bytes = new byte[200_000];
        Random random = new Random(3);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(10) == 0 ? (byte) (1 + 250 * Math.pow(random.nextDouble(), 3)) : 0;
        }
        assertThat(bytesAtLevelSix(bytes)).isLessThan(deflatedBytes(bytes));
    }

    @Test
    void noiseInMostCellsIsATenthSmallerThanTheDeflaterMakesIt() throws IOException {
        byte[] bytes = new byte[600_000];
        Random random = new Random(4);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (60 * Math.pow(random.nextDouble(), 5));
        }
        assertThat(bytesAtLevelSix(bytes)).isLessThan(deflatedBytes(bytes) * 9 / 10);
    }

    @Test
    void whatRepeatsIsSearched() throws IOException {
        byte[] bytes = new byte[600_000];
        Random random = new Random(5);
        byte[] repeated = new byte[997];
        random.nextBytes(repeated);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = repeated[i % repeated.length];
        }
        assertThat(bytesAtLevelSix(bytes)).isLessThan(deflatedBytes(bytes) * 11 / 10 + 2000);
    }

    /// One trial decides for some pieces, not for all: what repeats from the middle of a long member on is found.
    @Test
    void whatRepeatsLaterIsSearchedToo() throws IOException {
        byte[] bytes = new byte[1 << 23];
        Random random = new Random(6);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = i < 1 << 20 ? (byte) random.nextInt(100) : bytes[i - 900];
        }
        assertThat(bytesAtLevelSix(bytes)).isLessThan(bytes.length / 3);
    }

    private static int bytesAtLevelSix(byte[] bytes) throws IOException {
        try (RunGzip gzip = new RunGzip(6)) {
            byte[] written = written(gzip, bytes, 1 << 18);
            assertThat(Gunzip.of(written)).isEqualTo(bytes);
            return written.length;
        }
    }

    private static int deflatedBytes(byte[] bytes) {
        try (GzipEncoder deflater = new GzipEncoder(6)) {
            return deflater.encode(bytes, 0, bytes.length, new byte[deflater.mostBytes(bytes.length)], 0);
        }
    }

    private static byte[] written(RunGzip gzip, byte[] bytes, int piece) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] out = new byte[RunGzip.mostBytes(piece)];
        all.write(out, 0, gzip.begin(out));
        for (int at = 0; at < bytes.length; at += piece) {
            all.write(out, 0, gzip.add(bytes, at, Math.min(piece, bytes.length - at), out));
        }
        all.write(out, 0, gzip.end(out));
        return all.toByteArray();
    }
}
