package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.ExportForecast;
import io.cellferry.cellucid.ExportSettings;
import io.cellferry.cellucid.GeneList;
import io.cellferry.dataset.CellDataset;
import io.cellferry.failure.Problem;
import io.cellferry.jobs.FactSheet;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.matrix.TranspositionPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What `plan` says of an export: files, bytes, memory, scratch, time, and everything that speaks against it.
final class PlanSheet {

    /// What edges shrink to at any level: sources repeat, half of each weight is zero, destinations barely shrink.
    private static final double EDGE_RATIO = 0.45;
    /// A run on scratch takes 1.2 (counts) to 9 (wide) bytes a value; see the format page.
    private static final long SCRATCH_PER_COUNT = 2;
    private static final long SCRATCH_PER_WIDE_VALUE = 9;
    /// Nanoseconds of one worker: reading and turning a value, writing a dense value, compressing one. Measured on one
    // machine;
    /// good to a factor of two.
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

    JobPlan jobPlan(Optional<ExportPlan> settled, ExportPlanner planner) {
        List<Problem> problems = new ArrayList<>(planner.problems());
        String title = "plan: %s -> %s".formatted(request.input(), request.output());
        if (settled.isEmpty()) {
            return new JobPlan(
                    new FactSheet(title, List.of(), problems, Map.of("possible", false)),
                    0,
                    0,
                    0,
                    0,
                    0,
                    Duration.ZERO,
                    Optional.empty());
        }
        ExportPlan plan = settled.get();
        ExportForecast forecast = ExportForecast.of(settings, subject(plan, planner));
        problems.addAll(forecast.problems());
        double geneRatio = plan.genes()
                .map(new CompressionSample(settings, dataset)::geneRatio)
                .orElse(1.0);
        long bytes = forecast.bytesOnDisk(geneRatio, otherRatio(plan, forecast));
        long scratch = scratchBytes(plan);
        long memory = workerBytes(plan);
        RoomCheck.of(request, room, bytes, scratch, forecast.files(), memory, problems);
        Duration estimate = estimate(plan);
        FactSheet sheet = new FactSheet(
                title,
                List.of(table(plan, forecast, bytes, scratch, memory, estimate)),
                problems,
                json(plan, forecast, bytes, scratch, memory, estimate, problems));
        return new JobPlan(
                sheet, forecast.files(), bytes, scratch, memory, plan.unitCount(), estimate, Optional.of(plan));
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

    private static long scratchBytes(ExportPlan plan) {
        long tables = plan.embeddings().stream()
                        .mapToLong(ExportPlan.Embedded::dimension)
                        .sum()
                + 64;
        long bytes = 8L * plan.cells() * tables;
        if (plan.genes().filter(ExportPlan.Genes::turned).isPresent()) {
            ExportPlan.Genes genes = plan.genes().get();
            long perValue = genes.wholeNumbers() ? SCRATCH_PER_COUNT : SCRATCH_PER_WIDE_VALUE;
            bytes += genes.storedValues() * perValue + table(genes.transposition());
        }
        if (plan.graph().isPresent()) {
            ExportPlan.Graph graph = plan.graph().get();
            bytes += graph.storedEntries() * SCRATCH_PER_WIDE_VALUE + table(graph.transposition());
        }
        return bytes;
    }

    private static long table(TranspositionPlan plan) {
        return 10L * plan.positions() * plan.blocks().size();
    }

    private long workerBytes(ExportPlan plan) {
        long most = ExportMemory.obsField(plan.cells());
        if (plan.genes().isPresent()) {
            ExportPlan.Genes genes = plan.genes().get();
            for (var range : genes.units()) {
                most = Math.max(most, ExportMemory.geneRange(plan, range, room));
            }
            if (genes.turned()) {
                most = Math.max(most, genes.transposition().workerBytes());
            }
        }
        if (plan.graph().isPresent()) {
            ExportPlan.Graph graph = plan.graph().get();
            most = Math.max(most, ExportMemory.edges(graph, room));
            most = Math.max(most, graph.transposition().workerBytes());
        }
        long kept = ExportMemory.rowStarts(plan.cells()) * (plan.graph().isPresent() ? 2 : 1);
        return most + kept;
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
        return Duration.ofMillis(Math.round(nanos / 1e6 / room.threads()) + 2000);
    }

    private FactSheet.Table table(
            ExportPlan plan, ExportForecast forecast, long bytes, long scratch, long memory, Duration estimate) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("cells", "%,d".formatted(plan.cells())));
        rows.add(List.of(
                "genes",
                "%,d".formatted(plan.genes().map(g -> g.list().genes().size()).orElse(0))));
        rows.add(List.of("annotations", "%,d".formatted(plan.obs().size())));
        rows.add(List.of("files", "%,d".formatted(forecast.files())));
        rows.add(List.of("output", megabytes(bytes)));
        rows.add(List.of("scratch, at most", megabytes(scratch)));
        rows.add(List.of("memory for one worker, at most", megabytes(memory)));
        rows.add(List.of("memory left for work", megabytes(room.workBytes())));
        rows.add(List.of("units of work", "%,d".formatted(plan.unitCount())));
        rows.add(List.of("time, roughly", "%d min %d s".formatted(estimate.toMinutes(), estimate.toSecondsPart())));
        return new FactSheet.Table("the run", List.of("what", "how much"), rows);
    }

    private static String megabytes(long bytes) {
        return bytes < 10L << 20 ? "%,d kB".formatted(bytes >> 10) : "%,d MB".formatted(bytes >> 20);
    }

    private Map<String, Object> json(
            ExportPlan plan,
            ExportForecast forecast,
            long bytes,
            long scratch,
            long memory,
            Duration estimate,
            List<Problem> problems) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("possible", problems.stream().noneMatch(Problem::refuses));
        json.put("input", request.input().toString());
        json.put("output", request.output().toString());
        json.put("options", request.options().all());
        json.put("cells", plan.cells());
        json.put("genes", plan.genes().map(g -> g.list().genes().size()).orElse(0));
        json.put("files", forecast.files());
        json.put("bytes", bytes);
        json.put("scratchBytes", scratch);
        json.put("workerMemoryBytes", memory);
        json.put("workMemoryBytes", room.workBytes());
        json.put("units", plan.unitCount());
        json.put("seconds", estimate.toSeconds());
        return json;
    }
}
