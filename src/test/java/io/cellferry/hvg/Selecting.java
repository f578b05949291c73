package io.cellferry.hvg;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A selection done the way a job does it: ranges, passes, states written and read again, slices of batches.
final class Selecting {

    private final RowSource rows;
    private final HvgSelection selection;
    private final CellBatches batches;
    private int rangeCells = Integer.MAX_VALUE;
    private int blockCells = Integer.MAX_VALUE;
    private int sliceBatches = Integer.MAX_VALUE;
    private int kept = HvgSelection.KEPT;
    private Optional<NumberView.Step> unlogged = Optional.empty();
    private int secondPasses;

    Selecting(RowSource rows, List<String> genes, CellBatches batches, HvgSettings settings) {
        this.rows = rows;
        this.batches = batches;
        this.selection = HvgSelection.of(settings, "test", rows.valueType(), genes, batches);
    }

    Selecting ranges(int cells) {
        rangeCells = cells;
        return this;
    }

    Selecting blocks(int cells) {
        blockCells = cells;
        return this;
    }

    Selecting slices(int count) {
        sliceBatches = count;
        return this;
    }

    Selecting keeping(int counts) {
        kept = counts;
        return this;
    }

    Selecting unlogging(NumberView.Step step) {
        unlogged = Optional.of(step);
        return this;
    }

    /// Slices that needed a second pass.
    int secondPasses() {
        return secondPasses;
    }

    HvgTable table() {
        HvgChoice choice = selection.choice();
        int width = Math.min(sliceBatches, batches.count());
        for (int from = 0; from < batches.count(); from += width) {
            var slice = new BatchRange(from, Math.min(batches.count(), from + width));
            Moments first = over(cell -> unlogged.isEmpty()
                    ? selection.firstPass(cell, slice, kept)
                    : selection.firstPass(cell, slice, kept, NumberView.ofFloats(unlogged.get())));
            Optional<SecondPass> second = selection.secondPass(first);
            secondPasses += second.isPresent() ? 1 : 0;
            choice.add(first, second.map(pass -> over(pass::from)));
        }
        return choice.table();
    }

    Moments over(SecondPass.Start start) {
        List<Moments> ranges = new ArrayList<>();
        var block = new CsrBlock(rows.valueType());
        for (int from = 0; from < rows.cells(); ) {
            int to = (int) Math.min(rows.cells(), (long) from + rangeCells);
            MomentPass pass = start.at(from);
            for (int cell = from; cell < to; ) {
                int end = (int) Math.min(to, (long) cell + blockCells);
                rows.read(new CellRange(cell, end), block);
                pass.add(block);
                cell = end;
            }
            ranges.add(written(pass.moments()));
            from = to;
        }
        Moments merged = ranges.removeFirst();
        ranges.forEach(merged::merge);
        return merged;
    }

    static byte[] bytes(Moments moments) {
        var out = new ByteArrayOutputStream();
        moments.write(out);
        return out.toByteArray();
    }

    private static Moments written(Moments moments) {
        return Moments.read(new ByteArrayInputStream(bytes(moments)));
    }
}
