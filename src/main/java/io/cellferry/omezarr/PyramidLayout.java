package io.cellferry.omezarr;

import io.cellferry.image.PixelType;
import io.cellferry.zarr.ArrayLayout;
import io.cellferry.zarr.Compression;
import io.cellferry.zarr.ZarrType;
import io.cellferry.zarr.ZarrVersion;
import java.util.ArrayList;
import java.util.List;

/// How one image of several channels is cut: into levels, each half as wide and high as the one before and rounded
/// up; into square chunks of `chunk` pixels, a power of two; and into units of work.
///
/// A unit is a superblock: a rectangle of one channel that holds whole chunks, or exactly the pixels of whole shards,
/// on every level it covers, `superblock` pixels wide and high. Levels beyond those it covers are made in further
/// [#passes], from the pixels that the pass before left on scratch.
///
/// `banded` says that the source is stored in strips as wide as the image. Then pixels are read in full width, and
/// units of the first pass are bands, because any other shape would decode every strip several times.
public record PyramidLayout(
        ZarrVersion version,
        PixelType type,
        long width,
        long height,
        int channels,
        int levels,
        int chunk,
        int superblock,
        boolean sharded,
        boolean banded,
        Compression compression,
        int level,
        Downsampling downsampling) {

    /// A superblock's usual side: three levels of 1,024 in 13 MB of 16-bit pixels.
    public static final int USUAL_SUPERBLOCK = 4096;

    /// What a unit may hold of a band; above it superblocks are square, and strips are decoded several times.
    private static final long MOST_BAND_BYTES = 192L << 20;

    private static final int BAND_SHARD_CHUNKS = 4;

    public PyramidLayout {
        if (width < 1 || height < 1 || channels < 1 || levels < 1) {
            throw new IllegalArgumentException(
                    "%,d x %,d pixels, %d channels, %d levels".formatted(width, height, channels, levels));
        }
        if (Integer.bitCount(chunk) != 1 || chunk < 16 || Integer.bitCount(superblock) != 1 || chunk > superblock) {
            throw new IllegalArgumentException(
                    "chunks of %,d pixels in superblocks of %,d".formatted(chunk, superblock));
        }
        if (sharded && version == ZarrVersion.TWO) {
            throw new IllegalArgumentException("version 2 has no shards");
        }
    }

    /// Whether strips of an image this wide can be read band by band.
    public static boolean fitsBanded(long width, int chunk, PixelType type) {
        return width * chunk * type.bytes() <= MOST_BAND_BYTES;
    }

    /// Levels that make sense: one more would repeat a single pixel.
    public static int usefulLevels(long width, long height, int wanted) {
        int levels = 1;
        for (long side = Math.max(width, height); side > 1 && levels < wanted; side = side + 1 >> 1) {
            levels++;
        }
        return levels;
    }

    public long width(int level) {
        return halved(width, level);
    }

    public long height(int level) {
        return halved(height, level);
    }

    /// Rounding up at each of the levels is rounding up once.
    private static long halved(long extent, int times) {
        return times >= Long.SIZE - 1 ? 1 : Math.max(1, (extent - 1 >> times) + 1);
    }

    public int pixelBytes() {
        return type.bytes();
    }

    /// The passes that make all levels, at least one.
    public List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        int first = 0;
        while (first < levels) {
            Pass pass = Pass.of(this, passes.size(), first);
            passes.add(pass);
            first += pass.levels();
        }
        return passes;
    }

    public Pass passOf(int level) {
        return passes().stream()
                .filter(pass -> level >= pass.firstLevel() && level < pass.firstLevel() + pass.levels())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no level %d".formatted(level)));
    }

    /// The array of one level: channel, row, column.
    public ArrayLayout array(int level) {
        Pass pass = passOf(level);
        int rows = 1;
        int columns = 1;
        if (sharded) {
            int down = level - pass.firstLevel();
            rows = Math.max(1, (pass.unitHeight() >> down) / chunk);
            columns = Math.max(1, (pass.unitWidth() >> down) / chunk);
            if (rows != columns) {
                columns = Math.min(columns, BAND_SHARD_CHUNKS);
            }
        }
        return new ArrayLayout(
                version,
                ZarrType.valueOf(type.name()),
                List.of((long) channels, height(level), width(level)),
                List.of(1, chunk, chunk),
                List.of(1, rows, columns),
                compression,
                this.level,
                '/',
                version == ZarrVersion.THREE ? List.of("c", "y", "x") : List.of(),
                List.of());
    }

    /// Where a level lies in the image's folder.
    public static String path(int level) {
        return Integer.toString(level);
    }
}
