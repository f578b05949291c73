package io.cellferry.image.ometiff;

import io.cellferry.codec.Decoder;
import io.cellferry.codec.Malformed;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/// JPEG 2000 of grey values, by the pure Java decoder in the library ome-jai if it is on the class path. The library
/// does not register itself, so it is looked up by the name of its class.
///
/// The size in the code stream is checked before the library sees it. The library was not made for damaged data: any
/// exception of it is damage, and so is any error: it overflows the stack, asks for memory that the block's size does
/// not explain, and ends its thread (with ThreadDeath, which Java is about to remove) where its data end.
final class WaveletDecoder implements Decoder {

    private static final String PROVIDER = "com.sun.media.imageioimpl.plugins.jpeg2000.J2KImageReaderSpi";

    private final ImageReaderSpi provider;
    private final int width;
    private final int sampleBytes;
    private final int[] row;

    WaveletDecoder(int width, int sampleBytes) {
        this.provider = provider().orElseThrow(WaveletDecoder::missing);
        this.width = width;
        this.sampleBytes = sampleBytes;
        this.row = new int[width];
    }

    static boolean isAvailable() {
        return provider().isPresent();
    }

    static Unsupported missing() {
        return new Unsupported(
                "compressed with JPEG 2000, whose decoder (ome-jai) is not installed",
                "Put ome-jai-0.1.4.jar beside the other libraries, or write the file again with zstd, deflate or LZW.");
    }

    private static Optional<ImageReaderSpi> provider() {
        try {
            return Optional.of(Class.forName(PROVIDER)
                    .asSubclass(ImageReaderSpi.class)
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException | LinkageError notInstalled) {
            return Optional.empty();
        }
    }

    @Override
    public int decode(byte[] in, int from, int count, byte[] out, int room) {
        int start = WaveletStream.start(in, from, count);
        int height = WaveletStream.height(in, start, from + count, width, room / sampleBytes / width, sampleBytes);
        WaveletStream.refuseEndless(in, start, from + count);
        byte[] stream = Arrays.copyOfRange(in, start, from + count);
        Raster raster = raster(stream);
        if (raster.getWidth() != width || raster.getHeight() != height || raster.getNumBands() != 1) {
            throw new Malformed("JPEG 2000 data decode to %d x %d pixels of %d samples; %d x %d of 1 were expected"
                    .formatted(raster.getWidth(), raster.getHeight(), raster.getNumBands(), width, height));
        }
        int at = 0;
        for (int line = 0; line < height; line++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + line, width, 1, 0, row);
            for (int sample : row) {
                out[at++] = (byte) sample;
                if (sampleBytes == 2) {
                    out[at++] = (byte) (sample >>> 8);
                }
            }
        }
        return at;
    }

    private Raster raster(byte[] stream) {
        ImageReader reader = null;
        try (var input = new EndingStream(stream)) {
            reader = provider.createReaderInstance();
            reader.setInput(input, true, true);
            return reader.read(0).getRaster();
        } catch (IOException | RuntimeException | Error e) {
            throw new Malformed("JPEG 2000 data are damaged: " + e, e);
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }
}
