package io.cellferry.image.ometiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.InputRefused;
import io.cellferry.image.ImageFile;
import io.cellferry.image.PixelRegion;
import io.cellferry.image.Plane;
import io.cellferry.image.PlaneReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that tifffile, libtiff and Pillow wrote hold, pixel for pixel, what numpy says they hold.
class OmeTiffCorpusTest {

    static List<SoundFile> files() {
        return SoundFile.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void planesAreDescribedAsTheyWereWritten(SoundFile expected) {
        try (ImageFile file = expected.open()) {
            Plane plane = file.planes().get(expected.number());

            assertThat(plane.directory()).isEqualTo(expected.directory());
            assertThat(plane.sample()).isEqualTo(expected.sample());
            assertThat(plane.type().word()).isEqualTo(expected.type());
            assertThat(plane.width()).isEqualTo(expected.width());
            assertThat(plane.height()).isEqualTo(expected.height());
            assertThat(plane.blocks().blockWidth()).isEqualTo(expected.blockWidth());
            assertThat(plane.blocks().blockHeight()).isEqualTo(expected.blockHeight());
            assertThat(plane.compression()).isEqualTo(expected.compression());
            assertThat(plane.reductions().stream()
                            .map(size -> size.width() + "x" + size.height())
                            .collect(Collectors.joining(",")))
                    .isEqualTo(expected.reductions().replace("-", ""));
            assertThat(file.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void wholePlanesHaveTheExpectedPixels(SoundFile expected) {
        try (ImageFile file = expected.open();
                PlaneReader reader = file.reader(expected.number(), SoundFile.MOST_BYTES)) {
            assertThat(SoundFile.sha256(SoundFile.pixels(reader))).isEqualTo(expected.sha256());
        }
    }

    /// With as little memory as possible, so that blocks are decoded again and again, and with much.
    @ParameterizedTest
    @MethodSource("files")
    void anyRegionHasTheSamePixelsAsTheWhole(SoundFile expected) {
        Random random = new Random(expected.toString().hashCode());
        try (ImageFile file = expected.open();
                PlaneReader ample = file.reader(expected.number(), SoundFile.MOST_BYTES)) {
            byte[] whole = SoundFile.pixels(ample);
            long least = ample.readerBytes();
            while (least > 0 && canRead(file, expected.number(), least - 64)) {
                least -= 64;
            }
            try (PlaneReader scarce = file.reader(expected.number(), least)) {
                assertThat(scarce.readerBytes()).isLessThanOrEqualTo(least);
                for (int trial = 0; trial < 40; trial++) {
                    PixelRegion region = randomRegion(random, ample.plane());
                    PlaneReader reader = trial % 2 == 0 ? ample : scarce;
                    assertThat(isSame(reader, region, whole, random.nextInt(9), random.nextInt(5)))
                            .as("%s, trial %d", region, trial)
                            .isTrue();
                }
            }
        }
    }

    private static boolean canRead(ImageFile file, int plane, long mostBytes) {
        try (PlaneReader reader = file.reader(plane, mostBytes)) {
            return reader.readerBytes() <= mostBytes;
        } catch (InputRefused tooLittle) {
            return false;
        }
    }

    private static PixelRegion randomRegion(Random random, Plane plane) {
        int x = random.nextInt((int) plane.width());
        int y = random.nextInt((int) plane.height());
        int width = random.nextInt((int) plane.width() - x + 1);
        int height = random.nextInt((int) plane.height() - y + 1);
        return new PixelRegion(x, y, width, height);
    }

    /// Reads at an offset and with gaps between rows, and looks that the gaps were left alone.
    private static boolean isSame(PlaneReader reader, PixelRegion region, byte[] whole, int at, int gap) {
        int pixelBytes = reader.plane().type().bytes();
        int used = region.width() * pixelBytes;
        int rowBytes = used + gap;
        byte[] found = new byte[at + region.height() * rowBytes];
        Arrays.fill(found, (byte) 77);
        byte[] expected = found.clone();
        for (int row = 0; row < region.height(); row++) {
            long from = ((region.y() + row) * reader.plane().width() + region.x()) * pixelBytes;
            System.arraycopy(whole, (int) from, expected, at + row * rowBytes, used);
        }
        reader.read(region, found, at, rowBytes);
        return Arrays.equals(found, expected);
    }

    @ParameterizedTest
    @MethodSource("files")
    void severalThreadsReadOneFile(SoundFile expected) throws InterruptedException {
        List<String> digests = Collections.synchronizedList(new ArrayList<>());
        try (ImageFile file = expected.open()) {
            List<Thread> threads = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    try (PlaneReader reader = file.reader(expected.number(), SoundFile.MOST_BYTES)) {
                        digests.add(SoundFile.sha256(SoundFile.pixels(reader)));
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }

        assertThat(digests).hasSize(3).containsOnly(expected.sha256());
    }
}
