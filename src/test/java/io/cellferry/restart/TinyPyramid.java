package io.cellferry.restart;

import io.cellferry.celldive.TinyScan;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.omezarrpyramid.OmeZarrPyramid;
import io.cellferry.launch.RunRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Pyramids of scans that are wider than a superblock and still tiny, because most of them is empty.
public final class TinyPyramid {

    public static final ConversionJob JOB = new OmeZarrPyramid();

    private static final int WIDTH = 4200;
    private static final int HEIGHT = 70;
    /// Two superblocks below each other; 4,096 rows are 1 MiB, which is what is read of a strip at once.
    private static final int TALL_WIDTH = 128;
    private static final int TALL_HEIGHT = 8192;

    private TinyPyramid() {}

    /// Two channels of one region. With chunks of 64 they take two bands each, and a second pass.
    public static Path scans(Path folder) throws IOException {
        Files.createDirectories(folder);
        TinyScan scan = TinyScan.SOUND.type("uint8").size(WIDTH, HEIGHT);
        scan.write(folder.resolve("T_1.0.4_R000_DAPI_FINAL_F.ome.tif"), pixels(1));
        scan.write(folder.resolve("T_2.0.4_R000_Cy3_CD3_FINAL_AFR_F.ome.tif"), pixels(2));
        return folder;
    }

    /// One channel of region R000, and two of R001, of which the second ends in the middle of its second superblock.
    /// What its header says is sound.
    static Path cutOffScans(Path folder) throws IOException {
        Files.createDirectories(folder);
        TinyScan.SOUND.write(folder.resolve("T_1.0.4_R000_DAPI_FINAL_F.ome.tif"), new byte[] {1, 2, 3});
        byte[] pixels = new byte[2 * TALL_WIDTH * TALL_HEIGHT];
        pixels[2 * TALL_WIDTH * 4000] = 77;
        pixels[pixels.length - 2] = 99;
        TinyScan tall = TinyScan.SOUND.size(TALL_WIDTH, TALL_HEIGHT);
        tall.write(folder.resolve("T_1.0.4_R001_DAPI_FINAL_F.ome.tif"), pixels);
        Path cutOff = tall.write(folder.resolve("T_2.0.4_R001_Cy3_CD3_FINAL_AFR_F.ome.tif"), pixels);
        byte[] whole = Files.readAllBytes(cutOff);
        // The offset of the only strip, which follows the eight bytes of the header: one long of tag 273.
        byte[] entry = {0x11, 1, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0};
        int at = pixels.length;
        while (!Arrays.equals(whole, at, at + entry.length, entry, 0, entry.length)) {
            at++;
        }
        ByteBuffer moved =
                ByteBuffer.allocate(whole.length + pixels.length * 3 / 4).order(ByteOrder.LITTLE_ENDIAN);
        moved.put(whole).put(pixels, 0, pixels.length * 3 / 4).putInt(at + 8, whole.length);
        Files.write(cutOff, moved.array());
        return folder;
    }

    private static byte[] pixels(int seed) {
        byte[] pixels = new byte[WIDTH * HEIGHT];
        Random random = new Random(seed);
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                int noise = random.nextInt(256);
                pixels[row * WIDTH + column] = (byte) (column < 20 || column > 4170 ? noise : 0);
            }
        }
        return pixels;
    }

    public static RunRequest request(Path input, Path output, Map<String, String> more) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("chunk-size", "64");
        said.putAll(more);
        Map<String, List<String>> options = new LinkedHashMap<>();
        said.forEach((name, value) -> options.put(name, List.of(value)));
        return new RunRequest(
                JOB, new JobRequest(JOB.name(), input, output, OptionValues.of(JOB.options(), options)), false);
    }
}
