package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.ExportForecast;
import io.cellferry.cellucid.ExportSettings;
import io.cellferry.cellucid.GeneList;
import io.cellferry.dataset.CellDataset;
import io.cellferry.failure.Problem;
import io.cellferry.hvg.Flavor;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.StepUnits;
import io.cellferry.jobs.planning.PlanFigures;
import io.cellferry.jobs.planning.RoomCheck;
import io.cellferry.jobs.turning.BlockRuns;
import io.cellferry.jobs.variablegenes.HvgForecast;
import io.cellferry.jobs.variablegenes.HvgMemory;
import io.cellferry.jobs.variablegenes.HvgOptions;
import io.cellferry.jobs.variablegenes.HvgPlan;
import io.cellferry.matrix.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongBiFunction;

/// What `plan` says of an export: files, bytes, memory, scratch, time, and everything that speaks against it.
final class PlanSheet {

    /// What edges shrink to at any level: sources repeat, half of each weight is zero, destinations barely shrink.
    private static final double EDGE_RATIO = 0.45;
    /// Nanoseconds of one worker: reading and turning a value, writing a dense value, compressing one. Measured on
    /// one machine; good to a factor of two.
    private static final double TURN_NANOS = 45;

    private static final double WRITE_NANOS = 4;
    private static final double COMPRESS_NANOS = 25;

    private final JobRequest request;
    private final ExportSettings settings;
    private final MachineRoom room;
    private final CellDataset dataset;

    PlanSheet(JobRequest request, ExportSettings settings, MachineRoom room, CellDataset dataset) {
        this.request = request;
        this.settings = settings;
        this.room = room;
        this.dataset = dataset;
    }

    /// Everything, sizes after compression included: these are found by compressing a sample, which takes seconds.
    JobPlan jobPlan(Optional<ExportPlan> settled, ExportPlanner planner) {
        if (settled.isEmpty()) {
            return PlanFigures.refused(title(), planner.problems());
        }
        ExportPlan plan = settled.get();
        ExportForecast forecast = ExportForecast.of(settings, subject(plan, planner));
        if (workerBytes(plan) > room.workBytes()) {
            // It will be refused, and a sample would be read with the memory that is missing.
            return of(plan, planner, forecast, forecast.bytesOnDisk(1, 1));
        }
        double geneRatio = plan.genes()
                .map(new CompressionSample(settings, dataset)::geneRatio)
                .orElse(1.0);
        return of(plan, planner, forecast, forecast.bytesOnDisk(geneRatio, otherRatio(plan, forecast)));
    }

    /// The same for a run about to start. Where even uncompressed files have room, nothing needs to be sampled.
    JobPlan admission(Optional<ExportPlan> settled, ExportPlanner planner) {
        if (settled.isEmpty()) {
            return PlanFigures.refused(title(), planner.problems());
        }
        ExportForecast forecast = ExportForecast.of(settings, subject(settled.get(), planner));
        JobPlan roomy = of(settled.get(), planner, forecast, forecast.bytesOnDisk(1, 1));
        return roomy.refuses() ? jobPlan(settled, planner) : roomy;
    }

    private String title() {
        return "plan: %s -> %s".formatted(request.input(), request.output());
    }

    private JobPlan of(ExportPlan plan, ExportPlanner planner, ExportForecast forecast, long bytes) {
        List<Problem> problems = new ArrayList<>(planner.problems());
        problems.addAll(forecast.problems());
        long scratch = scratchBytes(plan) + scoring(plan, HvgMemory::scratch);
        long memory = workerBytes(plan);
        RoomCheck.of(request, room, bytes, scratch, forecast.files(), memory, problems);
        Duration estimate = estimate(plan);
        return new PlanFigures(
                        forecast.files(),
                        bytes,
                        scratch,
                        memory,
                        room.workBytes(),
                        StepUnits.total(steps(request, plan)),
                        estimate)
                .plan(request, title(), rows(request, plan), facts(plan), problems, plan);
    }

    private double otherRatio(ExportPlan plan, ExportForecast forecast) {
        double tables = new TableSample(settings, dataset, plan).ratio();
        if (settings.gzipLevel().isEmpty() || plan.graph().isEmpty() || forecast.otherBytes() == 0) {
            return tables;
        }
        // 16 bytes an edge where there are many: two indices of four and a weight of eight.
        double edges = Math.min(1, plan.graph().get().storedEntries() * 8.0 / forecast.otherBytes());
        return edges * EDGE_RATIO + (1 - edges) * tables;
    }

    private io.cellferry.cellucid.ExportPlan subject(ExportPlan plan, ExportPlanner planner) {
        return new io.cellferry.cellucid.ExportPlan(
                plan.cells(),
                plan.genes()
                        .map(genes -> genes.list().genes().stream()
                                .map(GeneList.Gene::name)
                                .toList())
                        .orElse(List.of()),
                plan.embeddings().stream().map(ExportPlan.Embedded::dimension).toList(),
                planner.fields(),
                plan.vectors().stream().map(ExportPlan.Vector::dimension).toList(),
                plan.graph()
                        .map(graph -> OptionalLong.of(graph.storedEntries() / 2))
                        .orElse(OptionalLong.empty()));
    }

