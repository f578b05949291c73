package io.cellferry.jobs.turning;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.GeneSelection;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.RunWriter;
import io.cellferry.matrix.TranspositionPlan;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;

/// Turns one block of cells after the other into a run on scratch. One a worker, kept from unit to unit; its memory is
/// [io.cellferry.matrix.TranspositionPlan#workerBytes].
public final class BlockTurning {

    private final RowSource rows;
    private final RunWriter writer;
    private final GeneSelection selection;
    private final CsrBlock block;

    /// For the blocks of `plan`, which was made for these `rows` and this `selection`.
    public BlockTurning(RowSource rows, GeneSelection selection, TranspositionPlan plan) {
        this.rows = rows;
        this.writer = new RunWriter(rows.valueType(), selection);
        this.selection = selection;
        this.block = new CsrBlock(rows.valueType(), plan.mostStoredValues());
    }

    /// Writes the run of `cells` to the scratch file `path` of `unit`.
    public void turn(CellRange cells, String path, UnitWriter unit) {
        rows.read(cells, block);
        try (StagedFile file = unit.scratch(path)) {
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
        if (selection.count() == selection.genes()) {
            return block.storedValues();
        }
        long wanted = 0;
        int[] genes = block.genes();
        for (int at = 0; at < block.storedValues(); at++) {
            wanted += selection.position(genes[at]) >= 0 ? 1 : 0;
        }
        return wanted;
    }
}
