package io.cellferry.jobs.cellucidexport;

import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.GeneSelection;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.RunWriter;
import io.cellferry.matrix.TranspositionPlan;
import java.util.List;

/// Step `transpose`: turns every block of cells of the expression matrix into one run on scratch. No partitions, and
/// nothing done, when the matrix lies gene by gene already.
final class TransposeStep implements UnitSteps.PartitionWork {

    private static List<Partitions.Partition<CellRange>> planned(RunContext run) {
        ExportRun export = ExportRun.of(run);
        if (export.plan().genes().filter(ExportPlan.Genes::turned).isEmpty()) {
            return List.of();
        }
        List<CellRange> blocks = export.genes().transposition().blocks();
        if (!blocks.isEmpty() && !export.rows(export.genes().matrix()).randomAccess()) {
            // One giant chunk is decoded from its start each time, so a single worker goes through it in order.
            return List.of(new Partitions.Partition<>(blocks.getFirst().partitionName(), blocks));
        }
        return Partitions.of(blocks, CellRange::partitionName);
    }

    static List<String> partitions(RunContext run) {
        return planned(run).stream().map(Partitions.Partition::name).toList();
    }

    static boolean isFinished(RunContext run, String partition) {
        return Partitions.units(planned(run), partition).stream()
                .allMatch(block -> run.folder().isFinished(UnitNames.run(block)));
    }

    @Override
    public void work(RunContext run, String partition) {
        ExportRun export = ExportRun.of(run);
        TranspositionPlan plan = export.genes().transposition();
        try (MemoryBudget.Lease lease = run.memory().take(plan.workerBytes(), "Turning a block of cells")) {
            Turning turning = new Turning(
                    export.rows(export.genes().matrix()),
                    new RunWriter(plan.valueType(), export.selection()),
                    export.selection());
            for (CellRange block : Partitions.units(planned(run), partition)) {
                run.unit(UnitNames.run(block), unit -> turning.turn(block, UnitNames.runFile(block), unit));
            }
        }
    }

    /// One worker's block, kept from unit to unit.
    static final class Turning {

        private final RowSource rows;
        private final RunWriter writer;
        private final GeneSelection selection;
        private final CsrBlock block;

        Turning(RowSource rows, RunWriter writer, GeneSelection selection) {
            this.rows = rows;
            this.writer = writer;
            this.selection = selection;
            this.block = new CsrBlock(rows.valueType());
        }

        void turn(CellRange cells, String path, io.cellferry.storage.UnitWriter unit) {
            rows.read(cells, block);
            try (io.cellferry.storage.StagedFile file = unit.scratch(path)) {
                long written = writer.write(block, file::write).storedValues();
                long wanted = wanted();
                if (written != wanted) {
                    throw new IllegalStateException("%s: %,d values were wanted but %,d were written"
                            .formatted(cells.partitionName(), wanted, written));
                }
                file.finish();
            }
        }

        /// Counted on its own, because a sort that loses values is the one mistake nobody would see.
        private long wanted() {
            long wanted = 0;
            int[] genes = block.genes();
            for (int at = 0; at < block.storedValues(); at++) {
                wanted += selection.position(genes[at]) >= 0 ? 1 : 0;
            }
            return wanted;
        }
    }
}
