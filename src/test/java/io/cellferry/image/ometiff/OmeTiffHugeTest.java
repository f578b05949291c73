package io.cellferry.image.ometiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.image.ImageFile;
import io.cellferry.image.ImageFiles;
import io.cellferry.image.PixelRegion;
import io.cellferry.image.PlaneReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Planes far beyond 2^31 bytes are read region by region, in memory that follows the tile and never the plane.
///
/// The files are sparse: 6 GB long, a few hundred kilobytes on disk.
class OmeTiffHugeTest {

    private static final int WIDTH = 50_000;
    private static final int HEIGHT = 60_000;
    private static final int TILE = 512;
    private static final int TILE_BYTES = TILE * TILE * 2;
    private static final int ACROSS = (WIDTH + TILE - 1) / TILE;
    private static final int DOWN = (HEIGHT + TILE - 1) / TILE;

    @TempDir
    Path folder;

    /// A value for every pixel of the plane.
    private static short value(long x, long y) {
        return (short) (x * 31 + y * 17 + (x * y >>> 9));
    }

    /// All tiles have a place, beyond 2^32 from tile 8,192 on, but only those around the region are written.
    @Test
    void tilesBeyondFourGigabytesAreRead() throws IOException {
        Path file = folder.resolve("tiles.tif");
        long[] offsets = new long[ACROSS * DOWN];
        long[] counts = new long[offsets.length];
        for (int tile = 0; tile < offsets.length; tile++) {
            offsets[tile] = 4_000_000L + (long) tile * TILE_BYTES;
            counts[tile] = TILE_BYTES;
        }
        // The last tile of the plane is not stored.
        counts[offsets.length - 1] = 0;
        TiffBuilder.tiled(true, WIDTH, HEIGHT, 16, TILE, TILE)
                .with(Tag.TILE_OFFSETS, offsets)
                .with(Tag.TILE_BYTE_COUNTS, counts)
                .write(file, 16);
        PixelRegion region = new PixelRegion(49_500, 58_900, 500, 600);
        for (int row = 58_900 / TILE; row <= 59_499 / TILE; row++) {
            for (int column = 49_500 / TILE; column <= 49_999 / TILE; column++) {
                int tile = row * ACROSS + column;
                TiffBuilder.put(file, tile(column * (long) TILE, row * (long) TILE), offsets[tile]);
            }
        }
        // Makes the file as long as its last tile that is said to be stored.
        TiffBuilder.put(file, new byte[] {0}, offsets[offsets.length - 2] + TILE_BYTES - 1);

        try (ImageFile image = ImageFiles.open(file);
                PlaneReader reader = image.reader(0, 8 << 20)) {
            assertThat(reader.readerBytes()).isLessThanOrEqualTo(8 << 20);
            assertPixels(reader, region);
            assertThat(read(reader, new PixelRegion(49_990, 59_990, 10, 10))).containsOnly(0);
        }
    }

    private static byte[] tile(long x, long y) {
        ByteBuffer tile = ByteBuffer.allocate(TILE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < TILE; row++) {
            for (int column = 0; column < TILE; column++) {
                tile.putShort(value(x + column, y + row));
            }
        }
        return tile.array();
    }

    /// The whole plane in one strip, as simple writers leave it.
    @Test
    void oneUncompressedStripOfSixGigabytesIsReadInParts() throws IOException {
        Path file = folder.resolve("strip.tif");
        long start = 1000;
        new TiffBuilder(true)
                .with(Tag.IMAGE_WIDTH, WIDTH)
                .with(Tag.IMAGE_LENGTH, HEIGHT)
                .with(Tag.BITS_PER_SAMPLE, 16)
                .with(Tag.STRIP_OFFSETS, start)
                .with(Tag.STRIP_BYTE_COUNTS, 2L * WIDTH * HEIGHT)
                .write(file, 16);
        PixelRegion region = new PixelRegion(49_000, 59_700, 1000, 300);
        for (int row = 0; row < region.height(); row++) {
            ByteBuffer pixels = ByteBuffer.allocate(2 * region.width()).order(ByteOrder.LITTLE_ENDIAN);
            for (int column = 0; column < region.width(); column++) {
                pixels.putShort(value(region.x() + column, region.y() + row));
            }
            TiffBuilder.put(file, pixels.array(), start + 2 * ((region.y() + row) * WIDTH + region.x()));
        }

        try (ImageFile image = ImageFiles.open(file);
                PlaneReader reader = image.reader(0, 4 << 20)) {
            // 100,000 bytes a row: ten rows are about a megabyte.
            assertThat(reader.plane().blocks().blockHeight()).isEqualTo(10);
            assertThat(reader.plane().blocks().isBanded()).isTrue();
            assertPixels(reader, region);
        }
    }

    /// 700 rows are seven parts of 100 each: no part crosses into the next strip.
    @Test
    void partsOfLargeStripsStayWithinThem() throws IOException {
        Path file = folder.resolve("strips.tif");
        int width = 5000;
        int rows = 1000;
        new TiffBuilder(false)
                .with(Tag.IMAGE_WIDTH, width)
                .with(Tag.IMAGE_LENGTH, rows)
                .with(Tag.BITS_PER_SAMPLE, 16)
                .with(Tag.ROWS_PER_STRIP, 700)
                .with(Tag.STRIP_OFFSETS, 9_000_000, 1000)
                .with(Tag.STRIP_BYTE_COUNTS, 700L * 2 * width, 300L * 2 * width)
                .write(file, 8);
        ByteBuffer pixels = ByteBuffer.allocate(2 * width * rows).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < width; x++) {
                pixels.putShort(value(x, y));
            }
        }
        byte[] first = new byte[700 * 2 * width];
        byte[] second = new byte[300 * 2 * width];
        pixels.flip().get(first).get(second);
        TiffBuilder.put(file, first, 9_000_000);
        TiffBuilder.put(file, second, 1000);

        try (ImageFile image = ImageFiles.open(file);
                PlaneReader reader = image.reader(0, 4 << 20)) {
            assertThat(reader.plane().blocks().blockHeight()).isEqualTo(100);
            assertPixels(reader, new PixelRegion(10, 650, 4000, 120));
            assertPixels(reader, new PixelRegion(0, 0, width, rows));
        }
    }

    private static byte[] read(PlaneReader reader, PixelRegion region) {
        byte[] pixels = new byte[2 * region.width() * region.height()];
        reader.read(region, pixels, 0, 2 * region.width());
        return pixels;
    }

    private static void assertPixels(PlaneReader reader, PixelRegion region) {
        ByteBuffer found = ByteBuffer.wrap(read(reader, region)).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < region.height(); row++) {
            for (int column = 0; column < region.width(); column++) {
                short expected = value(region.x() + column, region.y() + row);
                if (found.getShort() != expected) {
                    throw new AssertionError("pixel %d, %d of %s".formatted(column, row, region));
                }
            }
        }
    }
}
