package io.cellferry.jobs.hvgselection;

import io.cellferry.failure.Problem;
import io.cellferry.hvg.Flavor;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.StepUnits;
import io.cellferry.jobs.planning.PlanFigures;
import io.cellferry.jobs.planning.RoomCheck;
import io.cellferry.jobs.variablegenes.HvgForecast;
import io.cellferry.jobs.variablegenes.HvgMemory;
import io.cellferry.jobs.variablegenes.HvgOptions;
import io.cellferry.jobs.variablegenes.HvgPlan;
import io.cellferry.jobs.variablegenes.HvgPlanner;
import io.cellferry.matrix.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `plan` says of a choice of genes: passes, memory, scratch, time, and everything that speaks against it.
final class HvgSheet {

    private static final long BYTES_PER_GENE = 120;
    private static final long PAGE_BYTES = 400L << 10;
    /// Starting, planning, publishing.
    private static final Duration START = Duration.ofSeconds(2);

    private final JobRequest request;
    private final MachineRoom room;

    HvgSheet(JobRequest request, MachineRoom room) {
        this.request = request;
        this.room = room;
    }

    JobPlan jobPlan(HvgPlanner planner) {
        Optional<HvgPlan> settled = planner.plan();
        List<Problem> problems = new ArrayList<>(planner.problems());
        String title = "plan: %s -> %s".formatted(request.input(), request.output());
        if (settled.isEmpty()) {
            return PlanFigures.refused(title, problems);
        }
        HvgPlan plan = settled.get();
        HvgOptions options = SelectionRun.options(request);
        boolean twice = options.settings().flavor() == Flavor.PEARSON_RESIDUALS;
        boolean folder = HvgResult.of(request.output()) == HvgResult.FOLDER;
        long files = folder ? 3 : 1;
        long bytes = BYTES_PER_GENE * plan.genes() * (folder ? 2 : 1) + (folder ? PAGE_BYTES : 0);
        HvgMemory.Wants wants = HvgMemory.Wants.of(options, plan.genes());
        long scratch = HvgMemory.scratch(plan, wants);
        long memory = HvgMemory.most(plan, wants, ValueType.FLOAT64);
        RoomCheck.of(request, room, bytes, scratch, files, memory, problems);
        int passes = plan.passes(options);
        return new PlanFigures(
                        files,
                        bytes,
                        scratch,
                        memory,
                        room.workBytes(),
                        StepUnits.total(plan.steps(options.wantsMedian(), twice)),
                        HvgForecast.of(plan, options, room.threads()).plus(START))
                .plan(request, title, rows(plan, options, passes), facts(plan, passes), problems, plan);
    }

    private static List<List<String>> rows(HvgPlan plan, HvgOptions options, int passes) {
        return List.of(
                List.of("matrix", plan.matrix()),
                List.of("flavor", options.settings().flavor().word()),
                List.of("cells", "%,d".formatted(plan.cells())),
                List.of("genes", "%,d".formatted(plan.genes())),
                List.of("batches", "%,d".formatted(plan.batches())),
                List.of("stored values", "%,d".formatted(plan.storedValues())),
                List.of("turned on scratch first", plan.turning().isPresent() ? "yes, it lies gene by gene" : "no"),
                List.of("times the matrix is read", passes == 1 ? "1, and 1 more for rare cases" : "" + passes));
    }

    private static Map<String, Object> facts(HvgPlan plan, int passes) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("matrix", plan.matrix());
        facts.put("cells", plan.cells());
        facts.put("genes", plan.genes());
        facts.put("batches", plan.batches());
        facts.put("storedValues", plan.storedValues());
        facts.put("passes", passes);
        return facts;
    }
}
