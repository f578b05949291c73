package io.cellferry.jobs.variablegenes;

import io.cellferry.dataset.CellDataset;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import io.cellferry.hvg.BatchRange;
import io.cellferry.hvg.CellBatches;
import io.cellferry.hvg.HvgChoice;
import io.cellferry.hvg.HvgSelection;
import io.cellferry.hvg.HvgSettings;
import io.cellferry.hvg.HvgTable;
import io.cellferry.hvg.Moments;
import io.cellferry.hvg.SecondPass;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.Desks;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.turning.BlockTurning;
import io.cellferry.matrix.ColumnsAsRows;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.GeneSelection;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.SpilledColumns;
import io.cellferry.matrix.TranspositionPlan;
import io.cellferry.matrix.ValueType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What all steps of one attempt share: the open input, the stored plan, batches, and what is known of earlier passes.
public final class HvgRun implements AutoCloseable {

    private final RunContext run;
    private final HvgPlan plan;
    private final HvgOptions options;
    private final HvgMemory.Wants wants;
    private final CellDataset dataset;
    private final CellBatches batches;
    private final List<String> genes;
    private final Map<BatchRange, Boolean> readAgain = new HashMap<>();
    private final Desks<BlockTurning> turning = new Desks<>(this::turningDesk);
    private final Desks<CsrBlock> blocks = new Desks<>(() -> PassStep.block(rows(), plan()));
    private Optional<RowSource> mirror = Optional.empty();
    private volatile Optional<RowSource> rows = Optional.empty();
    private Optional<HvgSelection> selection = Optional.empty();
    private Optional<Prepared> prepared = Optional.empty();

    /// The second pass of one slice; the next slice takes its place.
    private record Prepared(BatchRange slice, SecondPass pass) {}

    private HvgRun(RunContext run, HvgPlan plan, HvgOptions options) {
        this.run = run;
        this.plan = plan;
        this.options = options;
        this.wants = HvgMemory.Wants.of(options, plan.genes());
        int turnedGenes = plan.turning().isPresent() ? plan.genes() : 0;
        run.memory()
                .pin(
                        HvgMemory.cells(plan.cells(), turnedGenes),
                        "Knowing where each cell's values start and its batch");
        if (wants.again()) {
            run.memory().pin(HvgMemory.again(plan, wants), "Knowing what to look for when cells are read again");
        }
        this.dataset = ChosenPart.open(run.request());
        this.batches = BatchColumn.of(dataset, options, dataset.catalogue());
        this.genes = dataset.geneNames(plan.matrix(), options.geneNames()).names();
    }

    /// The one of `run`, made with what `settled` reads of its finished `inspect` unit. Ask for it before taking memory
    /// for a worker.
    public static HvgRun of(RunContext run, Supplier<HvgPlan> settled, HvgOptions options) {
        return run.shared(HvgRun.class, () -> new HvgRun(run, settled.get(), options));
    }

    public HvgPlan plan() {
        return plan;
    }

    public HvgOptions options() {
        return options;
    }

    public HvgMemory.Wants wants() {
        return wants;
    }

    /// Cell by cell; a matrix that lies gene by gene must be turned before. Once they are open nobody waits for them:
    /// a worker that holds memory asks for them again when it makes a block, while another may prepare a second pass
    /// and wait for that memory.
    RowSource rows() {
        Optional<RowSource> already = rows;
        return already.isPresent() ? already.get() : openRows();
    }

    private synchronized RowSource openRows() {
        if (rows.isEmpty()) {
            rows = Optional.of(plan.turning().map(this::turned).orElseGet(() -> dataset.rows(plan.matrix())));
        }
        return rows.get();
    }

    private RowSource turned(HvgPlan.Turning turning) {
        return new ColumnsAsRows(SpilledColumns.open(
                turning.plan(),
                turning.plan().blocks().stream()
                        .map(UnitNames::turnedFile)
                        .map(run.folder()::scratch)
                        .toList(),
                HvgMemory.TURNED_COLUMN_BYTES));
    }

    private BlockTurning turningDesk() {
        TranspositionPlan turned = plan.turning()
                .orElseThrow(() -> new IllegalStateException("this matrix is not turned"))
                .plan();
        return new BlockTurning(mirror(), GeneSelection.all(plan.cells()), turned);
    }

    /// The rows of the mirror of a matrix that lies gene by gene.
    synchronized RowSource mirror() {
        if (mirror.isEmpty()) {
            mirror = Optional.of(new ColumnsAsRows(dataset.columns(plan.matrix())));
        }
        return mirror.get();
    }

    /// Where the mirror is turned.
    Desks<BlockTurning> turning() {
        return turning;
    }

