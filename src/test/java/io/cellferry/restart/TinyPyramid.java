package io.cellferry.restart;

import io.cellferry.celldive.TinyScan;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.omezarrpyramid.OmeZarrPyramid;
import io.cellferry.launch.RunRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;

/// Pyramids of scans that are wider than a superblock and still tiny, because most of them is empty.
public final class TinyPyramid {

    public static final ConversionJob JOB = new OmeZarrPyramid();

    private static final int WIDTH = 4200;
    private static final int HEIGHT = 70;
    /// Two superblocks below each other.
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

    /// One channel of region R000, and two of R001, of which the second has a wrong checksum behind its second
    /// superblock. What its headers say is sound, so that only who reads pixels finds out.
    static Path damagedScans(Path folder) throws IOException {
        Files.createDirectories(folder);
        TinyScan.SOUND.write(folder.resolve("T_1.0.4_R000_DAPI_FINAL_F.ome.tif"), new byte[] {1, 2, 3});
        byte[] pixels = new byte[2 * TALL_WIDTH * TALL_HEIGHT];
        pixels[2 * TALL_WIDTH * 4000] = 77;
        pixels[pixels.length - 2] = 99;
        TinyScan tall = TinyScan.SOUND.size(TALL_WIDTH, TALL_HEIGHT);
        tall.write(folder.resolve("T_1.0.4_R001_DAPI_FINAL_F.ome.tif"), pixels);
        Path damaged = tall.write(folder.resolve("T_2.0.4_R001_Cy3_CD3_FINAL_AFR_F.ome.tif"), pixels);
        byte[] upper = deflated(pixels, 0, pixels.length / 2);
        byte[] lower = deflated(pixels, pixels.length / 2, pixels.length / 2);
        lower[lower.length - 1] ^= 1;
        Files.write(damaged, inTwoStrips(Files.readAllBytes(damaged), upper, lower));
        return folder;
    }

    private static byte[] deflated(byte[] bytes, int from, int count) {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(made)) {
            out.write(bytes, from, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made.toByteArray();
    }

    /// A tall scan whose pixels are the two deflated halves instead of the strip that it has.
    private static byte[] inTwoStrips(byte[] tiff, byte[] upper, byte[] lower) {
        int strips = tiff.length;
        int places = strips + upper.length + lower.length;
        ByteBuffer bytes = ByteBuffer.allocate(places + 4 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(tiff).put(upper).put(lower);
        bytes.putInt(strips).putInt(strips + upper.length).putInt(upper.length).putInt(lower.length);
        int directory = bytes.getInt(4);
        int entries = bytes.getShort(directory);
        for (int entry = directory + 2; entry < directory + 2 + entries * 12; entry += 12) {
            switch (bytes.getShort(entry)) {
                case 259 -> bytes.putInt(entry + 8, 8); // compression: deflate
                case 273 -> bytes.putInt(entry + 4, 2).putInt(entry + 8, places); // offsets of strips
                case 278 -> bytes.putInt(entry + 8, TALL_HEIGHT / 2); // rows of a strip
                case 279 -> bytes.putInt(entry + 4, 2).putInt(entry + 8, places + 8); // bytes of strips
                default -> {}
            }
        }
        return bytes.array();
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
