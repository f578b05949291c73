package io.cellferry.image.ometiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.cellferry.failure.InputRefused;
import io.cellferry.image.ImageFile;
import io.cellferry.image.ImageFiles;
import io.cellferry.image.PixelRegion;
import io.cellferry.image.PixelSize;
import io.cellferry.image.Plane;
import io.cellferry.image.PlaneReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a file says about itself besides pixels, and how its readers share it.
class OmeTiffFileTest {

    @TempDir
    Path folder;

    private static ImageFile sound(String name) {
        return ImageFiles.open(SoundFile.FOLDER.resolve(name));
    }

    @Test
    void omeXmlIsGivenAsItIs() {
        try (ImageFile file = sound("five_planes.ome.tif")) {
            assertThat(file.description()).hasValueSatisfying(text -> assertThat(text)
                    .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?><OME ")
                    .contains("PhysicalSizeX=\"0.325\"", "PhysicalSizeXUnit=\"µm\"")
                    .endsWith("</OME>"));
            assertThat(file.planes()).extracting(Plane::directory).containsExactly(0, 1, 2, 3, 4);
            assertThat(file.planes()).extracting(Plane::series).containsOnly(0);
        }
    }

    @Test
    void textThatIsNotUtf8IsTakenForLatin1AndSaid() throws IOException {
        byte[] text = "pixel of 0.5 µm\0".getBytes(StandardCharsets.ISO_8859_1);

        try (ImageFile file = ImageFiles.open(described(text))) {
            assertThat(file.description()).contains("pixel of 0.5 µm");
            assertThat(file.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("input.tiff.description");
                assertThat(problem.refuses()).isFalse();
            });
        }
    }

    /// Pixels are as good as in any other file.
    @Test
    void aTextThatIsTooLongIsLeftOutAndSaid() throws IOException {
        Path path = described(new byte[(32 << 20) + 1]);

        try (ImageFile file = ImageFiles.open(path)) {
            assertThat(file.description()).isEmpty();
            assertThat(file.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.refuses()).isFalse();
                assertThat(problem.found()).contains("33554433 bytes and is not read");
            });
        }
    }

    private Path described(byte[] text) throws IOException {
        Path path = folder.resolve("described.tif");
        TiffBuilder.tiled(true, 16, 16, 8, 16, 16)
                .with(Tag.TILE_OFFSETS, 8)
                .with(Tag.TILE_BYTE_COUNTS, 0)
                .with(Tag.IMAGE_DESCRIPTION, 5000)
                .claiming(Tag.IMAGE_DESCRIPTION, text.length)
                .write(path, 100);
        TiffBuilder.put(path, text, 5000);
        // The description is the sixth entry: tag 270 comes after 256, 257, 258, 259 and 262.
        TiffBuilder.put(path, new byte[] {2, 0}, 100 + 8 + 5 * 20 + 2);
        return path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM", "UTF-8"})
    void textThatShowsItsEncodingIsReadInIt(String encoding) throws IOException {
        String text = "<OME Creator='0.5 µm, 抗体'/>";

        try (ImageFile file = ImageFiles.open(described((text + "\0").getBytes(encoding)))) {
            // OME-XML may begin with a mark.
            assertThat(file.description().map(found -> found.replace("\uFEFF", "")))
                    .contains(text);
            assertThat(file.problems()).isEmpty();
        }
    }

    @Test
    void uncompressedStripsWithoutByteCountsAreReadByTheirSize() throws IOException {
        for (long count : new long[] {0, 100}) {
            Path path = folder.resolve("strips-%d.tif".formatted(count));
            byte[] pixels = new byte[10 * 10];
            Arrays.fill(pixels, (byte) 7);
            new TiffBuilder(false)
                    .with(Tag.IMAGE_WIDTH, 10)
                    .with(Tag.IMAGE_LENGTH, 10)
                    .with(Tag.BITS_PER_SAMPLE, 8)
                    .with(Tag.STRIP_OFFSETS, 8)
                    .with(Tag.STRIP_BYTE_COUNTS, count)
                    .write(path, 1000);
            TiffBuilder.put(path, pixels, 8);

            try (ImageFile file = ImageFiles.open(path);
                    PlaneReader reader = file.reader(0, SoundFile.MOST_BYTES)) {
                byte[] read = new byte[100];
                reader.read(new PixelRegion(0, 0, 10, 10), read, 0, 10);
                assertThat(read).as("count %d", count).isEqualTo(pixels);
                assertThat(file.problems(0)).isEmpty();
            }
        }
    }

    @Test
    void pixelSizesAreMicrometres() {
        try (ImageFile file = sound("pyramid_subifds_big.tif");
                ImageFile without = sound("tiles_lzw_uint16.tif")) {
            PixelSize size = file.planes().getFirst().pixelSize().orElseThrow();

            // The file keeps 1/x as a quotient of two 32-bit numbers.
            assertThat(size.x()).isCloseTo(0.325, offset(1e-6));
            assertThat(size.y()).isCloseTo(0.65, offset(1e-6));
            assertThat(without.planes().getFirst().pixelSize()).isEmpty();
        }
    }

    @Test
    void readersTellBeforehandWhatTheyTake() {
        try (ImageFile file = sound("tiles_lzw_uint16.tif")) {
            long least = 2 << 20;
            try (PlaneReader ample = file.reader(0, 100 << 20);
                    PlaneReader scarce = file.reader(0, least + 30_000)) {
                // Six tiles of 64 x 64 x 2 bytes are all there is to keep.
                assertThat(ample.readerBytes()).isBetween(least + 6 * 8192L, least + 100_000L);
                assertThat(scarce.readerBytes()).isBetween(least + 8192L, least + 30_000L);
            }
            assertThatThrownBy(() -> file.reader(0, least))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContainingAll("directory 0 is stored in tiles of 64 x 64 pixels", "2 MiB are allowed");
        }
    }

    @Test
    void regionsOutsideOfThePlaneAreADefectOfTheCaller() {
        try (ImageFile file = sound("tiles_lzw_uint16.tif");
                PlaneReader reader = file.reader(0, SoundFile.MOST_BYTES)) {
            byte[] into = new byte[1000];

            assertThatThrownBy(() -> reader.read(new PixelRegion(149, 0, 2, 1), into, 0, 4))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> reader.read(new PixelRegion(0, 0, 10, 51), into, 0, 20))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> reader.read(new PixelRegion(0, 0, 10, 2), into, 0, 19))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /// A file channel is closed by interrupting one of its readers; the others, and the file, must not notice.
    @Test
    void interruptingOneReaderDisturbsNobody() throws InterruptedException {
        SoundFile expected = SoundFile.all().stream()
                .filter(each -> each.file().equals("tiles_zstd_uint16.tif"))
                .findFirst()
                .orElseThrow();
        try (ImageFile file = expected.open();
                PlaneReader reader = file.reader(0, SoundFile.MOST_BYTES)) {
            String[] digest = new String[1];
            boolean[] flag = new boolean[1];
            Thread stopped = Thread.ofPlatform().start(() -> {
                Thread.currentThread().interrupt();
                try (PlaneReader own = file.reader(0, SoundFile.MOST_BYTES)) {
                    digest[0] = SoundFile.sha256(SoundFile.pixels(own));
                    flag[0] = Thread.currentThread().isInterrupted();
                }
            });
            stopped.join();

            assertThat(digest[0]).isEqualTo(expected.sha256());
            assertThat(flag[0]).isTrue();
            assertThat(SoundFile.sha256(SoundFile.pixels(reader))).isEqualTo(expected.sha256());
        }
    }

    @Test
    void nothingStaysOpen() throws IOException {
        Path copy = Files.copy(SoundFile.FOLDER.resolve("one_row.tif"), folder.resolve("copy.tif"));
        ImageFile file = ImageFiles.open(copy);
        PlaneReader reader = file.reader(0, SoundFile.MOST_BYTES);
        assertThat(isOpen(copy)).isTrue();
        reader.close();
        file.close();
        Path bad = Files.write(folder.resolve("bad.tif"), new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0});
        assertThatThrownBy(() -> ImageFiles.open(bad)).isInstanceOf(InputRefused.class);

        assertThat(isOpen(copy)).isFalse();
        assertThat(isOpen(bad)).isFalse();
    }

    private static boolean isOpen(Path file) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
                } catch (IOException closedMeanwhile) {
                    return false;
                }
            });
        }
    }
}
