package io.cellferry.restart;

import io.cellferry.celldive.TinyScan;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.omezarrpyramid.OmeZarrPyramid;
import io.cellferry.launch.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Pyramids of scans that are wider than a superblock and still tiny, because most of them is empty.
public final class TinyPyramid {

    public static final ConversionJob JOB = new OmeZarrPyramid();

    private static final int WIDTH = 4200;
    private static final int HEIGHT = 70;

    private TinyPyramid() {}

    /// Two channels of one region. With chunks of 64 they take two bands each, and a second pass.
    public static Path scans(Path folder) throws IOException {
        Files.createDirectories(folder);
        TinyScan scan = TinyScan.SOUND.type("uint8").size(WIDTH, HEIGHT);
        scan.write(folder.resolve("T_1.0.4_R000_DAPI_FINAL_F.ome.tif"), pixels(1));
        scan.write(folder.resolve("T_2.0.4_R000_Cy3_CD3_FINAL_AFR_F.ome.tif"), pixels(2));
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
