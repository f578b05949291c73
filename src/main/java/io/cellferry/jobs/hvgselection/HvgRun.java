package io.cellferry.jobs.hvgselection;

import io.cellferry.dataset.CellDataset;
import io.cellferry.failure.StorageFailed;
import io.cellferry.hvg.BatchRange;
import io.cellferry.hvg.CellBatches;
import io.cellferry.hvg.HvgSelection;
import io.cellferry.hvg.HvgSettings;
import io.cellferry.hvg.Moments;
import io.cellferry.hvg.SecondPass;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.StoredPlan;
import io.cellferry.matrix.RowSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What all steps of one attempt share: the open input, the stored plan, batches, and what is known of earlier passes.
final class HvgRun implements AutoCloseable {

    private final RunContext run;
    private final HvgPlan plan;
    private final HvgOptions options;
    private final HvgMemory.Wants wants;
    private final CellDataset dataset;
    private final CellBatches batches;
    private final List<String> genes;
    private final Map<BatchRange, Boolean> readAgain = new HashMap<>();
    private Optional<RowSource> rows = Optional.empty();
    private Optional<HvgSelection> selection = Optional.empty();
    private Optional<Prepared> prepared = Optional.empty();

    /// The second pass of one slice; the next slice takes its place.
    private record Prepared(BatchRange slice, SecondPass pass) {}

    private HvgRun(RunContext run) {
        this.run = run;
        this.plan = StoredPlan.read(run, HvgPlan.class);
        this.options = HvgOptions.of(run.request());
        this.wants = HvgMemory.Wants.of(options, plan.genes());
        run.memory().pin(HvgMemory.cells(plan.cells()), "Knowing where each cell's values start and its batch");
        if (wants.again()) {
            run.memory().pin(HvgMemory.again(plan, wants), "Knowing what to look for when cells are read again");
        }
        this.dataset = ChosenPart.open(run.request());
        this.batches = BatchColumn.of(dataset, options.batchKey(), dataset.catalogue());
        this.genes = dataset.geneNames(plan.matrix(), options.geneNames()).names();
    }

    /// The one of `run`; its `inspect` unit must be finished. Ask for it before taking memory for a worker.
    static HvgRun of(RunContext run) {
        return run.shared(HvgRun.class, () -> new HvgRun(run));
    }

    HvgPlan plan() {
        return plan;
    }

    HvgOptions options() {
        return options;
    }

    HvgMemory.Wants wants() {
        return wants;
    }

    synchronized RowSource rows() {
        if (rows.isEmpty()) {
            rows = Optional.of(dataset.rows(plan.matrix()));
        }
        return rows.get();
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
                Moments totals = moments(HvgUnits.merged(TotalsStep.PASS));
                settings = settings.withTotal(selection(settings).medianTotal(totals));
            }
        }
        return settings;
    }

    private HvgSelection selection(HvgSettings settings) {
        String where = "%s: %s".formatted(run.request().input(), plan.matrix());
        return HvgSelection.of(settings, where, rows().valueType(), genes, batches);
    }

    /// With nothing but what the request says: for counting totals, which go before everything else is known.
    HvgSelection plainSelection() {
        return selection(options.settings());
    }

    /// What a finished unit left.
    Moments moments(String scratch) {
        Path file = run.folder().scratch(scratch);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return Moments.read(in);
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s: sums of an earlier step cannot be read: %s".formatted(file, e.getMessage()),
                    "Look after the disk, then run the same command again; what is lost is made again.",
                    e);
        }
    }

    Moments firstOf(BatchRange slice) {
        return moments(HvgUnits.merged(HvgUnits.pass(MomentsStep.PASS, slice)));
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

    @Override
    public synchronized void close() {
        rows.ifPresent(RowSource::close);
        dataset.close();
    }
}
