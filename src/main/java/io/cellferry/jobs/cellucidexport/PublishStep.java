package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.EdgeSummary;
import io.cellferry.cellucid.EmbeddingFrame;
import io.cellferry.cellucid.ExportContents;
import io.cellferry.cellucid.GeneBounds;
import io.cellferry.cellucid.GeneList;
import io.cellferry.cellucid.Manifests;
import io.cellferry.cellucid.ObsFieldEntry;
import io.cellferry.jobs.RunContext;
import io.cellferry.matrix.GeneRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// Step `publish`: the manifests, the identity last of all, then one rename that makes the export visible.
final class PublishStep implements Consumer<RunContext> {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public void accept(RunContext run) {
        ExportRun export = ExportRun.of(run);
        run.unit(UnitNames.MANIFESTS, unit -> Manifests.write(export.settings(), contents(export), unit));
        run.goOn();
        run.publish(details(run));
    }

    private static ExportContents contents(ExportRun export) {
        ExportPlan plan = export.plan();
        List<EmbeddingFrame> frames = plan.embeddings().stream()
                .map(embedded -> export.frame(embedded.dimension()))
                .toList();
        List<ObsFieldEntry> obs = IntStream.range(0, plan.obs().size())
                .mapToObj(field -> ObsFieldEntry.fromJson(export.text(UnitNames.obsFile(field))))
                .toList();
        List<GeneRange> ranges = plan.genes().map(ExportPlan.Genes::units).orElse(List.of());
        List<GeneBounds> bounds = ranges.stream()
                .map(range -> GeneBounds.fromJson(export.text(UnitNames.genesFile(range))))
                .toList();
        return new ExportContents(
                plan.cells(),
                frames,
                obs,
                plan.genes().map(ExportPlan.Genes::list),
                bounds,
                plan.graph().map(graph -> EdgeSummary.fromJson(export.text(UnitNames.CONNECTIVITIES_FILE))),
                export.vectorFields());
    }

    /// What the manifest beside the output tells of the run, besides what storage knows itself.
    private static Map<String, Object> details(RunContext run) {
        ExportRun export = ExportRun.of(run);
        ExportPlan plan = export.plan();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("job", run.request().job());
        details.put("input", run.request().input().toString());
        details.put("options", run.request().options().all());
        details.put("cells", plan.cells());
        details.put(
                "genes",
                plan.genes()
                        .map(ExportPlan.Genes::list)
                        .map(GeneList::genes)
                        .map(List::size)
                        .orElse(0));
        if (plan.scoring().isPresent()) {
            Map<?, ?> kept = JSON.readValue(export.text(UnitNames.SELECTION_FILE), Map.class);
            kept.forEach((name, told) -> details.put(String.valueOf(name), told));
        }
        ExportOrigin.of(plan, run.request().options()).into(details);
        return details;
    }
}
