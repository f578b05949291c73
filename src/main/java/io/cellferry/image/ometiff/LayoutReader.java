package io.cellferry.image.ometiff;

import io.cellferry.codec.Malformed;
import io.cellferry.image.BlockGrid;
import io.cellferry.image.PixelSize;
import io.cellferry.image.PixelType;
import java.util.Optional;

/// Makes the layout of a plane from its directory, doubting every number.
final class LayoutReader {

    /// More is no tile but somebody's whole plane in one piece, or damage.
    static final int MOST_BLOCK_BYTES = 256 << 20;

    /// 50,000 x 60,000 pixels in tiles of 64 are 733,000. Offsets and byte counts take 16 bytes each.
    static final int MOST_BLOCKS = 1 << 21;

    /// Uncompressed strips are read in parts of about this size: small beside a tile's decoder, large beside a seek.
    private static final int PART_BYTES = 1 << 20;

    private static final int MOST_SAMPLES = 64;
    private static final String RETILE = "Write it again in tiles of 512 or 1024 pixels, for instance with tiffcp -8 -t"
            + " -w 512 -l 512 -c lzw or bfconvert -tilex 512 -tiley 512 -bigtiff.";

    private final Directory directory;
    private final int number;

    private LayoutReader(Directory directory, int number) {
        this.directory = directory;
        this.number = number;
    }

    static PlaneLayout read(Directory directory, int number) {
        return new LayoutReader(directory, number).layout();
    }

    private PlaneLayout layout() {
        int width = extent("ImageWidth", directory.number(Tag.IMAGE_WIDTH, "ImageWidth"));
        int height = extent("ImageLength", directory.number(Tag.IMAGE_LENGTH, "ImageLength"));
        int samples = bounded("SamplesPerPixel", directory.number(Tag.SAMPLES_PER_PIXEL, 1), MOST_SAMPLES);
        boolean separate = samples > 1 && directory.number(Tag.PLANAR_CONFIGURATION, 1) == 2;
        PixelType type = SampleTypes.read(directory, samples);
        Compression compression = Compression.of(directory.number(Tag.COMPRESSION, 1));
        refuseWhatIsNotRead(compression, samples, type);
        boolean tiled = directory.entry(Tag.TILE_WIDTH).isPresent();
        long pixelBytes = (long) type.bytes() * (separate ? 1 : samples);
        int blockWidth = width;
        int storedRows;
        int blockHeight;
        if (tiled) {
            blockWidth = extent("TileWidth", directory.number(Tag.TILE_WIDTH, 0));
            storedRows = extent("TileLength", directory.number(Tag.TILE_LENGTH, "TileLength"));
            blockHeight = storedRows;
        } else {
            long rows = directory.number(Tag.ROWS_PER_STRIP, height);
            storedRows = extent("RowsPerStrip", Math.min(rows, height));
            blockHeight = compression == Compression.NONE
                    ? partRows(storedRows, storedRows >= height, width * pixelBytes)
                    : storedRows;
        }
        refuseHugeBlocks(blockWidth, blockHeight, pixelBytes, tiled);
        BlockGrid blocks = new BlockGrid(width, height, blockWidth, blockHeight);
        int offsetsTag = tiled ? Tag.TILE_OFFSETS : Tag.STRIP_OFFSETS;
        int countsTag = tiled ? Tag.TILE_BYTE_COUNTS : Tag.STRIP_BYTE_COUNTS;
        Entry offsets = directory
                .entry(offsetsTag)
                .or(() -> directory.entry(Tag.STRIP_OFFSETS))
                .orElseThrow(() -> new Malformed(
                        "the directory does not say where its pixels are (tag %d)".formatted(offsetsTag)));
        Optional<Entry> counts = directory.entry(countsTag).or(() -> directory.entry(Tag.STRIP_BYTE_COUNTS));
        if (counts.isEmpty() && compression != Compression.NONE) {
            throw new Malformed("the directory does not say how long its tiles are (tag %d)".formatted(countsTag));
        }
        refuseOtherCounts(blocks, storedRows, separate ? samples : 1, offsets, counts);
        return new PlaneLayout(
                number,
                directory.offset(),
                type,
                blocks,
                storedRows,
                tiled,
                samples,
                separate,
                compression,
                predictor(compression, type),
                directory.header().order(),
                offsets,
                counts,
                directory.entry(Tag.JPEG_TABLES),
                pixelSize());
    }

    /// Rows read at once of an uncompressed strip: a divisor of its rows, so that no part crosses into the next strip.
    private static int partRows(int storedRows, boolean isOnly, long rowBytes) {
        long wanted = Math.max(1, PART_BYTES / rowBytes);
        if (storedRows <= wanted) {
            return storedRows;
        }
        int rows = (int) wanted;
        while (!isOnly && storedRows % rows != 0) {
            rows--;
        }
        return rows;
    }

    private static void refuseHugeBlocks(int width, int height, long pixelBytes, boolean tiled) {
        long most = MOST_BLOCK_BYTES / pixelBytes;
        if ((long) width * height > most) {
            throw new Unsupported(
                    "stored in %s of %,d x %,d pixels, more than the %,d MiB that are decoded at once"
                            .formatted(tiled ? "tiles" : "strips", width, height, MOST_BLOCK_BYTES >> 20),
                    RETILE);
        }
    }

