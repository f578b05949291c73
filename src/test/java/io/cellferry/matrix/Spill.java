package io.cellferry.matrix;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The runs of one matrix in a folder, written block by block as a job would do it.
record Spill(TranspositionPlan plan, List<Path> runs, long storedValues) {

    /// Room for every column of a small matrix.
    static final long PLENTY = 64 << 20;

    /// Cuts `matrix` into blocks of `blockCells` cells.
    static Spill write(MatrixInMemory matrix, GeneSelection selection, int blockCells, Path folder) {
        TranspositionPlan suggested = TranspositionPlan.of(matrix, selection);
        var plan = new TranspositionPlan(
                suggested.valueType(),
                suggested.cells(),
                suggested.genes(),
                suggested.positions(),
                suggested.blockValues(),
                matrix.blocks(Long.MAX_VALUE, blockCells),
                suggested.geneRanges());
        var writer = new RunWriter(plan.valueType(), selection);
        var block = new CsrBlock(plan.valueType());
        List<Path> runs = new ArrayList<>();
        long storedValues = 0;
        for (CellRange cells : plan.blocks()) {
            Path run = folder.resolve(cells.partitionName() + "-of-" + blockCells + ".run");
            matrix.read(cells, block);
            try (OutputStream file = Files.newOutputStream(run)) {
                storedValues += writer.write(block, to(file)).storedValues();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            runs.add(run);
        }
        return new Spill(plan, runs, storedValues);
    }

    SpilledColumns columns(long columnBytes) {
        return SpilledColumns.open(plan, runs, columnBytes);
    }

    GeneRange allGenes() {
        return new GeneRange(0, plan.positions());
    }

    static RunSink to(OutputStream stream) {
        return (bytes, from, count) -> {
            try {
                stream.write(bytes, from, count);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
