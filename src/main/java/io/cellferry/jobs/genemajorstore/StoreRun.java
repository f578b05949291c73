package io.cellferry.jobs.genemajorstore;

import io.cellferry.dataset.CellDataset;
import io.cellferry.genemajor.CarriedElements;
import io.cellferry.genemajor.MajorStarts;
import io.cellferry.genemajor.MatrixWriter;
import io.cellferry.genemajor.ValueConversion;
import io.cellferry.genemajor.ValueRange;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.Desks;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.planning.StoredPlan;
import io.cellferry.jobs.turning.BlockTurning;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.ColumnsAsRows;
import io.cellferry.matrix.GeneSelection;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.RowsAsColumns;
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
            () -> new BlockTurning(rows(), GeneSelection.all(plan().layout().majors()), plan().transposition()));
    private final Desks<MatrixWriter> writing =
            new Desks<>(() -> new MatrixWriter(plan().layout(), starts(), conversion()));
    private Optional<MajorStarts> starts = Optional.empty();
    private Optional<CarriedElements> carried = Optional.empty();

    private StoreRun(RunContext run) {
        this.run = run;
        this.plan = StoredPlan.read(run, StorePlan.class);
        this.dataset = ChosenPart.open(run.request());
    }

    /// The one of `run`; its `inspect` unit must be finished.
    static StoreRun of(RunContext run) {
        return run.shared(StoreRun.class, () -> new StoreRun(run));
    }

    StorePlan plan() {
        return plan;
    }

    /// The rows to turn, those of the mirror for a store by cell. Ask for it before taking memory for a worker: where
    /// rows start stays for the rest of the run.
    RowSource rows() {
        return opened("rows", RowSource.class, () -> {
            pinStarts();
            return plan.layout().byCell() ? new ColumnsAsRows(byGene()) : byCell();
        });
    }

    /// The matrix in the order of the store, once it is turned or because it lies so; what was said of [#rows] holds.
    /// In a store by cell these are the columns of its mirror.
    ColumnSource columns() {
        return opened("columns", ColumnSource.class, () -> {
            if (plan.turning().isPresent()) {
                return spilled();
            }
            pinStarts();
            return plan.layout().byCell() ? new RowsAsColumns(byCell()) : byGene();
        });
    }

    private RowSource byCell() {
        return dataset.rows(plan.layout().path());
    }

    private ColumnSource byGene() {
        return dataset.columns(plan.layout().path());
    }

    /// Of the matrix as it lies in the input.
    private void pinStarts() {
        run.memory().pin(StoreMemory.inputStarts(plan), "Knowing where the values of each cell or gene start");
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

    /// Where ranges of values are written; cleared with [#closeMatrix].
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
                        .map(block -> StoreUnits.runFile(plan.layout(), block))
                        .map(run.folder()::scratch)
                        .toList(),
                StoreMemory.columnBytes(run.room()));
    }

    /// Once the unit that finds them is finished.
    synchronized MajorStarts starts() {
        if (starts.isEmpty()) {
            run.memory()
                    .pin(
                            StoreMemory.majorStarts(plan.layout().majors()),
                            "Knowing where each %s starts"
                                    .formatted(plan.layout().majorWord()));
            starts = Optional.of(MajorStarts.read(run.folder().scratch(StoreUnits.STARTS_FILE)));
        }
        return starts.get();
    }

    List<ValueRange> valueUnits() {
        return plan.layout().units(starts().storedValues());
    }

    Optional<ValueConversion> conversion() {
        return plan.converted()
                ? Optional.of(new ValueConversion(
                        plan.layout().type(),
                        "%s: %s".formatted(run.request().input(), plan.layout().path()),
                        plan.layout().byCell()))
                : Optional.empty();
    }

    /// Where the content of carried arrays comes from.
    synchronized CarriedElements carried() {
        if (carried.isEmpty()) {
            carried = Optional.of(StorePlanner.carried(dataset, StoreOptions.of(run.request()), plan.rowSizes()));
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