    private static void refuseOtherCounts(
            BlockGrid blocks, int storedRows, int separateSamples, Entry offsets, Optional<Entry> counts) {
        // Both factors are below 2^31.
        long stored = blocks.columns() * ((blocks.height() - 1) / storedRows + 1);
        if (stored > MOST_BLOCKS / separateSamples || blocks.count() > MOST_BLOCKS) {
            throw new Unsupported(
                    "stored in %,d tiles or strips, more than the %,d that are read".formatted(stored, MOST_BLOCKS),
                    RETILE);
        }
        long expected = stored * separateSamples;
        if (offsets.count() < expected || counts.isPresent() && counts.get().count() < expected) {
            throw new Malformed("%,d tiles or strips were expected, the directory has %s offsets and %s byte counts"
                    .formatted(
                            expected,
                            Long.toUnsignedString(offsets.count()),
                            counts.map(found -> Long.toUnsignedString(found.count()))
                                    .orElse("no")));
        }
    }

    private void refuseWhatIsNotRead(Compression compression, int samples, PixelType type) {
        if (directory.number(Tag.FILL_ORDER, 1) != 1) {
            throw new Unsupported("bits are stored from the lowest up (FillOrder 2), which is not read", RETILE);
        }
        long photometric = directory.number(Tag.PHOTOMETRIC, 1);
        if (photometric == 6) {
            throw new Unsupported(
                    "pixels are colours as YCbCr, which is not read", "Convert it to RGB or to one file per channel.");
        }
        if (photometric == 3) {
            throw new Unsupported(
                    "pixels are numbers of a colour palette, which is not read", "Convert it to grey values.");
        }
        Optional<String> colours = coloursOfOneSample(photometric);
        if (colours.isPresent()) {
            throw new Unsupported(
                    "pixels are %s (PhotometricInterpretation %d), which is not read"
                            .formatted(colours.get(), photometric),
                    "Convert it to grey values.");
        }
        long depth = directory.number(Tag.IMAGE_DEPTH, 1);
        if (depth > 1) {
            throw new Unsupported(
                    "%,d slices lie behind each other in one directory (ImageDepth), which is not read"
                            .formatted(depth),
                    "Write each slice into a directory of its own.");
        }
        if (compression == Compression.JPEG_2000 && !WaveletDecoder.isAvailable()) {
            throw WaveletDecoder.missing();
        }
        boolean isJpeg = compression == Compression.JPEG;
        boolean isLibrary = isJpeg || compression == Compression.JPEG_2000;
        boolean isTypeKnown = type == PixelType.UINT8 || (!isJpeg && type == PixelType.UINT16);
        if (isLibrary && (samples > 1 || !isTypeKnown)) {
            throw new Unsupported(
                    "%s of %d samples of %s a pixel, which is not read"
                            .formatted(compression.words(), samples, type.word()),
                    "Write it again with zstd, deflate or LZW.");
        }
    }

    /// Kinds of colours whose numbers are no brightness, also where a pixel has only one of them.
    private static Optional<String> coloursOfOneSample(long photometric) {
        return switch ((int) Math.min(photometric, Integer.MAX_VALUE)) {
            case 5 -> Optional.of("amounts of ink");
            case 8, 9, 10 -> Optional.of("colours as L*a*b*");
            case 32803 -> Optional.of("behind a mosaic of colour filters");
            case 32844, 32845 -> Optional.of("logarithms of brightness");
            default -> Optional.empty();
        };
    }

    private Predictor predictor(Compression compression, PixelType type) {
        long number = directory.number(Tag.PREDICTOR, 1);
        Predictor predictor = Predictor.of(number, type);
        if (predictor != Predictor.NONE && !compression.takesPredictor()) {
            throw new Unsupported(
                    "predictor %d together with compression %s, which is not defined"
                            .formatted(number, compression.words()),
                    "Write it again without a predictor.");
        }
        return predictor;
    }

    /// Empty unless it is given in inches or centimetres. Whether it was measured or is the 72 dpi of some screen, the
    /// file does not say.
    private Optional<PixelSize> pixelSize() {
        double micrometres =
                switch ((int) directory.number(Tag.RESOLUTION_UNIT, 2)) {
                    case 2 -> 25_400;
                    case 3 -> 10_000;
                    default -> Double.NaN;
                };
        double x = micrometres / directory.quotient(Tag.X_RESOLUTION);
        double y = micrometres / directory.quotient(Tag.Y_RESOLUTION);
        return PixelSize.isLength(x) && PixelSize.isLength(y) ? Optional.of(new PixelSize(x, y)) : Optional.empty();
    }

    private static int extent(String name, long found) {
        return bounded(name, found, Integer.MAX_VALUE);
    }

    private static int bounded(String name, long found, int most) {
        if (found < 1 || found > most) {
            throw new Malformed(
                    "%s of 1 to %,d was expected, found %s".formatted(name, most, Long.toUnsignedString(found)));
        }
        return (int) found;
    }
}
