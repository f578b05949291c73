package io.cellferry.image.ometiff;

import io.cellferry.codec.Decoder;
import io.cellferry.codec.Malformed;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/// JPEG of 8-bit grey values. Tables that all tiles share stand in the directory (JPEGTables) and are put before each
/// tile.
///
/// The size in the tile is checked before the library sees it, so that it never makes a raster larger than a block.
/// What the library only warns of, such as data that end early, is damage here: it would fill the rest with grey.
final class JpegDecoder implements Decoder {

    private final byte[] tables;
    private final int width;
    private final ImageReader reader;
    private @Nullable String warning;

    JpegDecoder(byte[] tables, int width) {
        this.tables = tables;
        this.width = width;
        this.reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        reader.addIIOReadWarningListener((source, found) -> warning = found);
    }

    @Override
    public int decode(byte[] in, int from, int count, byte[] out, int room) {
        int height = JpegFrame.height(in, from, count, width, room / width);
        Raster raster = raster(JpegFrame.joined(tables, in, from, count));
        if (warning != null) {
            throw new Malformed("JPEG data are damaged: " + warning);
        }
        if (raster.getWidth() != width || raster.getHeight() != height || raster.getNumBands() != 1) {
            throw new Malformed("JPEG data decode to %d x %d pixels of %d samples; %d x %d of 1 were expected"
                    .formatted(raster.getWidth(), raster.getHeight(), raster.getNumBands(), width, height));
        }
        raster.getDataElements(raster.getMinX(), raster.getMinY(), width, height, out);
        return width * height;
    }

    /// The library, given damaged bytes, throws runtime exceptions of several kinds.
    private Raster raster(byte[] stream) {
        warning = null;
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(stream))) {
            reader.setInput(input, true, true);
            return reader.readRaster(0, null);
        } catch (IOException | RuntimeException e) {
            throw new Malformed("JPEG data are damaged: " + e.getMessage(), e);
        } finally {
            reader.setInput(null);
        }
    }

    @Override
    public void close() {
        reader.dispose();
    }
}
