package io.cellferry.image.ometiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.image.ImageFile;
import io.cellferry.image.ImageFiles;
import io.cellferry.image.PlaneReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is wrong with a file is said by name and place, with a remedy, and costs no memory.
class OmeTiffRefusalTest {

    private static final long DIRECTORY = 1000;

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("bad.tif");
    }

    private void refuses(Path file, String... reasons) {
        assertThatThrownBy(() -> {
                    try (ImageFile image = ImageFiles.open(file);
                            PlaneReader reader = image.reader(0, SoundFile.MOST_BYTES)) {
                        SoundFile.pixels(reader);
                    }
                })
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContainingAll(reasons)
                .asInstanceOf(type(InputRefused.class))
                .satisfies(refused -> assertThat(refused.remedy()).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bilevel    | unsigned samples of 1 bits
            palette    | colour palette
            ycbcr_jpeg | YCbCr
            lzma       | LZMA (number 34925)
            complex    | complex or unknown (SampleFormat 6)
            half       | floating-point samples of 16 bits
            """)
    void kindsThatAreNotReadAreNamed(String name, String reason) {
        refuses(Path.of("src/test/resources/ometiff/refused", name + ".tif"), "directory 0", reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            262   | 5     | amounts of ink (PhotometricInterpretation 5)
            262   | 8     | L*a*b*
            262   | 32803 | mosaic of colour filters
            262   | 32844 | logarithms
            32997 | 2     | 2 slices lie behind each other
            """)
    void oneSampleThatIsNoBrightnessOfOnePlaneIsNamed(int tag, int value, String reason) throws IOException {
        Path file = TiffBuilder.tiled(false, 16, 16, 8, 16, 16)
                .with(tag, value)
                .with(Tag.TILE_OFFSETS, 8)
                .with(Tag.TILE_BYTE_COUNTS, 256)
                .write(file(), DIRECTORY);

        refuses(file, "directory 0", reason);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 1", "8, 1", "9, 0"})
    void aPictureThatIsToBeTurnedIsTakenAsItIsWithAWarning(int orientation, int warnings) throws IOException {
        Path file = TiffBuilder.tiled(false, 16, 16, 8, 16, 16)
                .with(Tag.ORIENTATION, orientation)
                .with(Tag.TILE_OFFSETS, 8)
                .with(Tag.TILE_BYTE_COUNTS, 256)
                .write(file(), DIRECTORY);

        try (ImageFile image = ImageFiles.open(file)) {
            assertThat(image.problems())
                    .filteredOn(problem -> problem.code().equals("input.tiff.orientation"))
                    .hasSize(warnings);
            assertThat(image.planes()).hasSize(1);
        }
    }

    @Test
    void otherFilesAreNoTiff() throws IOException {
        refuses(Files.write(file(), new byte[0]), "expected a TIFF");
        refuses(Files.write(file(), "not a picture".getBytes(StandardCharsets.UTF_8)), "expected a TIFF");
        refuses(Files.write(file(), new byte[] {'I', 'I', 99, 0, 0, 0}), "expected a TIFF");
        assertThatThrownBy(() -> ImageFiles.open(folder))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("folder");
        assertThatThrownBy(() -> ImageFiles.open(folder.resolve("none.tif")))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void aPipeIsRefusedInsteadOfWaitedFor() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/mkfifo"))).isTrue();
        new ProcessBuilder("/usr/bin/mkfifo", file().toString()).start().waitFor();

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> refuses(file(), "found a pipe"));
    }

    @Test
    void aFileOfNothingButAMaskSaysWhatToDo() throws IOException {
        Path file = TiffBuilder.tiled(false, 16, 16, 8, 16, 16)
                .with(Tag.NEW_SUBFILE_TYPE, 4)
                .with(Tag.TILE_OFFSETS, 8)
                .with(Tag.TILE_BYTE_COUNTS, 256)
                .write(file(), DIRECTORY);

        assertThatThrownBy(() -> ImageFiles.open(file))
                .asInstanceOf(type(InputRefused.class))
                .satisfies(
                        refused -> assertThat(refused.remedy()).isEqualTo("Write it again with the picture itself."));
    }

    @Test
    void aFileThatWasCutOffIsFoundWithoutReadingAPixel() throws IOException {
        byte[] sound = Files.readAllBytes(SoundFile.FOLDER.resolve("tiles_lzw_uint16.tif"));
        try (ImageFile whole = ImageFiles.open(Files.write(file(), sound))) {
            assertThat(whole.problems(0)).isEmpty();
        }

        try (ImageFile image = ImageFiles.open(cut(sound, sound.length - 10))) {
            assertThat(image.problems(0)).singleElement().satisfies(problem -> {
                assertThat(problem.refuses()).isTrue();
                assertThat(problem.code()).isEqualTo("input.tiff.cut-off");
                assertThat(problem.where()).isEqualTo("directory 0 at offset 8");
                assertThat(problem.found())
                        .startsWith("1 of 6 tiles do not lie in the file")
                        .contains("the first is tile 5 (column 2, row 1) at offset");
                assertThat(problem.remedy()).contains("Copy it again");
            });
        }
    }

    @Test
    void pixelsThatWouldLieInTheHeaderAreRefused() throws IOException {
        Path file = TiffBuilder.tiled(false, 16, 16, 8, 16, 16)
                .with(Tag.TILE_OFFSETS, 0)
                .with(Tag.TILE_BYTE_COUNTS, 256)
                .write(file(), DIRECTORY);

        refuses(file, "tile 0 (column 0, row 0) at offset 0", "the header of the file is there");
        try (ImageFile image = ImageFiles.open(file)) {
            assertThat(image.problems(0)).extracting(Problem::code).containsExactly("input.tiff.cut-off");
        }
    }

    @Test
    void tilesThatAreNotStoredAreTold() throws IOException {
        Path file = TiffBuilder.tiled(false, 32, 16, 8, 16, 16)
                .with(Tag.TILE_OFFSETS, 8, 0)
                .with(Tag.TILE_BYTE_COUNTS, 256, 0)
                .write(file(), DIRECTORY);

        try (ImageFile image = ImageFiles.open(file)) {
            assertThat(image.problems(0)).singleElement().satisfies(problem -> {
                assertThat(problem.refuses()).isFalse();
                assertThat(problem.code()).isEqualTo("input.tiff.absent");
                assertThat(problem.found()).startsWith("1 of 2 tiles are not stored");
            });
        }
    }

    @Test
    void filesThatEndEarlySayWhere() throws IOException {
        byte[] sound = Files.readAllBytes(SoundFile.FOLDER.resolve("tiles_lzw_uint16.tif"));

        refuses(cut(sound, 6), "4 bytes at offset 4 were expected, but the file ends after 6 bytes");
        refuses(cut(sound, 60), "directory 0 at offset 8");
        refuses(
                cut(sound, sound.length - 10),
                "directory 0, tile 5 (column 2, row 1) at offset",
                "the file ends after");
    }

    private Path cut(byte[] sound, int length) throws IOException {
        return Files.write(file(), Arrays.copyOf(sound, length));
    }

    @Test
    void offsetsOutsideOfTheFileAreRefused() throws IOException {
        TiffBuilder plane = TiffBuilder.tiled(false, 64, 64, 8, 64, 64).with(Tag.TILE_BYTE_COUNTS, 4096);

        refuses(
                plane.with(Tag.TILE_OFFSETS, 0xFFFF_FF00L).write(file(), DIRECTORY),
                "directory 0, tile 0 (column 0, row 0) at offset 4294967040",
                "but the file ends");
        refuses(
                plane.with(Tag.TILE_OFFSETS, 8).next(5_000_000).write(file(), DIRECTORY),
                "directory 1 at offset 5000000",
                "2 bytes at offset 5,000,000 were expected");
    }

    @Test
    void chainsThatComeBackAreRefused() throws IOException {
        refuses(
                TiffBuilder.tiled(true, 64, 64, 8, 64, 64)
                        .with(Tag.TILE_OFFSETS, 8)
                        .with(Tag.TILE_BYTE_COUNTS, 0)
                        .next(DIRECTORY)
                        .write(file(), DIRECTORY),
                "directory 1 lies at offset 1,000",
                "circle");
    }

    @Test
    void absurdSizesAreRefusedBeforeAnythingIsAllocated() throws IOException {
        refuses(plane(0xFFFF_FFFFL, 5, 16, 16), "ImageWidth of 1 to 2,147,483,647 was expected, found 4294967295");
        refuses(plane(Long.MAX_VALUE, 5, 16, 16), "ImageWidth", "9223372036854775807");
        refuses(plane(0, 5, 16, 16), "ImageWidth");
        refuses(plane(100, 100, 1L << 31, 16), "TileWidth");
        refuses(plane(100, 100, 46_341, 46_341), "tiles of 46,341 x 46,341 pixels, more than the 256 MiB");
        refuses(plane(2_000_000_000, 2_000_000_000, 16, 16), "tiles or strips, more than the");
        refuses(plane(100_000, 100_000, 512, 512), "38,416 tiles or strips were expected", "1 offsets");
        // 2,048 x 4,096 bytes fit into the limit of the format but not into this reader's memory.
        refuses(plane(8192, 8192, 8192, 4096), "tiles of 8,192 x 4,096 pixels", "16 MiB are allowed");
    }

    private Path plane(long width, long height, long tileWidth, long tileHeight) throws IOException {
        return TiffBuilder.tiled(true, width, height, 8, tileWidth, tileHeight)
                .with(Tag.TILE_OFFSETS, 8)
                .with(Tag.TILE_BYTE_COUNTS, 0)
                .claiming(Tag.TILE_OFFSETS, width == 8192 ? 2 : 1)
                .claiming(Tag.TILE_BYTE_COUNTS, width == 8192 ? 2 : 1)
                .write(file(), DIRECTORY);
    }

    @Test
    void countsOfEntriesAreDoubted() throws IOException {
        TiffBuilder plane = TiffBuilder.tiled(true, 60_000, 60_000, 8, 64, 64)
                .with(Tag.TILE_OFFSETS, 8)
                .with(Tag.TILE_BYTE_COUNTS, 8)
                .claiming(Tag.TILE_OFFSETS, 879_844)
                .claiming(Tag.TILE_BYTE_COUNTS, 879_844);
        Path file = plane.write(file(), DIRECTORY);

        // 880 thousand offsets take 20 MiB, more than this reader may have.
        refuses(file, "16 MiB are allowed");
        try (ImageFile image = ImageFiles.open(file)) {
            assertThatThrownBy(() -> image.reader(0, 64 << 20))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContainingAll("directory 0 at offset 1,000", "7,038,752 bytes at offset 8", "file ends");
        }
        refuses(plane.claiming(Tag.TILE_OFFSETS, -1).write(file(), DIRECTORY), "18446744073709551615");
        refuses(plane.claiming(Tag.BITS_PER_SAMPLE, 1L << 40).write(file(), DIRECTORY), "tag 258");
        TiffBuilder.put(file, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}, DIRECTORY);
        refuses(file, "1 to 4,096 entries were expected, the directory says 18446744073709551615");
    }

    @Test
    void tilesThatHoldMoreThanTheyMayAreRefused() throws IOException {
        refuses(compressed(8, deflated(4097)), "tile 0 (column 0, row 0) at offset 8", "more than the 4,096 bytes");
        refuses(compressed(8, deflated(50_000_000)), "far too many");
        refuses(compressed(8, deflated(900_000)), "more than the 4,096 bytes");
        refuses(
                compressed(32773, new byte[] {
                    -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1,
                    -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1,
                    -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1, -127, 1
                }),
                "more than the 4,096 bytes");
    }

    @Test
    void tilesThatHoldTooLittleAreRefused() throws IOException {
        refuses(compressed(8, deflated(4095)), "4,096 bytes were expected, the deflate data hold 4,095");
        refuses(compressed(8, new byte[] {1}), "1 stored bytes of deflate cannot become the 4,096 bytes expected");
        refuses(compressed(1, new byte[4000]), "4,096 bytes were expected, 4,000 are stored");
        refuses(compressed(32773, new byte[70]), "the PackBits data hold 35");
        refuses(compressed(50000, new byte[70]), "zstd frame is damaged");
        refuses(compressed(7, new byte[70]), "JPEG data do not begin with FF D8");
        refuses(compressed(34712, new byte[70]), "JPEG 2000 data do not begin with FF 4F FF 51");
        refuses(compressed(5, new byte[70]), "the LZW data hold 62");
        // The codes 256 (clear), 258; 256, 65, 300; and 0 with the lowest bit first.
        refuses(compressed(5, bits("100000000 100000010")), "LZW code 258 comes right after the table was cleared");
        refuses(compressed(5, bits("100000000 001000001 100101100")), "LZW code 300 comes before it is defined");
        refuses(compressed(5, new byte[] {0, 1, 0, 0}), "the LZW of before TIFF 6.0");
    }

    /// Found by chance: the JPEG 2000 library counts set bits and never comes back from two bytes of them in a packet
    /// header, or from the end of the data.
    @Test
    void wavesThatWouldNeverEndAreRefused() throws IOException {
        byte[] sound = Files.readAllBytes(SoundFile.FOLDER.resolve("tiles_jpeg2000_uint16.tif"));
        byte[] endless = sound.clone();
        // The byte after it is FF already.
        assertThat(endless[470]).isEqualTo((byte) 255);
        endless[469] = (byte) 255;

        refuses(Files.write(file(), endless), "tile 0 (column 0, row 0)", "hold FF FF, which no packet does");
    }

    private static byte[] bits(String codes) {
        String joined = codes.replace(" ", "");
        byte[] packed = new byte[(joined.length() + 7) / 8];
        for (int bit = 0; bit < joined.length(); bit++) {
            packed[bit / 8] |= (byte) ((joined.charAt(bit) - '0') << (7 - bit % 8));
        }
        return packed;
    }

    private static byte[] deflated(int count) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(bytes)) {
            byte[] some = new byte[count];
            new Random(count).nextBytes(some);
            if (count < 1_000_000) {
                Arrays.fill(some, 10, count, (byte) 3);
            }
            deflater.write(some);
        }
        return bytes.toByteArray();
    }

    private Path compressed(int compression, byte[] tile) throws IOException {
        Files.deleteIfExists(file());
        TiffBuilder.put(file(), tile, 8);
        return TiffBuilder.tiled(false, 64, 64, 8, 64, 64)
                .with(Tag.COMPRESSION, compression)
                .with(Tag.TILE_OFFSETS, 8)
                .with(Tag.TILE_BYTE_COUNTS, tile.length)
                .write(file(), Math.max(DIRECTORY, tile.length + 8));
    }

    @Test
    void onePlaneThatCannotBeReadDoesNotHideTheOthers() throws IOException {
        Path file = file();
        TiffBuilder.tiled(false, 16, 16, 8, 16, 16)
                .with(Tag.COMPRESSION, 50001)
                .with(Tag.TILE_OFFSETS, 8)
                .with(Tag.TILE_BYTE_COUNTS, 256)
                .write(file, 2000);
        TiffBuilder.tiled(false, 16, 16, 8, 16, 16)
                .with(Tag.TILE_OFFSETS, 8)
                .with(Tag.TILE_BYTE_COUNTS, 0)
                .next(2000)
                .write(file, DIRECTORY);

        try (ImageFile image = ImageFiles.open(file)) {
            assertThat(image.planes()).hasSize(1);
            assertThat(image.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.severity()).isEqualTo(Problem.Severity.REFUSAL);
                assertThat(problem.code()).isEqualTo("input.tiff.unsupported");
                assertThat(problem.where()).isEqualTo("directory 1 at offset 2,000");
                assertThat(problem.found()).contains("WebP (number 50001)");
                assertThat(problem.remedy()).contains("zstd");
            });
        }
    }
}
