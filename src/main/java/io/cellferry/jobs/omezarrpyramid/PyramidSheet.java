package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.failure.Problem;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.StepUnits;
import io.cellferry.jobs.planning.PlanFigures;
import io.cellferry.jobs.planning.RoomCheck;
import io.cellferry.omezarr.Pass;
import io.cellferry.omezarr.PyramidLayout;
import io.cellferry.omezarr.SuperblockWriter;
import io.cellferry.zarr.ArrayLayout;
import io.cellferry.zarr.Compression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `plan` says of pyramids: images, files, bytes, memory, scratch, time, and everything that speaks against them.
final class PyramidSheet {

    /// Compressed share of noisy 16-bit tissue; pictures with more of nothing get smaller.
    private static final double LZ4_SHARE = 0.64;

    private static final double ZSTD_SHARE = 0.57;
    /// What LZ4 makes of zeros.
    private static final double ZEROS_SHARE = 1.0 / 250;
    /// Nanoseconds of one worker for one byte of pixels, reading deflate. Measured on one machine; good to a factor of
    /// two.
    private static final double BYTE_NANOS = 6;

    private static final long METADATA_BYTES = 16L << 10;
    /// Documents of an image besides those of its levels.
    private static final int METADATA_FILES = 7;

    private final JobRequest request;
    private final MachineRoom room;

    PyramidSheet(JobRequest request, MachineRoom room) {
        this.request = request;
        this.room = room;
    }

    JobPlan jobPlan(PyramidPlanner planner) {
        Optional<PyramidPlan> settled = planner.plan();
        List<Problem> problems = new ArrayList<>(planner.problems());
        String title = "plan: %s -> %s".formatted(request.input(), request.output());
        if (settled.isEmpty()) {
            return PlanFigures.refused(title, problems);
        }
        PyramidPlan plan = settled.get();
        long files = 0;
        double bytes = 0;
        double pixels = 0;
        double scratch = 0;
        for (PyramidPlan.Region region : plan.regions()) {
            PyramidLayout layout = region.layout();
            files += METADATA_FILES + 2L * layout.levels();
            bytes += METADATA_BYTES;
            for (int level = 0; level < layout.levels(); level++) {
                ArrayLayout array = layout.array(level);
                files += array.fileCount();
                bytes += pixelBytes(layout, level) * share(layout.compression());
                // Chunks at the edges are stored at full size.
                bytes += (paddedBytes(layout, level, layout.chunk()) - pixelBytes(layout, level))
                        * paddingShare(layout.compression());
            }
            pixels += pixelBytes(layout, 0);
            for (Pass pass : layout.passes()) {
                scratch += SuperblockWriter.leftBytes(layout, pass);
            }
        }
        long memory = PyramidMemory.worker(plan);
        RoomCheck.of(request, room, Math.round(bytes), Math.round(scratch), files, memory, problems);
        Duration estimate = Duration.ofMillis(Math.round(pixels * BYTE_NANOS / 1e6 / room.threads()) + 2000);
        return new PlanFigures(
                        files,
                        Math.round(bytes),
                        Math.round(scratch),
                        memory,
                        room.workBytes(),
                        StepUnits.total(plan.steps()),
                        estimate)
                .plan(request, title, rows(plan), facts(plan), problems, plan);
    }

    private static double pixelBytes(PyramidLayout layout, int level) {
        return (double) layout.width(level) * layout.height(level) * layout.channels() * layout.pixelBytes();
    }

    /// In squares of `side` pixels.
    private static double paddedBytes(PyramidLayout layout, int level, double side) {
        return Math.ceil(layout.width(level) / side)
                * Math.ceil(layout.height(level) / side)
                * side
                * side
                * layout.channels()
                * layout.pixelBytes();
    }

    private static double share(Compression compression) {
        return switch (compression) {
            case NONE -> 1;
            case BLOSC_LZ4 -> LZ4_SHARE;
            case BLOSC_ZSTD, ZSTD, GZIP -> ZSTD_SHARE;
        };
    }

    /// The same of zeros.
    private static double paddingShare(Compression compression) {
        return switch (compression) {
            case NONE -> 1;
            case BLOSC_LZ4, BLOSC_ZSTD, ZSTD, GZIP -> ZEROS_SHARE;
        };
    }

    private static List<List<String>> rows(PyramidPlan plan) {
        List<List<String>> rows = new ArrayList<>();
        for (PyramidPlan.Region region : plan.regions()) {
            PyramidLayout layout = region.layout();
            rows.add(List.of(
                    region.folder(),
                    "%,d x %,d %s, %,d channels, %d levels in chunks of %,d, pixel %s"
                            .formatted(
                                    layout.width(),
                                    layout.height(),
                                    layout.type().word(),
                                    region.channels().size(),
                                    layout.levels(),
                                    layout.chunk(),
                                    ScanSheet.words(region.pixelSize()))));
            for (PyramidPlan.Channel channel : region.channels()) {
                rows.add(List.of(
                        "  " + channel.shown(),
                        "%s, colour %06X, exposure %s"
                                .formatted(
                                        channel.file(),
                                        channel.colour(),
                                        ScanSheet.words(channel.taken().exposureMilliseconds(), "%s ms"))));
            }
        }
        return rows;
    }

    private static Map<String, Object> facts(PyramidPlan plan) {
        List<Map<String, Object>> images = new ArrayList<>();
        for (PyramidPlan.Region region : plan.regions()) {
            PyramidLayout layout = region.layout();
            Map<String, Object> image = new LinkedHashMap<>();
            image.put("region", region.id());
            image.put("folder", region.folder());
            image.put("width", layout.width());
            image.put("height", layout.height());
            image.put("type", layout.type().word());
            image.put("levels", layout.levels());
            image.put("chunk", layout.chunk());
            Map<String, Object> channels = new LinkedHashMap<>();
            region.channels().forEach(channel -> channels.put(channel.label(), channel.file()));
            image.put("channels", channels);
            images.add(image);
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("images", images);
        facts.put(
                "leftOut",
                plan.leftOut().stream()
                        .map(PyramidPlan.LeftOut::region)
                        .distinct()
                        .toList());
        return facts;
    }
}
