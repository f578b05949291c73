package io.cellferry.jobs.planning;

import io.cellferry.failure.Problem;
import io.cellferry.jobs.FactSheet;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.SettledPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What every plan foretells, whatever the job, and how it is shown. What the figures mean, [JobPlan] says; `workBytes`
/// is the memory left for work.
public record PlanFigures(
        long files,
        long outputBytes,
        long scratchBytes,
        long workerBytes,
        long workBytes,
        long units,
        Duration estimate) {

    /// The plan of a request that cannot be run, for the reasons in `problems`.
    public static JobPlan refused(String title, List<Problem> problems) {
        FactSheet sheet = new FactSheet(title, List.of(), problems, Map.of("possible", false));
        return new JobPlan(sheet, 0, 0, 0, 0, 0, Duration.ZERO, Optional.empty());
    }

    /// The plan of `request`: what the job says of itself in `rows` and `facts`, then the figures.
    public JobPlan plan(
            JobRequest request,
            String title,
            List<List<String>> rows,
            Map<String, Object> facts,
            List<Problem> problems,
            SettledPlan settled) {
        List<List<String>> all = new ArrayList<>(rows);
        all.add(List.of("files", "%,d".formatted(files)));
        all.add(List.of("output, roughly", size(outputBytes)));
        all.add(List.of("scratch, at most", size(scratchBytes)));
        all.add(List.of("memory for one worker, at most", size(workerBytes)));
        all.add(List.of("memory left for work", size(workBytes)));
        all.add(List.of("units of work", "%,d".formatted(units)));
        all.add(List.of("time, roughly", "%d min %d s".formatted(estimate.toMinutes(), estimate.toSecondsPart())));
        FactSheet.Table table = new FactSheet.Table("the run", List.of("what", "how much"), all);
        FactSheet sheet = new FactSheet(title, List.of(table), problems, json(request, facts, problems));
        return new JobPlan(sheet, files, outputBytes, scratchBytes, workerBytes, units, estimate, Optional.of(settled));
    }

    private Map<String, Object> json(JobRequest request, Map<String, Object> facts, List<Problem> problems) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("possible", problems.stream().noneMatch(Problem::refuses));
        json.put("input", request.input().toString());
        json.put("output", request.output().toString());
        json.put("options", request.options().all());
        json.putAll(facts);
        json.put("files", files);
        json.put("bytes", outputBytes);
        json.put("scratchBytes", scratchBytes);
        json.put("workerMemoryBytes", workerBytes);
        json.put("workMemoryBytes", workBytes);
        json.put("units", units);
        json.put("seconds", estimate.toSeconds());
        return json;
    }

    private static String size(long bytes) {
        return bytes < 10L << 20 ? "%,d kB".formatted(bytes >> 10) : "%,d MB".formatted(bytes >> 20);
    }
}
