package io.cellferry.jobs.variablegenes;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.Element;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.NumberArray;
import io.cellferry.failure.Problem;
import io.cellferry.hvg.BatchRange;
import io.cellferry.hvg.CellBatches;
import io.cellferry.hvg.Flavor;
import io.cellferry.hvg.HvgSelection;
import io.cellferry.hvg.ValueSurvey;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.planning.MatrixChoice;
import io.cellferry.jobs.planning.Planning;
import io.cellferry.jobs.planning.RelevantProblems;
import io.cellferry.jobs.turning.BlockRuns;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ColumnsAsRows;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.GeneSelection;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.TranspositionPlan;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Settles what a request means for an input, collecting every problem on the way.
public final class HvgPlanner {

    private static final int MOST_RANGES = 64;
    private static final int LEAST_RANGES = 4;
    /// All ranges together leave about this much on scratch, unless that makes them too few to resume at.
    private static final long SCRATCH_BYTES = 4L << 30;
    /// Enough to tell counts from logarithms; a later refusal has seen all values.
    private static final int SURVEYED_VALUES = 1 << 16;

    private final Path input;
    private final HvgOptions options;
    private final MachineRoom room;
    private final CellDataset dataset;
    private final Catalogue catalogue;
    private final List<Problem> problems = new ArrayList<>();

    /// For `dataset`, which was opened from `input`.
    public HvgPlanner(Path input, HvgOptions options, MachineRoom room, CellDataset dataset) {
        this.input = input;
        this.options = options;
        this.room = room;
        this.dataset = dataset;
        this.catalogue = dataset.catalogue();
    }

    public List<Problem> problems() {
        return problems;
    }

    /// The plan of a request that was found possible before.
    public static HvgPlan settle(JobRequest request, HvgOptions options, MachineRoom room) {
        try (CellDataset dataset = ChosenPart.open(request)) {
            HvgPlanner planner = new HvgPlanner(request.input(), options, room, dataset);
            return Planning.possible(planner.plan(), planner.problems());
        }
    }

    /// The plan, or empty when something makes it impossible; [#problems] says what.
    public Optional<HvgPlan> plan() {
        Optional<HvgPlan> plan = Planning.attempt(input, problems, this::settled);
        Set<String> used = new HashSet<>(Set.of(options.matrix(), "var"));
        options.batchKey().ifPresent(key -> used.add("obs/" + key));
        Planning.addFound(problems, RelevantProblems.of(catalogue, used));
        return problems.stream().anyMatch(Problem::refuses) ? Optional.empty() : plan;
    }

    private HvgPlan settled() {
        MatrixInfo info = matrix();
        CellBatches batches = BatchColumn.of(dataset, options, catalogue);
        batches.missing(where(info)).ifPresent(problems::add);
        List<String> genes = dataset.geneNames(info.path(), options.geneNames()).names();
        HvgSelection selection = HvgSelection.of(options.settings(), where(info), info.valueType(), genes, batches);
        boolean byGene = info.order() == MatrixInfo.Order.GENE_MAJOR;
        try (RowSource rows = byGene ? new ColumnsAsRows(dataset.columns(info.path())) : dataset.rows(info.path())) {
            survey(rows, info);
            Optional<HvgPlan.Turning> turning = byGene ? Optional.of(turning(rows, info)) : Optional.empty();
            int wanted = wantedRanges(selection.batchBytes() * batches.count());
            List<CellRange> ranges = byGene ? evenRanges(info.cells(), wanted) : ranges(rows, wanted);
            long readerBytes =
                    turning.map(one -> HvgMemory.readingTurned(one.plan())).orElse(info.readerBytes());
            HvgMemory.Wants wants = HvgMemory.Wants.of(options, info.genes());
            return new HvgPlan(
                    info.path(),
                    info.cells(),
                    info.genes(),
                    batches.count(),
                    info.storedValues(),
                    readerBytes,
                    selection.batchBytes(),
                    byGene || rows.randomAccess(),
                    logBase(),
                    ranges,
                    batches.sums(ranges),
                    quickest(
                            room.threads(),
                            workers -> selection.slices(
                                    HvgMemory.stateRoom(
                                            room, workers, info, readerBytes, ranges, batches.count(), wants),
                                    HvgSelection.KEPT)),
                    turning);
        }
    }

