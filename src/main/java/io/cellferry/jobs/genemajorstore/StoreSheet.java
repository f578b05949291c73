package io.cellferry.jobs.genemajorstore;

import io.cellferry.failure.Problem;
import io.cellferry.genemajor.CarriedWriter;
import io.cellferry.genemajor.MatrixLayout;
import io.cellferry.genemajor.StoreMetadata;
import io.cellferry.genemajor.StoreNode;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.StepUnits;
import io.cellferry.jobs.planning.PlanFigures;
import io.cellferry.jobs.planning.RoomCheck;
import io.cellferry.jobs.turning.BlockRuns;
import io.cellferry.matrix.GeneRange;
import io.cellferry.zarr.ArrayLayout;
import io.cellferry.zarr.Compression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What `plan` says of a store: files, bytes, memory, scratch, time, and everything that speaks against it.
final class StoreSheet {

    /// Bytes of a stored value and its place once shuffled and compressed: measured on counts and on log-normalised
    /// values, good to a third. Places alone take 1.2.
    private static final double COUNT_BYTES = 1.8;

    private static final double PLACE_BYTES = 1.2;
    private static final double WIDE_SHARE = 0.85;
    /// Nanoseconds of one worker for one value: read and turn, merge and write. Measured on one machine; good to a
    /// factor of two.
    private static final double VALUE_NANOS = 40;

    private final JobRequest request;
    private final MachineRoom room;

    StoreSheet(JobRequest request, MachineRoom room) {
        this.request = request;
        this.room = room;
    }

    JobPlan jobPlan(Optional<StorePlan> settled, StorePlanner planner) {
        List<Problem> problems = new ArrayList<>(planner.problems());
        String title = "plan: %s -> %s".formatted(request.input(), request.output());
        if (settled.isEmpty()) {
            return PlanFigures.refused(title, problems);
        }
        StorePlan plan = settled.get();
        long files = files(plan);
        long bytes = bytes(plan);
        long scratch = plan.turning()
                .map(turning -> BlockRuns.scratchBytes(turning, plan.storedValues(), plan.wholeNumbers()))
                .orElse(8L * plan.layout().majors());
        long memory = workerBytes(plan, planner);
        RoomCheck.of(request, room, bytes, scratch, files, memory, problems);
        Duration estimate = Duration.ofMillis(Math.round(
                        (plan.storedValues() * VALUE_NANOS + carriedValues(plan) * VALUE_NANOS) / 1e6 / room.threads())
                + 2000);
        return new PlanFigures(files, bytes, scratch, memory, room.workBytes(), StepUnits.total(plan.steps()), estimate)
                .plan(request, title, rows(plan), facts(plan), problems, plan);
    }

    private static long files(StorePlan plan) {
        MatrixLayout layout = plan.layout();
        List<StoreNode> nodes = new ArrayList<>(plan.groups());
        nodes.addAll(plan.arrays());
        return plan.arrays().stream()
                        .mapToLong(array -> array.layout().fileCount())
                        .sum()
                + layout.data(plan.storedValues()).fileCount()
                + layout.indices(plan.storedValues()).fileCount()
                + layout.indptr(plan.storedValues()).fileCount()
                + StoreMetadata.of(nodes, layout, plan.storedValues()).files();
    }

    private static long bytes(StorePlan plan) {
        MatrixLayout layout = plan.layout();
        int valueBytes = layout.type().bytes();
        double perValue = layout.compression() == Compression.NONE
                ? Integer.BYTES + valueBytes
                : plan.wholeNumbers() ? Math.min(COUNT_BYTES, 2 + valueBytes) : PLACE_BYTES + WIDE_SHARE * valueBytes;
        double carried = 0;
        for (StoreNode.Array array : plan.arrays()) {
            carried += values(array.layout()) * Math.max(8, array.layout().elementBytes()) * 0.6;
        }
        return Math.round(plan.storedValues() * perValue + carried);
    }

    private static long carriedValues(StorePlan plan) {
        return plan.arrays().stream().mapToLong(array -> values(array.layout())).sum();
    }

    private static long values(ArrayLayout layout) {
        return layout.shape().stream().reduce(1L, (a, b) -> a * b);
    }

    private long workerBytes(StorePlan plan, StorePlanner planner) {
        CarriedWriter writer = new CarriedWriter(
                StorePlanner.carried(planner.dataset(), StoreOptions.of(request), plan.rowSizes()), () -> {});
        long most = StoreMemory.range(plan, new GeneRange(0, plan.layout().majors()), room);
        most = Math.max(most, StoreMemory.starts(plan));
        if (plan.turning().isPresent()) {
            most = Math.max(most, StoreMemory.block(plan));
        }
        Function<String, StoreNode.Array> arrays = plan.arrayFinder();
        for (var unit : plan.carried()) {
            most = Math.max(most, StoreMemory.carried(arrays, writer, unit));
        }
        return most
                + StoreMemory.inputStarts(plan)
                + StoreMemory.majorStarts(plan.layout().majors());
    }

    private static List<List<String>> rows(StorePlan plan) {
        MatrixLayout layout = plan.layout();
        String type = layout.type().word() + (plan.converted() ? ", converted; real numbers are rounded" : "");
        return List.of(
                List.of("matrix", layout.path()),
                List.of("order", layout.byCell() ? "cell by cell" : "gene by gene"),
                List.of("turned on scratch", plan.turning().isPresent() ? "yes" : "no, it lies so already"),
                List.of("cells", "%,d".formatted(layout.cells())),
                List.of("genes", "%,d".formatted(layout.genes())),
                List.of("stored values", "%,d".formatted(plan.storedValues())),
                List.of("type of the values", type),
                List.of("stored values in a chunk", "%,d".formatted(layout.chunk())),
                List.of("chunks in a file", "%,d".formatted(layout.chunksInFile())),
                List.of("other arrays", "%,d".formatted(plan.arrays().size())));
    }

    private static Map<String, Object> facts(StorePlan plan) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("cells", plan.layout().cells());
        facts.put("genes", plan.layout().genes());
        facts.put("storedValues", plan.storedValues());
        facts.put("order", plan.layout().byCell() ? StoreRules.CELLS : StoreRules.GENES);
        facts.put("turned", plan.turning().isPresent());
        facts.put("chunk", plan.layout().chunk());
        facts.put("chunksInFile", plan.layout().chunksInFile());
        facts.put(
                "notCarried",
                plan.leftBehind().stream().map(Problem::where).distinct().toList());
        return facts;
    }
}
