package io.cellferry.jobs.cellucidexport;

import io.cellferry.failure.InputRefused;
import io.cellferry.hvg.HvgTable;
import io.cellferry.jobs.NotCarried;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.variablegenes.HvgOptions;
import io.cellferry.jobs.variablegenes.HvgRun;
import io.cellferry.jobs.variablegenes.HvgTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// Step `select`: which genes are exported, where the request leaves that to their scores. The genes of the plan stood
/// in for them until now.
final class SelectStep implements Consumer<RunContext> {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public void accept(RunContext run) {
        switch (ExportRun.scored(run)) {
            case HvgTask.Chosen chosen -> run.progress().found();
            case HvgTask.Choosing choosing -> choose(run, choosing.hvg());
        }
    }

    private static void choose(RunContext run, HvgRun hvg) {
        hvg.scored(table -> {
            int[] places = table.chosen().stream().toArray();
            if (places.length == 0) {
                throw new InputRefused(
                        "%s: %s: no gene has a score, so none can be chosen."
                                .formatted(run.request().input(), hvg.plan().matrix()),
                        "Name the genes to export, or another flavour with --hvg-flavor.");
            }
            run.unit(UnitNames.SELECT, unit -> {
                EmbeddingsStep.text(unit, UnitNames.CHOSEN_FILE, JSON.writeValueAsString(places));
                EmbeddingsStep.text(
                        unit, UnitNames.SELECTION_FILE, JSON.writeValueAsString(told(hvg.options(), table, places)));
            });
        });
        hvg.closeRows();
    }

    /// What the manifest tells of the choice: how it was made, the scores of the chosen genes, and which cells or
    /// batches had no part in it.
    private static Map<String, Object> told(HvgOptions options, HvgTable table, int[] places) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("flavor", table.flavor().word());
        told.put("matrix", options.matrix());
        options.batchKey().ifPresent(key -> told.put("batchKey", key));
        told.put(
                "remarks",
                table.remarks().stream()
                        .map(remark -> remark.where() + ": " + remark.found())
                        .toList());
        List<Map<String, Object>> genes = new ArrayList<>();
        for (int place : places) {
            genes.add(table.scores(place));
        }
        told.put("genes", genes);
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("selection", told);
        NotCarried.put(kept, table.remarks());
        return kept;
    }
}
