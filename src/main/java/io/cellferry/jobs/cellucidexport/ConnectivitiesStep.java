package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.EdgeSummary;
import io.cellferry.cellucid.EdgeWriter;
import io.cellferry.cellucid.NeighbourGraph;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.turning.BlockTurning;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.GeneSelection;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.TranspositionPlan;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Step `connectivities`: turns the graph, block by block, then writes its edges while reading rows and columns in
/// step. Having both is what makes the check for symmetry exact without holding the graph.
final class ConnectivitiesStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        ExportRun export = ExportRun.of(run);
        if (export.plan().graph().isEmpty()) {
            return;
        }
        ExportPlan.Graph graph = export.graph();
        RowSource rows = export.graphRows();
        turn(run, graph, rows);
        try (MemoryBudget.Lease lease =
                run.memory().take(ExportMemory.edges(graph, run.room()), "Writing the neighbour graph")) {
            run.unit(UnitNames.CONNECTIVITIES, unit -> {
                NeighbourGraph both = new NeighbourGraph(
                        graph.path(),
                        rows,
                        export.graphColumns(),
                        graph.order() == MatrixInfo.Order.DENSE,
                        OptionalLong.of(graph.storedEntries()));
                EdgeSummary summary = new EdgeWriter(export.settings()).write(both, unit);
                EmbeddingsStep.text(unit, UnitNames.CONNECTIVITIES_FILE, summary.toJson());
            });
        }
    }

    private static void turn(RunContext run, ExportPlan.Graph graph, RowSource rows) {
        TranspositionPlan plan = graph.transposition();
        try (MemoryBudget.Lease lease =
                run.memory().take(ExportMemory.block(graph), "Turning a block of the neighbour graph")) {
            GeneSelection all = GeneSelection.all(plan.genes());
            BlockTurning turning = new BlockTurning(rows, all, plan);
            for (CellRange block : plan.blocks()) {
                run.unit(UnitNames.graphRun(block), unit -> turning.turn(block, UnitNames.graphRunFile(block), unit));
            }
        }
    }
}
