package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.celldive.TinyScan;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.TestRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Folders of tiny scans, and runs of the job over them as the program starts it.
final class PyramidRuns implements AutoCloseable {

    static final OmeZarrPyramid JOB = new OmeZarrPyramid();
    static final MachineRoom ROOM = TestRuns.ROOM;

    static final int WIDTH = 150;
    static final int HEIGHT = 70;

    /// The four pixels in the upper left corner of every channel: mean 3.5, upper left 1, brightest 8.
    private static final byte[] CORNER = {1, 2, 3, 8};

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestRuns runs = new TestRuns("pyramids", JOB);

    @Override
    public void close() throws IOException {
        runs.close();
    }

    Path place(String name) {
        return runs.at(name);
    }

    /// A folder of two channels for each of the regions: DAPI of round 1, Cy3 of round 2.
    Path scans(String name, String... regions) throws IOException {
        Path scans = Files.createDirectory(place(name));
        for (String region : regions) {
            scan(scans.resolve(dapi(region)), TinyScan.SOUND, 1);
            scan(scans.resolve(cy3(region)), TinyScan.SOUND, 2);
        }
        return scans;
    }

    static String dapi(String region) {
        return "T_1.0.4_%s_DAPI_FINAL_F.ome.tif".formatted(region);
    }

    static String cy3(String region) {
        return "T_2.0.4_%s_Cy3_CD3_FINAL_AFR_F.ome.tif".formatted(region);
    }

    /// Of bytes that nobody can guess, but for the four in the corner.
    static Path scan(Path file, TinyScan kind, int seed) throws IOException {
        byte[] pixels = new byte[WIDTH * HEIGHT];
        new Random(seed).nextBytes(pixels);
        for (int at = 0; at < 4; at++) {
            pixels[at / 2 * WIDTH + at % 2] = CORNER[at];
        }
        return kind.type("uint8").size(WIDTH, HEIGHT).write(file, pixels);
    }

    /// A file whose header is sound and says deflate, while its pixels are no such thing.
    static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        // The entry of TIFF tag 259, compression: a short, one of them, its value.
        byte[] entry = {3, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0};
        for (int at = bytes.length - entry.length; at >= 0; at--) {
            if (java.util.Arrays.equals(bytes, at, at + entry.length, entry, 0, entry.length)) {
                bytes[at + 8] = 8;
                Files.write(file, bytes);
                return;
            }
        }
        throw new AssertionError("no entry for compression in " + file);
    }

    static RunRequest request(Path scans, Path output, Map<String, String> options) {
        Map<String, List<String>> said = new LinkedHashMap<>();
        options.forEach((name, value) -> said.put(name, List.of(value)));
        return new RunRequest(
                JOB, new JobRequest(JOB.name(), scans, output, OptionValues.of(JOB.options(), said)), false);
    }

    RunOutcome run(Path scans, Path output, Map<String, String> options, MachineRoom room) {
        return run(scans, output, options, room, () -> false);
    }

    /// `betweenUnits` is asked whether to stop, and may do other things.
    RunOutcome run(
            Path scans, Path output, Map<String, String> options, MachineRoom room, BooleanSupplier betweenUnits) {
        return runs.run(request(scans, output, options), room, new RunProgress(), betweenUnits);
    }

    /// `begun` is called before the first step of this attempt.
    RunOutcome runOnce(Path scans, Path output, BooleanSupplier betweenUnits, Runnable begun) {
        MachineRoom oneThread = new MachineRoom(1L << 30, 512L << 20, 1, Optional.empty());
        return runs.run(request(scans, output, Map.of()), oneThread, new RunProgress(), betweenUnits, begun);
    }

    RunOutcome run(Path scans, Path output, Map<String, String> options) {
        return run(scans, output, options, ROOM);
    }

    /// A run that must succeed; its output.
    Path pyramid(Path scans, String name, Map<String, String> options) {
        RunOutcome outcome = run(scans, place(name), options);
        if (outcome.end() != RunOutcome.End.DONE || outcome.reason().isPresent()) {
            throw new AssertionError(
                    "%s ended %s".formatted(name, outcome), outcome.reason().orElse(null));
        }
        return place(name);
    }

    /// Why a run that must not succeed did not.
    Refusal refusal(Path scans, Path output, Map<String, String> options) {
        try {
            RunOutcome outcome = run(scans, output, options);
            return (Refusal) outcome.reason().orElseThrow(() -> new AssertionError("it ended " + outcome));
        } catch (Refusal refusal) {
            return refusal;
        }
    }

    static List<Problem> planned(Path scans, Path output, Map<String, String> options) {
        return JOB.plan(request(scans, output, options).request(), ROOM).problems();
    }

    /// Codes of what a full check refuses.
    static List<String> verified(Path output, Path scans) {
        return TestRuns.differences(JOB, output, scans).stream().distinct().toList();
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readAllBytes(file));
    }
}
