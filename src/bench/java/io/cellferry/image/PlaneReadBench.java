package io.cellferry.image;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/// CPU time of reading whole planes tile by tile, or in bands where there are strips; one thread, in megabytes of pixels
/// a second of CPU. Outside of the normal build:
///
/// ```
/// python3 make_ometiff.py --out FOLDER --compression lzw --predictor --width 4096 --height 4096 --channels DAPI
/// javac -d target/bench -cp target/classes src/bench/java/io/cellferry/image/PlaneReadBench.java
/// java --enable-native-access=ALL-UNNAMED -Xmx256m -cp target/classes:target/bench:LIBRARIES -Dbytes=5242880 \
///     io.cellferry.image.PlaneReadBench FILE...
/// ```
public final class PlaneReadBench {

    private static final int ROUNDS = 12;
    private static final long MOST_BYTES = Long.getLong("bytes", 5 << 20);

    private PlaneReadBench() {}

    public static void main(String[] files) {
        for (String name : files) {
            try (ImageFile file = ImageFiles.open(Path.of(name))) {
                double best = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    // A new reader each time: one that is kept would still hold decoded blocks.
                    try (PlaneReader reader = file.reader(0, MOST_BYTES)) {
                        long start = cpuNanoseconds();
                        long bytes = readAll(reader);
                        best = Math.max(best, bytes * 1e3 / (cpuNanoseconds() - start));
                    }
                }
                Plane plane = file.planes().getFirst();
                System.out.printf(
                        "%s: %s, %s in blocks of %d x %d: %,.0f MB/s%n",
                        name,
                        plane.compression(),
                        plane.type().word(),
                        plane.blocks().blockWidth(),
                        plane.blocks().blockHeight(),
                        best);
            }
        }
    }

    private static long readAll(PlaneReader reader) {
        BlockGrid blocks = reader.plane().blocks();
        int pixelBytes = reader.plane().type().bytes();
        byte[] pixels = new byte[blocks.blockWidth() * blocks.blockHeight() * pixelBytes];
        long bytes = 0;
        for (long row = 0; row < blocks.rows(); row++) {
            for (long column = 0; column < blocks.columns(); column++) {
                PixelRegion region = blocks.region(column, row);
                reader.read(region, pixels, 0, region.width() * pixelBytes);
                bytes += (long) region.width() * region.height() * pixelBytes;
            }
        }
        return bytes;
    }

    private static long cpuNanoseconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
