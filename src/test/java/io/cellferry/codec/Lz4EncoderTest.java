package io.cellferry.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.lz4.Lz4Decompressor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Blocks obey the rules that the format has for their ends and give back what went in; what does not become smaller is
/// given up. That the C library reads them is checked by `check_gene_major.py` and `check_pyramid.py`.
class Lz4EncoderTest {

    private static final int FARTHEST = 65_535;

    private final Lz4Encoder encoder = new Lz4Encoder();
    private final Lz4Decompressor decompressor = Lz4Decompressor.create();

    @Test
    void inputsOfEverySmallSizeComeBack() {
        Random random = new Random(11);
        for (int count = 0; count <= 300; count++) {
            for (int kind = 0; kind < 4; kind++) {
                byte[] bytes = new byte[count];
                for (int at = 0; at < count; at++) {
                    bytes[at] = (byte) (kind == 0 ? 7 : kind == 1 ? at % 9 : kind == 2 ? at / 20 : random.nextInt());
                }
                comesBack(bytes, "%d bytes of kind %d".formatted(count, kind));
            }
        }
    }

    @Test
    void mixturesOfAllLengthsComeBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int trial = 0; trial < 3_000; trial++) {
            byte[] bytes = mixture(random, random.nextInt(trial % 50 == 0 ? 400_000 : trial % 5 == 0 ? 70_000 : 3_000));
            comesBack(bytes, "seed %d, trial %d, %d bytes".formatted(seed, trial, bytes.length));
        }
    }

    /// Counts of literals and of matched bytes around the ones where a token is full, and where further bytes are.
    @Test
    void literalsAndMatchesOfEveryLengthComeBack() {
        Random random = new Random(5);
        for (int literals : new int[] {0, 1, 7, 8, 14, 15, 16, 17, 269, 270, 271, 524, 525, 526, 3_000}) {
            for (int length = 8; length < 600; length++) {
                byte[] bytes = new byte[1_000 + literals + length + 100];
                random.nextBytes(bytes);
                System.arraycopy(bytes, 0, bytes, 1_000 + literals, length);
                Arrays.fill(bytes, 200, 400, (byte) 3); // saves enough for the block to be kept
                comesBack(bytes, "%d literals, then %d bytes again".formatted(literals, length));
            }
        }
    }

    @Test
    void aRunBecomesAMatchOfAnyLength() {
        for (int count : new int[] {32, 33, 40, 269, 270, 271, 272, 524, 525, 526, 527, 528, 65_536, 1 << 20}) {
            byte[] bytes = new byte[count];
            Arrays.fill(bytes, (byte) 9);

            byte[] block = comesBack(bytes, "a run of %,d".formatted(count));

            assertThat(block.length).isLessThan(15 + count / 255);
        }
    }

    /// What lies farther back than two bytes can say is not used.
    @Test
    void matchesLieAtMost65535BytesBack() {
        for (int distance = FARTHEST - 2; distance <= FARTHEST + 2; distance++) {
            // The repeated bytes are noise that occurs twice, with a run between that makes the block worth keeping.
            byte[] noise = new byte[200];
            new Random(2).nextBytes(noise);
            byte[] bytes = new byte[FARTHEST + 300];
            System.arraycopy(noise, 0, bytes, 0, noise.length);
            System.arraycopy(noise, 0, bytes, distance, noise.length);

            byte[] block = comesBack(bytes, "distance %,d".formatted(distance));

            int run = FARTHEST / 255;
            if (distance <= FARTHEST) {
                assertThat(block.length).isBetween(200 + run, 250 + run);
            } else {
                assertThat(block.length).isBetween(400 + run, 450 + run);
            }
        }
    }

    @Test
    void noiseIsGivenUp() {
        byte[] noise = new byte[65_536];
        new Random(1).nextBytes(noise);

        assertThat(encoder.encode(noise, 0, noise.length, new byte[noise.length], 0))
                .isGreaterThanOrEqualTo(noise.length);
    }

    /// Noise takes more room than it has until something is found, which may be too late.
    @Test
    void noiseWithRepetitionsNearItsEndStaysInItsRoom() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] noise = new byte[70_000];
        random.nextBytes(noise);
        for (int trial = 0; trial < 30_000; trial++) {
            int count = 300 + random.nextInt(trial % 2 == 0 ? 1_500 : 60_000);
            byte[] bytes = Arrays.copyOf(noise, count);
            int at = count - 16 - random.nextInt(200);
            for (int repetition = 0; repetition < 4; repetition++) {
                int length = Math.min(count - at, 8 + random.nextInt(repetition == 0 ? 90 : 12));
                System.arraycopy(noise, random.nextInt(60), bytes, at, length);
                at = Math.min(count, at + length + random.nextInt(20));
            }
            comesBack(bytes, "seed %d, trial %d, %d bytes".formatted(seed, trial, count));
        }
    }

    /// Whatever was encoded before, and wherever the bytes lie: also when counting places begins anew.
    @Test
    void theSameBytesGiveTheSameBlock() {
        Random random = new Random(8);
        byte[] plane = mixture(random, 60_000);
        byte[] first = comesBack(plane, "at first");
        for (int call = 0; call < 20; call++) {
            byte[] other = mixture(random, 50_000);
            encoder.encode(other, 0, other.length, new byte[other.length], 0);
            assertThat(comesBack(plane, "after call %d".formatted(call))).isEqualTo(first);
        }
        byte[] zeros = new byte[16 << 20];
        byte[] out = new byte[zeros.length];
        for (int call = 0; call < 130; call++) {
            encoder.encode(zeros, 0, zeros.length, out, 0);
        }

        assertThat(comesBack(plane, "after 2.2 GB of others")).isEqualTo(first);
    }

    /// A dictionary of a few bytes, runs, ramps, repetitions from any distance, and noise, in turn.
    private static byte[] mixture(Random random, int count) {
        byte[] bytes = new byte[count];
        int at = 0;
        while (at < count) {
            int length = Math.min(count - at, 1 + (int) (Math.pow(random.nextDouble(), 4) * 3_000));
            int kind = random.nextInt(5);
            int values = 1 + random.nextInt(4);
            int distance = at == 0 ? 0 : 1 + random.nextInt(random.nextBoolean() ? at : Math.min(at, 20));
            for (int end = at + length; at < end; at++) {
                bytes[at] = switch (kind) {
                    case 0 -> (byte) random.nextInt();
                    case 1 -> (byte) values;
                    case 2 -> (byte) (at / values);
                    case 3 -> distance == 0 ? 1 : bytes[at - distance];
                    default -> (byte) Math.max(0, random.nextInt(2 * values) - values);
                };
            }
        }
        return bytes;
    }

    /// Encodes into no more room than is asked for, and says what came out.
    private byte[] comesBack(byte[] bytes, String what) {
        int before = bytes.length % 7;
        byte[] in = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, in, before, bytes.length);
        byte[] out = new byte[before + encoder.room(bytes.length)];
        int made = encoder.encode(in, before, bytes.length, out, before);
        if (made >= bytes.length) {
            return bytes;
        }
        byte[] block = Arrays.copyOfRange(out, before, before + made);
        obeysTheRules(block, bytes.length, what);
        byte[] back = new byte[bytes.length];
        assertThat(decompressor.decompress(block, 0, made, back, 0, back.length))
                .as(what)
                .isEqualTo(back.length);
        assertThat(back).as(what).isEqualTo(bytes);
        assertThat(Arrays.copyOf(out, before)).as(what).isEqualTo(new byte[before]);
        return block;
    }

    /// The last five bytes are literals and no match begins within the last twelve, which decoders in C rely on.
    private static void obeysTheRules(byte[] block, int size, String what) {
        int at = 0;
        int made = 0;
        int lastLiterals = 0;
        while (at < block.length) {
            int token = block[at++] & 255;
            lastLiterals = token >>> 4;
            if (lastLiterals == 15) {
                int more;
                do {
                    more = block[at++] & 255;
                    lastLiterals += more;
                } while (more == 255);
            }
            at += lastLiterals;
            made += lastLiterals;
            if (at < block.length) {
                assertThat(made).as(what).isLessThanOrEqualTo(size - 12);
                int distance = block[at] & 255 | (block[at + 1] & 255) << 8;
                assertThat(distance).as(what).isBetween(1, made);
                at += 2;
                int length = 4 + (token & 15);
                if (length == 19) {
                    int more;
                    do {
                        more = block[at++] & 255;
                        length += more;
                    } while (more == 255);
                }
                made += length;
                lastLiterals = 0;
            }
        }
        assertThat(made).as(what).isEqualTo(size);
        assertThat(lastLiterals).as(what).isGreaterThanOrEqualTo(5);
    }
}
