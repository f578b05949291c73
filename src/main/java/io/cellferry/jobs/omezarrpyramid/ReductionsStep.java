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
import java.util.stream.Stream;

/// Step `reductions`: the levels above what a superblock covers, made from the pixels the step before left on scratch.
final class ReductionsStep implements UnitSteps.PartitionWork {

    static void begin(RunContext run) {
        PyramidRun.of(run).desks().clear();
    }

    static List<Partitions.Partition<String>> partitions(RunContext run) {
        return PyramidRun.of(run).reductions().stream()
                .map(partition -> new Partitions.Partition<>(
                        partition.name(),
                        partition.units().stream()
                                .flatMap(ReductionsStep::units)
                                .toList()))
                .toList();
    }

    private static Stream<String> units(PyramidRun.Column column) {
        PyramidLayout layout = column.region().layout();
        return later(layout).stream()
                .flatMap(pass -> pass.superblocks(layout, column.channel()).stream())
                .map(superblock -> PyramidUnits.pixels(column.region().id(), superblock));
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
