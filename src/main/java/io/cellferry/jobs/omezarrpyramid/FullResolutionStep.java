package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.failure.InputRefused;
import io.cellferry.image.ImageFile;
import io.cellferry.image.ImageFiles;
import io.cellferry.image.PlaneReader;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import io.cellferry.omezarr.SuperblockWriter;
import java.util.List;

/// Step `full-resolution`: reads every pixel once and writes all levels that a superblock covers, several side by side.
final class FullResolutionStep implements UnitSteps.PartitionWork {

    static List<Partitions.Partition<String>> partitions(RunContext run) {
        return Partitions.named(PyramidRun.of(run).pixels(), FullResolutionStep::unit);
    }

    private static String unit(PyramidRun.Tile tile) {
        return PyramidUnits.pixels(tile.region().id(), tile.superblock());
    }

    @Override
    public void work(RunContext run, String partition) {
        PyramidRun pyramid = PyramidRun.of(run);
        List<PyramidRun.Tile> tiles = Partitions.units(pyramid.pixels(), partition);
        // The same for every partition: a desk that served a large region may serve a small one next.
        long bytes = PyramidMemory.pixels(pyramid.plan().regions());
        try (MemoryBudget.Lease lease = run.memory().take(bytes, "Writing a superblock of pixels")) {
            pyramid.desks().use(desk -> {
                int from = 0;
                while (from < tiles.size()) {
                    int to = from + 1;
                    while (to < tiles.size() && isSameChannel(tiles.get(from), tiles.get(to))) {
                        to++;
                    }
                    channel(run, pyramid, desk, tiles.subList(from, to));
                    from = to;
                }
            });
        }
    }

    private static boolean isSameChannel(PyramidRun.Tile one, PyramidRun.Tile other) {
        return one.region().id().equals(other.region().id())
                && one.superblock().channel() == other.superblock().channel();
    }

    private static void channel(RunContext run, PyramidRun pyramid, PyramidDesk desk, List<PyramidRun.Tile> tiles) {
        PyramidPlan.Region region = tiles.getFirst().region();
        PyramidPlan.Channel channel =
                region.channels().get(tiles.getFirst().superblock().channel());
        if (tiles.stream().allMatch(tile -> run.folder().isFinished(unit(tile))) || pyramid.isGivenUp(region)) {
            return;
        }
        try (ImageFile file = ImageFiles.openAgain(pyramid.file(channel));
                PlaneReader plane = file.reader(channel.plane(), channel.readerBytes())) {
            ScanFiles.requirePlanned(file.path(), plane.plane(), region);
            SuperblockWriter writer = desk.writer(region);
            for (PyramidRun.Tile tile : tiles) {
                if (pyramid.isGivenUp(region)) {
                    return;
                }
                String leftover = PyramidUnits.leftover(region.id(), tile.superblock());
                run.unit(unit(tile), unit -> writer.write(tile.superblock(), plane::read, leftover, unit));
            }
        } catch (InputRefused damage) {
            pyramid.giveUp(region, damage);
        }
    }
}
