package io.cellferry.jobs.hvgselection;

import io.cellferry.dataset.CellDataset;
import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import io.cellferry.hvg.HvgTable;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.variablegenes.HvgOptions;
import io.cellferry.jobs.variablegenes.HvgPlan;
import io.cellferry.jobs.variablegenes.HvgPlanner;
import io.cellferry.jobs.variablegenes.HvgRules;
import io.cellferry.jobs.variablegenes.HvgScores;
import io.cellferry.storage.OutputHeading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `verify` adds to the comparison of files with their manifest: with the input, scores are computed again and
/// have to be the same to the last digit.
final class HvgVerification {

    private HvgVerification() {}

    static List<Problem> of(Path output, Optional<Path> input, CheckDepth depth) {
        if (input.isEmpty()) {
            return List.of();
        }
        if (!(depth instanceof CheckDepth.Full)) {
            return List.of(note(
                    output,
                    "scores are computed again only when everything is read.",
                    "Leave out --quick and --sample."));
        }
        Map<String, Object> details = OutputHeading.read(output)
                .map(OutputHeading::details)
                .orElseThrow(() -> new RequestRefused(
                        "%s: the file %s.cellferry.json beside it does not tell how genes were chosen."
                                .formatted(output, output.getFileName()),
                        "Only tables with that file beside them can be compared with an input."));
        HvgOptions options = HvgOptions.of("", OptionValues.of(HvgRules.ALL, said(details)));
        try (CellDataset dataset = ChosenPart.openAgain(input.get(), details)) {
            MachineRoom room = MachineRoom.ofThisProcess(Runtime.getRuntime().maxMemory(), 1, Optional.empty());
            HvgPlanner planner = new HvgPlanner(input.get(), options, room, dataset);
            Optional<HvgPlan> plan = planner.plan();
            if (plan.isEmpty()) {
                return planner.problems().stream().filter(Problem::refuses).toList();
            }
            if (plan.get().turning().isPresent()) {
                return List.of(note(
                        output,
                        "%s lies gene by gene, and scores are computed again only from a matrix by cell."
                                .formatted(options.matrix()),
                        "Run `cellferry hvg` with the same options into another output: the files are the same."));
            }
            String where = "%s: %s".formatted(input.get(), options.matrix());
            return against(output, HvgScores.of(dataset, plan.get(), options, where));
        }
    }

    private static List<Problem> against(Path output, HvgTable table) {
        List<Problem> problems = new ArrayList<>();
        switch (HvgResult.of(output)) {
            case CSV -> TableComparison.csv(output, table).ifPresent(problems::add);
            case JSON -> TableComparison.json(output, table).ifPresent(problems::add);
            case FOLDER -> {
                TableComparison.csv(output.resolve(HvgResult.CSV_FILE), table).ifPresent(problems::add);
                TableComparison.json(output.resolve(HvgResult.JSON_FILE), table).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static Problem note(Path output, String found, String remedy) {
        return Problem.note("verify.against", output.toString(), found, remedy);
    }

    private static Map<String, List<String>> said(Map<String, Object> details) {
        Map<String, List<String>> said = new LinkedHashMap<>();
        if (details.get("options") instanceof Map<?, ?> options) {
            options.forEach((name, values) -> {
                if (values instanceof List<?> list && !list.isEmpty()) {
                    said.put(
                            String.valueOf(name),
                            list.stream().map(String::valueOf).toList());
                }
            });
        }
        return said;
    }
}
