package io.cellferry.jobs.cellucidexport;

import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import io.cellferry.matrix.CellRange;
import java.util.ArrayList;
import java.util.List;

/// Step `payloads`: the edges of the graph, the vector fields and the genes side by side. The edges are one unit, which
/// would keep one processor busy while the others wait; so they come first.
final class PayloadsStep implements UnitSteps.PartitionWork {

    private final ConnectivitiesWork connectivities = new ConnectivitiesWork();
    private final VectorsWork vectors = new VectorsWork();
    private final GenesWork genes = new GenesWork();

    static List<Partitions.Partition<String>> partitions(RunContext run) {
        ExportPlan plan = ExportRun.of(run).plan();
        List<Partitions.Partition<String>> all = new ArrayList<>();
        plan.graph().ifPresent(graph -> {
            List<String> units = new ArrayList<>();
            for (CellRange block : graph.transposition().blocks()) {
                units.add(UnitNames.graphRun(block));
            }
            units.add(UnitNames.CONNECTIVITIES);
            all.add(new Partitions.Partition<>(UnitNames.CONNECTIVITIES, units));
        });
        if (!plan.vectors().isEmpty()) {
            all.add(new Partitions.Partition<>(UnitNames.VECTORS, List.of(UnitNames.VECTORS)));
        }
        all.addAll(GenesWork.partitions(run));
        return all;
    }

    /// Opens the graph, whose row starts stay in memory, while no worker holds any that would be waited for.
    static void begin(RunContext run) {
        ExportRun export = ExportRun.of(run);
        if (export.plan().graph().isPresent() && !run.folder().isFinished(UnitNames.CONNECTIVITIES)) {
            export.graphRows();
        }
    }

    @Override
    public void work(RunContext run, String partition) {
        switch (partition) {
            case UnitNames.CONNECTIVITIES -> connectivities.write(run);
            case UnitNames.VECTORS -> vectors.write(run);
            default -> genes.write(run, partition);
        }
    }
}