    /// Copies of the embeddings as doubles and of the latent space as floats, and what turning leaves.
    private long scratchBytes(ExportPlan plan) {
        long embedded = plan.embeddings().stream()
                .mapToLong(ExportPlan.Embedded::dimension)
                .sum();
        long latent = plan.latentColumns(dataset.catalogue());
        long bytes = plan.cells() * (Double.BYTES * embedded + Float.BYTES * latent);
        if (plan.genes().filter(ExportPlan.Genes::turned).isPresent()) {
            ExportPlan.Genes genes = plan.genes().get();
            bytes += BlockRuns.scratchBytes(genes.transposition(), genes.storedValues(), genes.wholeNumbers());
        }
        if (plan.graph().isPresent()) {
            ExportPlan.Graph graph = plan.graph().get();
            bytes += BlockRuns.scratchBytes(graph.transposition(), graph.storedEntries(), false);
        }
        return bytes;
    }

    private long workerBytes(ExportPlan plan) {
        long most = ExportMemory.obsField(plan, plan.latentColumns(dataset.catalogue()));
        most = Math.max(most, ExportMemory.tables(plan, dataset));
        if (plan.genes().isPresent()) {
            ExportPlan.Genes genes = plan.genes().get();
            for (var range : genes.units()) {
                most = Math.max(most, ExportMemory.geneRange(plan, range, room));
            }
            if (genes.turned()) {
                most = Math.max(most, ExportMemory.block(genes));
            }
        }
        if (plan.graph().isPresent()) {
            ExportPlan.Graph graph = plan.graph().get();
            most = Math.max(most, ExportMemory.edges(graph, room));
            most = Math.max(most, ExportMemory.block(graph));
        }
        long kept = ExportMemory.rowStarts(plan.cells())
                + (plan.graph().isPresent() ? ExportMemory.graphStarts(plan.cells()) : 0);
        long scoring = scoring(plan, (hvg, wants) -> HvgMemory.most(hvg, wants, ValueType.FLOAT64));
        return Math.max(most, scoring) + kept + scoring(plan, HvgMemory::kept);
    }

    /// A figure of choosing genes; 0 where nothing is chosen.
    private long scoring(ExportPlan plan, ToLongBiFunction<HvgPlan, HvgMemory.Wants> figure) {
        return plan.scoring()
                .map(hvg -> figure.applyAsLong(
                        hvg, HvgMemory.Wants.of(VariableGenes.of(request).orElseThrow(), hvg.genes())))
                .orElse(0L);
    }

    static List<StepUnits> steps(JobRequest request, ExportPlan plan) {
        return plan.steps(plan.scoring()
                .map(hvg -> {
                    HvgOptions options = VariableGenes.of(request).orElseThrow();
                    return hvg.choosing(
                            options.wantsMedian(), options.settings().flavor() == Flavor.PEARSON_RESIDUALS);
                })
                .orElse(List.of()));
    }

    private Duration estimate(ExportPlan plan) {
        double nanos = 0;
        if (plan.genes().isPresent()) {
            ExportPlan.Genes genes = plan.genes().get();
            double dense = (double) plan.cells() * genes.list().genes().size();
            nanos += genes.storedValues() * TURN_NANOS
                    + dense * (WRITE_NANOS + (settings.gzipLevel().isPresent() ? COMPRESS_NANOS : 0));
        }
        nanos += plan.graph()
                .map(graph -> graph.storedEntries() * 2 * TURN_NANOS)
                .orElse(0.0);
        nanos += (double) plan.obs().size() * plan.cells() * 1000;
        Duration choosing = plan.scoring()
                .map(hvg -> HvgForecast.of(hvg, VariableGenes.of(request).orElseThrow(), room.threads()))
                .orElse(Duration.ZERO);
        return Duration.ofMillis(Math.round(nanos / 1e6 / room.threads()) + 2000)
                .plus(choosing);
    }

    private static List<List<String>> rows(JobRequest request, ExportPlan plan) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("cells", "%,d".formatted(plan.cells())));
        rows.add(List.of("genes", "%,d".formatted(genes(plan))));
        plan.scoring().ifPresent(hvg -> {
            HvgOptions options = VariableGenes.of(request).orElseThrow();
            rows.add(List.of(
                    "genes are chosen by",
                    "%s of %s, which is read %d time%s for that"
                            .formatted(
                                    options.settings().flavor().word(),
                                    hvg.matrix(),
                                    hvg.passes(options),
                                    hvg.passes(options) == 1 ? "" : "s")));
        });
        rows.add(List.of("annotations", "%,d".formatted(plan.obs().size())));
        return rows;
    }

    private static Map<String, Object> facts(ExportPlan plan) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("cells", plan.cells());
        facts.put("genes", genes(plan));
        return facts;
    }

    private static int genes(ExportPlan plan) {
        return plan.genes().map(genes -> genes.list().genes().size()).orElse(0);
    }
}
