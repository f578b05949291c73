package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.failure.InputRefused;
import io.cellferry.jobs.Desks;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.planning.StoredPlan;
import io.cellferry.omezarr.Pass;
import io.cellferry.omezarr.Superblock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// What all steps of one attempt share: the stored plan, its units grouped into partitions, and the regions that turned
/// out damaged.
final class PyramidRun implements AutoCloseable {

    private final RunContext run;
    private final PyramidPlan plan;
    private final List<Partitions.Partition<Tile>> pixels;
    private final List<Partitions.Partition<Column>> reductions;
    private final Desks<PyramidDesk> desks = new Desks<>(PyramidDesk::new);
    private final Map<String, InputRefused> damaged = new ConcurrentSkipListMap<>();

    /// A superblock of the first pass.
    record Tile(PyramidPlan.Region region, Superblock superblock) {}

    /// All further passes over one channel.
    record Column(PyramidPlan.Region region, int channel) {}

    private PyramidRun(RunContext run) {
        this.run = run;
        this.plan = StoredPlan.read(run, PyramidPlan.class);
        List<Tile> tiles = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (PyramidPlan.Region region : plan.regions()) {
            List<Pass> passes = region.layout().passes();
            for (int channel = 0; channel < region.channels().size(); channel++) {
                for (Superblock superblock : passes.getFirst().superblocks(region.layout(), channel)) {
                    tiles.add(new Tile(region, superblock));
                }
                if (passes.size() > 1) {
                    columns.add(new Column(region, channel));
                }
            }
        }
        this.pixels = Partitions.ofAlike(
                tiles,
                run.room().threads(),
                tile -> PyramidUnits.partition(tile.region().id(), tile.superblock()));
        this.reductions = Partitions.of(
                columns,
                run.room().threads(),
                column -> PyramidUnits.channel(column.region().id(), column.channel()));
    }

    /// The one of `run`; its `inspect` unit must be finished.
    static PyramidRun of(RunContext run) {
        return run.shared(PyramidRun.class, () -> new PyramidRun(run));
    }

    PyramidPlan plan() {
        return plan;
    }

    List<Partitions.Partition<Tile>> pixels() {
        return pixels;
    }

    List<Partitions.Partition<Column>> reductions() {
        return reductions;
    }

    /// Where superblocks of the first pass are written; cleared by the step after.
    Desks<PyramidDesk> desks() {
        return desks;
    }

    Path file(PyramidPlan.Channel channel) {
        return run.request().input().resolve(channel.file());
    }

    Path leftover(PyramidPlan.Region region, Superblock superblock) {
        return run.folder().scratch(PyramidUnits.leftover(region.id(), superblock));
    }

    /// Gives a region up: a file of it cannot be read. The others go on.
    void giveUp(PyramidPlan.Region region, InputRefused reason) {
        damaged.putIfAbsent(
                region.id(), ScanFiles.change(run.request().input(), region).orElse(reason));
    }

    /// Gives up the regions whose files became others while they were read: their images show some of either.
    void giveUpChanged() {
        for (PyramidPlan.Region region : plan.regions()) {
            ScanFiles.change(run.request().input(), region)
                    .ifPresent(change -> damaged.putIfAbsent(region.id(), change));
        }
    }

    boolean isGivenUp(PyramidPlan.Region region) {
        return damaged.containsKey(region.id());
    }

    Map<String, InputRefused> damaged() {
        return damaged;
    }

    /// All finished units of a region that wrote into the output.
    List<String> finishedUnits(PyramidPlan.Region region) {
        List<String> names = new ArrayList<>();
        Optional.of(PyramidUnits.metadata(region.id()))
                .filter(run.folder()::isFinished)
                .ifPresent(names::add);
        for (Pass pass : region.layout().passes()) {
            for (int channel = 0; channel < region.channels().size(); channel++) {
                for (Superblock superblock : pass.superblocks(region.layout(), channel)) {
                    Optional.of(PyramidUnits.pixels(region.id(), superblock))
                            .filter(run.folder()::isFinished)
                            .ifPresent(names::add);
                }
            }
        }
        return names;
    }

    @Override
    public void close() {
        desks.clear();
    }
}