    /// Every slice is a reading of the matrix. Where many workers leave room for few batches each, fewer workers that
    /// read it less often are done sooner.
    static List<BatchRange> quickest(int mostWorkers, IntFunction<List<BatchRange>> slicesOf) {
        return IntStream.iterate(mostWorkers, workers -> workers >= 1, workers -> workers - 1)
                .boxed()
                .min(Comparator.comparingDouble(
                        workers -> (double) slicesOf.apply(workers).size() / workers))
                .map(slicesOf::apply)
                .orElseThrow();
    }

    /// `rows` are those of the mirror.
    private static HvgPlan.Turning turning(RowSource rows, MatrixInfo info) {
        TranspositionPlan plan = TranspositionPlan.of(rows, GeneSelection.all(rows.genes()));
        boolean counts = BlockRuns.looksLikeCounts(rows, info.readerBytes());
        return new HvgPlan.Turning(
                plan,
                rows.randomAccess(),
                plan.workerBytes() + info.readerBytes(),
                BlockRuns.scratchBytes(plan, info.storedValues(), counts));
    }

    String where(MatrixInfo info) {
        return "%s: %s".formatted(input, info.path());
    }

    private MatrixInfo matrix() {
        return MatrixChoice.of(
                catalogue, options.flag("matrix"), options.matrix(), "The input has no genes to choose from.");
    }

    /// Logarithms where counts are needed, or the reverse, are noticed before hours are spent on them.
    private void survey(RowSource rows, MatrixInfo info) {
        List<CellRange> blocks = rows.blocks(SURVEYED_VALUES, HvgMemory.BLOCK_CELLS);
        if (blocks.isEmpty() || !BlockRuns.maySample(info.readerBytes())) {
            return;
        }
        CsrBlock block = new CsrBlock(rows.valueType());
        rows.read(blocks.getFirst(), block);
        ValueSurvey.of(block, where(info))
                .problem(options.settings(), where(info))
                .ifPresent(problems::add);
    }

    /// What `sc.pp.log1p` says it took the logarithms to; only `seurat` undoes them.
    private OptionalDouble logBase() {
        if (options.settings().flavor() != Flavor.SEURAT) {
            return OptionalDouble.empty();
        }
        Optional<Element> base = Element.find(dataset.contents(), "uns/log1p/base");
        if (base.isEmpty()
                || !(base.get() instanceof Element.Numbers numbers)
                || numbers.values().count() != 1) {
            return OptionalDouble.empty();
        }
        NumberArray values = numbers.values();
        ValueBuffer one = new ValueBuffer(delivered(values), 1);
        try (NumberArray.Reader reader = values.open()) {
            reader.read(0, 1, one);
        }
        return OptionalDouble.of(one.asDouble(0));
    }

    private static ValueType delivered(NumberArray values) {
        return values.type().delivered();
    }

    private static int wantedRanges(long stateBytes) {
        return (int) Math.clamp(SCRATCH_BYTES / Math.max(1, stateBytes), LEAST_RANGES, MOST_RANGES);
    }

    /// Consecutive blocks, as many ranges as make resuming cheap and scratch small.
    private static List<CellRange> ranges(RowSource rows, int wanted) {
        List<CellRange> blocks = rows.blocks(HvgMemory.BLOCK_VALUES, HvgMemory.BLOCK_CELLS);
        List<CellRange> ranges = new ArrayList<>();
        for (CellRange some : evenRanges(blocks.size(), wanted)) {
            ranges.add(new CellRange(
                    blocks.get(some.from()).from(), blocks.get(some.to() - 1).to()));
        }
        return ranges;
    }

    /// `count` things in `wanted` ranges that are not empty. Of a matrix by gene nobody knows how many values a cell
    /// has before it is turned, so its ranges hold as many cells each.
    private static List<CellRange> evenRanges(int count, int wanted) {
        List<CellRange> ranges = new ArrayList<>();
        for (int range = 0; range < wanted; range++) {
            int from = (int) ((long) range * count / wanted);
            int to = (int) ((range + 1L) * count / wanted);
            if (to > from) {
                ranges.add(new CellRange(from, to));
            }
        }
        return ranges;
    }
}