    /// What cells are read into. Ask for [#rows] first.
    Desks<CsrBlock> blocks() {
        return blocks;
    }

    /// Lets go of what reading took. Nobody may be reading.
    public synchronized void closeRows() {
        blocks.clear();
        closeMirror();
        rows.ifPresent(RowSource::close);
        rows = Optional.empty();
    }

    /// Lets go of what turning took, before something else takes the memory.
    synchronized void closeMirror() {
        turning.clear();
        mirror.ifPresent(RowSource::close);
        mirror = Optional.empty();
    }

    /// Ask for it without holding memory: it may take some itself. The settings of the request, with the logarithms'
    /// base that the file says and the median total once it is known.
    synchronized HvgSelection selection() {
        if (selection.isEmpty()) {
            selection = Optional.of(selection(settled()));
        }
        return selection.get();
    }

    private HvgSettings settled() {
        HvgSettings settings = options.settings();
        if (plan.logBase().isPresent()) {
            settings = settings.withLogBase(plan.logBase().getAsDouble());
        }
        if (options.wantsMedian()) {
            try (MemoryBudget.Lease lease =
                    run.memory().take(HvgMemory.look(plan, wants), "Finding the median total of cells")) {
                Moments totals = moments(UnitNames.merged(TotalsStep.PASS));
                settings = settings.withTotal(selection(settings).medianTotal(totals));
            }
        }
        return settings;
    }

    private HvgSelection selection(HvgSettings settings) {
        String where = "%s: %s".formatted(run.request().input(), plan.matrix());
        return HvgSelection.of(settings, where, valueType(), genes, batches);
    }

    ValueType valueType() {
        return dataset.catalogue().matrix(plan.matrix()).orElseThrow().valueType();
    }

    /// With nothing but what the request says: for counting totals, which go before everything else is known.
    HvgSelection plainSelection() {
        return selection(options.settings());
    }

    /// What a finished unit left.
    Moments moments(String scratch) {
        Path file = run.folder().scratch(scratch);
        try (InputStream in = Files.newInputStream(file)) {
            return Moments.read(in);
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s: sums of an earlier step cannot be read: %s".formatted(file, IoWords.of(e)),
                    "Look after the disk, then run the same command again; what is lost is made again.",
                    e);
        }
    }

    Moments firstOf(BatchRange slice) {
        return moments(UnitNames.merged(UnitNames.pass(MomentsStep.PASS, slice)));
    }

    /// Whether the batches of `slice` have to be read a second time. Their first sums must be merged; what was said of
    /// [#selection] holds.
    synchronized boolean isReadAgain(BatchRange slice) {
        if (!wants.again()) {
            return false;
        }
        Boolean known = readAgain.get(slice);
        if (known == null) {
            prepare(slice);
            known = readAgain.getOrDefault(slice, false);
        }
        return known;
    }

    /// The second pass over `slice`, the same for all workers.
    synchronized SecondPass secondPass(BatchRange slice) {
        if (prepared.isEmpty() || !prepared.get().slice().equals(slice)) {
            prepare(slice);
        }
        return prepared.orElseThrow().pass();
    }

    private void prepare(BatchRange slice) {
        HvgSelection chosen = selection();
        try (MemoryBudget.Lease lease =
                run.memory().take(HvgMemory.look(plan, wants), "Finding what has to be read again")) {
            Optional<SecondPass> pass = chosen.secondPass(firstOf(slice));
            readAgain.put(slice, pass.isPresent());
            prepared = pass.map(made -> new Prepared(slice, made));
        }
    }

    /// The scores of all batches and the choice. Every earlier step must be finished; ask without holding any:
    /// memory is taken for as long as `use` looks at them.
    ///
    /// What was fitted to see which slices are read again is fitted once more here. Kept until now, fits would take 16
    /// bytes for every gene of every batch, and an attempt that begins with this step has none.
    public void scored(Consumer<HvgTable> use) {
        HvgChoice choice = selection().choice();
        List<BatchRange> again =
                plan.slices().stream().filter(this::isReadAgain).toList();
        try (MemoryBudget.Lease lease = run.memory().take(HvgMemory.select(plan, wants), "Scoring genes")) {
            for (BatchRange slice : plan.slices()) {
                Optional<Moments> second = again.contains(slice)
                        ? Optional.of(moments(UnitNames.merged(AgainStep.pass(slice))))
                        : Optional.empty();
                choice.add(firstOf(slice), second);
            }
            use.accept(choice.table());
        }
    }

    @Override
    public synchronized void close() {
        closeRows();
        dataset.close();
    }
}
