package io.cellferry.jobs.variablegenes;

import io.cellferry.hvg.HvgSelection;
import io.cellferry.hvg.MomentPass;
import io.cellferry.hvg.Moments;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/// A step that reads all cells, range by range and several side by side, and leaves the sums of each on scratch.
abstract class PassStep implements UnitSteps.PartitionWork {

    /// One reading of all cells: the name under which its sums are kept, and how a range of it begins.
    record Reading(String pass, IntFunction<MomentPass> start) {}

    /// A unit: one range of one reading.
    private record Part(String pass, CellRange cells) {
        String unit() {
            return UnitNames.range(pass, cells);
        }
    }

    private final Function<RunContext, HvgTask> finder;

    /// `finder` finds what there is to score in a run.
    PassStep(Function<RunContext, HvgTask> finder) {
        this.finder = finder;
    }

    HvgTask task(RunContext run) {
        return finder.apply(run);
    }

    /// Names of the readings that there may have been, whatever the data says; those that are not due count for
    /// nothing.
    abstract List<String> possible(HvgPlan plan);

    /// Names of the readings, in order.
    abstract List<String> passes(HvgRun hvg);

    /// How the reading called `pass` is done.
    abstract Reading reading(HvgRun hvg, String pass);

    private List<Partitions.Partition<Part>> planned(RunContext run) {
        return switch (task(run)) {
            case HvgTask.Chosen chosen -> Partitions.each(finished(run, chosen.plan()), Part::unit);
            case HvgTask.Choosing choosing -> planned(choosing.hvg());
        };
    }

    private List<Part> finished(RunContext run, HvgPlan plan) {
        return parts(possible(plan), plan).stream()
                .filter(part -> run.folder().isFinished(part.unit()))
                .toList();
    }

    private static List<Part> parts(List<String> passes, HvgPlan plan) {
        List<Part> parts = new ArrayList<>();
        for (String pass : passes) {
            for (CellRange cells : plan.ranges()) {
                parts.add(new Part(pass, cells));
            }
        }
        return parts;
    }

    private List<Partitions.Partition<Part>> planned(HvgRun hvg) {
        hvg.closeMirror();
        List<Part> parts = parts(passes(hvg), hvg.plan());
        if (parts.isEmpty() || hvg.plan().randomAccess()) {
            return Partitions.each(parts, Part::unit);
        }
        // One giant chunk is decoded from its start each time, so a single worker goes through it in order.
        return List.of(new Partitions.Partition<>(parts.getFirst().unit(), parts));
    }

    List<Partitions.Partition<String>> partitions(RunContext run) {
        return Partitions.named(planned(run), Part::unit);
    }

    @Override
    public void work(RunContext run, String partition) {
        if (!(task(run) instanceof HvgTask.Choosing choosing)) {
            throw new IllegalStateException("the genes are chosen, but " + partition + " is not finished");
        }
        HvgRun hvg = choosing.hvg();
        // Whoever holds memory must not wait for what the run shares: its holder may be waiting for memory.
        RowSource rows = hvg.rows();
        HvgSelection plain = hvg.plainSelection();
        long bytes = HvgMemory.pass(hvg.plan(), hvg.wants(), rows.valueType());
        for (Part part : Partitions.units(planned(run), partition)) {
            if (!run.folder().isFinished(part.unit())) {
                Reading reading = reading(hvg, part.pass());
                try (MemoryBudget.Lease lease = run.memory().take(bytes, "Adding up a range of cells")) {
                    run.unit(part.unit(), unit -> hvg.blocks()
                            .use(block -> write(
                                    part.unit(), added(rows, block, plain, part.cells(), reading.start()), unit)));
                }
            }
        }
    }

    /// A block to read into with [#added], with room for all but cells that alone have more values than a block.
    static CsrBlock block(RowSource rows, HvgPlan plan) {
        CsrBlock block = new CsrBlock(rows.valueType());
        // Blocks differ a little in size: growing with each larger one would leave megabytes of garbage behind.
        block.reset(new CellRange(0, 0), (int) Math.min(HvgMemory.BLOCK_VALUES, plan.storedValues()));
        return block;
    }

    /// `block` is working memory of the caller.
    static Moments added(
            RowSource rows, CsrBlock block, HvgSelection plain, CellRange cells, IntFunction<MomentPass> start) {
        MomentPass pass = start.apply(cells.from());
        for (CellRange some : rows.blocks(HvgMemory.BLOCK_VALUES, HvgMemory.BLOCK_CELLS)) {
            // Ranges are whole blocks, but for those of a matrix that was turned.
            int from = Math.max(some.from(), cells.from());
            int to = Math.min(some.to(), cells.to());
            if (from < to) {
                rows.read(new CellRange(from, to), block);
                pass.add(block);
                plain.refuseTooManyTotals(pass);
            }
        }
        return pass.moments();
    }

    static void write(String path, Moments moments, UnitWriter unit) {
        try (StagedFile file = unit.scratch(path)) {
            moments.write(new OutputStream() {
                @Override
                public void write(int one) {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int count) {
                    file.write(bytes, from, count);
                }
            });
            file.finish();
        }
    }
}
