package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import io.cellferry.omezarr.Pass;
import io.cellferry.omezarr.PieceSource;
import io.cellferry.omezarr.PyramidLayout;
import io.cellferry.omezarr.Superblock;
import io.cellferry.omezarr.SuperblockWriter;
import java.util.List;

/// Step `reductions`: the levels above what a superblock covers, made from the pixels the step before left on scratch.
final class ReductionsStep implements UnitSteps.PartitionWork {

    static List<String> partitions(RunContext run) {
        PyramidRun pyramid = PyramidRun.of(run);
        pyramid.desks().clear();
        return pyramid.reductions().stream().map(Partitions.Partition::name).toList();
    }

    static boolean isFinished(RunContext run, String partition) {
        return Partitions.units(PyramidRun.of(run).reductions(), partition).stream()
                .allMatch(column -> isFinished(run, column));
    }

    private static boolean isFinished(RunContext run, PyramidRun.Column column) {
        PyramidPlan.Region region = column.region();
        return later(region.layout()).stream()
                .flatMap(pass -> pass.superblocks(region.layout(), column.channel()).stream())
                .allMatch(superblock -> run.folder().isFinished(PyramidUnits.pixels(region.id(), superblock)));
    }

    private static List<Pass> later(PyramidLayout layout) {
        List<Pass> passes = layout.passes();
        return passes.subList(1, passes.size());
    }

    @Override
    public void work(RunContext run, String partition) {
        PyramidRun pyramid = PyramidRun.of(run);
        for (PyramidRun.Column column : Partitions.units(pyramid.reductions(), partition)) {
            if (!pyramid.isGivenUp(column.region())) {
                reduce(run, pyramid, column);
            }
        }
    }

    private static void reduce(RunContext run, PyramidRun pyramid, PyramidRun.Column column) {
        PyramidPlan.Region region = column.region();
        PyramidLayout layout = region.layout();
        try (MemoryBudget.Lease lease =
                run.memory().take(PyramidMemory.reductions(region), "Making the smaller levels of a channel")) {
            Pass before = layout.passes().getFirst();
            for (Pass pass : later(layout)) {
                PieceSource source = new PieceSource(
                        layout, before, column.channel(), superblock -> pyramid.leftover(region, superblock));
                try (SuperblockWriter writer = new SuperblockWriter(layout, pass, region.folder())) {
                    for (Superblock superblock : pass.superblocks(layout, column.channel())) {
                        String leftover = PyramidUnits.leftover(region.id(), superblock);
                        run.unit(
                                PyramidUnits.pixels(region.id(), superblock),
                                unit -> writer.write(superblock, source, leftover, unit));
                    }
                }
                before = pass;
            }
        }
    }
}
