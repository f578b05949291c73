package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.celldive.ScanChannel;
import io.cellferry.celldive.ScanFolder;
import io.cellferry.celldive.ScanRegion;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.image.ImageFile;
import io.cellferry.image.ImageFiles;
import io.cellferry.image.PixelType;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.NearestWord;
import io.cellferry.jobs.planning.Planning;
import io.cellferry.omezarr.PyramidLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Settles what a request means for a folder of scans, collecting every problem on the way.
///
/// A region that cannot be converted is left out with a warning, unless it was asked for by name or no other is left.
final class PyramidPlanner {

    private static final int USUAL_CHUNK = 1024;
    private static final int LEAST_CHUNK = 64;

    private final JobRequest request;
    private final PyramidOptions options;
    private final ScanFolder scans;
    private final List<Problem> problems = new ArrayList<>();

    PyramidPlanner(JobRequest request) {
        this.request = request;
        this.options = PyramidOptions.of(request);
        this.scans = ScanFolder.read(request.input(), options.rules(ChannelFile.table(request)));
    }

    List<Problem> problems() {
        return problems;
    }

    /// The plan of a request that was found possible before.
    static PyramidPlan settle(JobRequest request) {
        PyramidPlanner planner = new PyramidPlanner(request);
        return Planning.possible(planner.plan(), planner.problems());
    }

    /// The plan, or empty when something makes it impossible; [#problems] says what.
    Optional<PyramidPlan> plan() {
        problems.addAll(scans.problems());
        PlaceCheck.of(request, problems);
        List<PyramidPlan.Region> planned = new ArrayList<>();
        List<PyramidPlan.LeftOut> leftOut = new ArrayList<>();
        List<Problem> serious = new ArrayList<>();
        for (String id : wanted()) {
            List<Problem> own = new ArrayList<>(scans.regionProblems().getOrDefault(id, List.of()));
            scans.regions().stream()
                    .filter(region -> region.id().equals(id))
                    .findFirst()
                    .flatMap(region -> region(region, own))
                    .ifPresent(planned::add);
            own.stream().filter(Problem::refuses).forEach(refusal -> {
                leftOut.add(new PyramidPlan.LeftOut(id, told(id, refusal), refusal.remedy()));
                serious.add(refusal);
            });
            own.stream().filter(problem -> !problem.refuses()).forEach(problems::add);
        }
        boolean keepGoing = !planned.isEmpty() && options.regions().isEmpty();
        serious.forEach(refusal -> problems.add(keepGoing ? leftOutWarning(refusal) : refusal));
        boolean possible = !planned.isEmpty() && problems.stream().noneMatch(Problem::refuses);
        return possible ? Optional.of(new PyramidPlan(planned, leftOut)) : Optional.empty();
    }

    /// With the file it concerns, unless it is the region itself or named already.
    private static String told(String region, Problem refusal) {
        boolean isNamed = refusal.where().endsWith(region) || refusal.found().contains(refusal.where());
        return isNamed ? refusal.found() : "%s: %s".formatted(refusal.where(), refusal.found());
    }

    private static Problem leftOutWarning(Problem refusal) {
        return Problem.warning(
                refusal.code(),
                refusal.where(),
                "%s%s The region is left out, and the run will end with exit code 65."
                        .formatted(refusal.found(), refusal.found().endsWith(".") ? "" : "."),
                refusal.remedy());
    }

    /// Ids of regions in order; those asked for that do not exist are refused.
    private List<String> wanted() {
        TreeSet<String> found = new TreeSet<>(scans.regionProblems().keySet());
        scans.regions().forEach(region -> found.add(region.id()));
        if (found.isEmpty() && problems.stream().noneMatch(Problem::refuses)) {
            problems.add(
                    Problem.refusal(
                            "scans.none",
                            request.input().toString(),
                            "expected CellDIVE scans, found no file whose name says its round and region.",
                            "Name the folder that holds the files themselves; `cellferry inspect` says why each was left out."));
        }
        if (options.regions().isEmpty() || found.isEmpty()) {
            return List.copyOf(found);
        }
        List<String> wanted = new ArrayList<>();
        for (String region : options.regions()) {
            if (found.contains(region)) {
                wanted.add(region);
            } else {
                problems.add(Problem.refusal(
                        "request.regions",
                        "--regions",
                        "there is no region %s; there are %s.".formatted(region, String.join(", ", found)),
                        "The nearest is %s.".formatted(NearestWord.to(region, List.copyOf(found)))));
            }
        }
        wanted.sort(Comparator.naturalOrder());
        return wanted;
    }

    private Optional<PyramidPlan.Region> region(ScanRegion region, List<Problem> own) {
        PyramidLayout layout = layout(region);
        List<PyramidPlan.Channel> channels = new ArrayList<>();
        for (ScanChannel channel : region.channels()) {
            try (ImageFile file = ImageFiles.openAgain(channel.file())) {
                int kept = PyramidMemory.keptBlocks(layout, channel.stored().blocks());
                channels.add(new PyramidPlan.Channel(
                        String.valueOf(channel.file().getFileName()),
                        channel.plane(),
                        channel.label(),
                        channel.shown(),
                        channel.colour(),
                        file.readerBytes(channel.plane(), kept),
                        channel.taken()));
            } catch (InputRefused refusal) {
                own.add(asProblem(region.id(), refusal));
            }
        }
        if (own.stream().anyMatch(Problem::refuses)) {
            return Optional.empty();
        }
        String folder = options.prefix().map(prefix -> prefix + "_").orElse("") + region.id() + ".zarr";
        return Optional.of(new PyramidPlan.Region(
                region.id(),
                folder,
                layout,
                region.pixelSize(),
                region.acquired(),
                region.objective(),
                channels,
                ScanFiles.state(request.input(), channels)));
    }

    private static Problem asProblem(String region, Refusal refusal) {
        return Problem.refusal("scans.unreadable", region, String.valueOf(refusal.getMessage()), refusal.remedy());
    }

    private PyramidLayout layout(ScanRegion region) {
        int chunk = options.chunk().orElseGet(() -> usualChunk(region.width(), region.height()));
        PixelType type = region.type();
        boolean banded = region.channels().stream()
                .allMatch(channel -> channel.stored().blocks().isBanded());
        return new PyramidLayout(
                options.version(),
                type,
                region.width(),
                region.height(),
                region.channels().size(),
                PyramidLayout.usefulLevels(region.width(), region.height(), options.levels()),
                chunk,
                Math.max(PyramidLayout.USUAL_SUPERBLOCK, chunk),
                options.sharded(),
                banded && PyramidLayout.fitsBanded(region.width(), chunk, type),
                options.compression(),
                options.level(),
                options.downsampling());
    }

    /// A power of two, because some viewers take the next lower one of anything else.
    private static int usualChunk(long width, long height) {
        int chunk = LEAST_CHUNK;
        while (chunk < USUAL_CHUNK && chunk < Math.max(width, height)) {
            chunk *= 2;
        }
        return chunk;
    }
}
