package io.cellferry.jobs.genemajorstore;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.CellDatasets;
import io.cellferry.genemajor.CarriedElements;
import io.cellferry.genemajor.GeneStarts;
import io.cellferry.genemajor.MatrixWriter;
import io.cellferry.genemajor.ValueConversion;
import io.cellferry.genemajor.ValueRange;
import io.cellferry.jobs.BlockTurning;
import io.cellferry.jobs.Desks;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.StoredPlan;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.GeneSelection;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.SpilledColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What all steps of one attempt share: the open input, the stored plan, and the matrix once it is open.
final class StoreRun implements AutoCloseable {

    private final RunContext run;
    private final CellDataset dataset;
    private final StorePlan plan;
    private final Map<String, AutoCloseable> open = new HashMap<>();
    private final Desks<BlockTurning> turning = new Desks<>(
            () -> new BlockTurning(rows(), GeneSelection.all(plan().layout().genes())));
    private final Desks<MatrixWriter> writing =
            new Desks<>(() -> new MatrixWriter(plan().layout(), starts(), conversion()));
    private Optional<GeneStarts> starts = Optional.empty();
    private Optional<CarriedElements> carried = Optional.empty();

    private StoreRun(RunContext run) {
        this.run = run;
        this.plan = StoredPlan.read(run, StorePlan.class);
        this.dataset = CellDatasets.open(run.request().input());
    }

    /// The one of `run`; its `inspect` unit must be finished.
    static StoreRun of(RunContext run) {
        return run.shared(StoreRun.class, () -> new StoreRun(run));
    }

    StorePlan plan() {
        return plan;
    }

    /// Ask for it before taking memory for a worker: row starts stay for the rest of the run.
    RowSource rows() {
        return opened("rows", RowSource.class, () -> {
            run.memory().pin(StoreMemory.majorStarts(plan.layout().cells()), "Knowing where each cell's values start");
            return dataset.rows(plan.layout().path());
        });
    }

    /// The matrix gene by gene, once it is turned or because it lies so; what was said of [#rows] holds.
    ColumnSource columns() {
        return opened("columns", ColumnSource.class, () -> {
            if (plan.turning().isPresent()) {
                return spilled();
            }
            run.memory().pin(StoreMemory.majorStarts(plan.layout().genes()), "Knowing where each gene's values start");
            return dataset.columns(plan.layout().path());
        });
    }

    /// Lets go of what turning took: sort buffers, and the chunks that readers decoded last.
    void closeRows() {
        turning.clear();
        close("rows");
    }

    /// Where blocks are turned; cleared by [#closeRows].
    Desks<BlockTurning> turning() {
        return turning;
    }

    /// Where ranges of genes are written; cleared with [#closeMatrix].
    Desks<MatrixWriter> writing() {
        return writing;
    }

    /// Lets go of what reading and writing the matrix took, before something else takes the memory.
    void closeMatrix() {
        closeRows();
        writing.clear();
        close("columns");
    }

    private synchronized void close(String key) {
        AutoCloseable one = open.remove(key);
        try {
            if (one != null) {
                one.close();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("closing the %s of the matrix failed".formatted(key), e);
        }
    }

    /// The runs of all blocks, which must be finished.
    SpilledColumns spilled() {
        return SpilledColumns.open(
                plan.transposition(),
                plan.transposition().blocks().stream()
                        .map(StoreUnits::runFile)
                        .map(run.folder()::scratch)
                        .toList(),
                StoreMemory.columnBytes(run.room()));
    }

    /// Once the unit that finds them is finished.
    synchronized GeneStarts starts() {
        if (starts.isEmpty()) {
            run.memory().pin(StoreMemory.majorStarts(plan.layout().genes()), "Knowing where each gene starts");
            starts = Optional.of(GeneStarts.read(run.folder().scratch(StoreUnits.STARTS_FILE)));
        }
        return starts.get();
    }

    List<ValueRange> geneUnits() {
        return plan.layout().units(starts().storedValues());
    }

    Optional<ValueConversion> conversion() {
        return plan.converted()
                ? Optional.of(new ValueConversion(
                        plan.layout().type(),
                        "%s: %s".formatted(run.request().input(), plan.layout().path())))
                : Optional.empty();
    }

    /// Where the content of carried arrays comes from.
    synchronized CarriedElements carried() {
        if (carried.isEmpty()) {
            carried = Optional.of(StorePlanner.carried(dataset, StoreOptions.of(run.request())));
        }
        return carried.get();
    }

    private synchronized <T extends AutoCloseable> T opened(String key, Class<T> type, Supplier<T> opener) {
        return type.cast(open.computeIfAbsent(key, unused -> opener.get()));
    }

    @Override
    public synchronized void close() throws Exception {
        for (AutoCloseable one : open.values()) {
            one.close();
        }
        dataset.close();
    }
}
