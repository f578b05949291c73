package io.cellferry.jobs.hvgselection;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.Element;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.NumberArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.hvg.CellBatches;
import io.cellferry.hvg.Flavor;
import io.cellferry.hvg.HvgSelection;
import io.cellferry.hvg.ValueSurvey;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.NearestWord;
import io.cellferry.jobs.RelevantProblems;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// Settles what a request means for an input, collecting every problem on the way.
final class HvgPlanner {

    private static final int MOST_RANGES = 64;
    private static final int LEAST_RANGES = 4;
    /// All ranges together leave about this much on scratch, unless that makes them too few to resume at.
    private static final long SCRATCH_BYTES = 4L << 30;
    /// Enough to tell counts from logarithms; a later refusal has seen all values.
    private static final int SURVEYED_VALUES = 1 << 16;
    private static final long SURVEYED_READER_BYTES = 64L << 20;

    private final JobRequest request;
    private final MachineRoom room;
    private final CellDataset dataset;
    private final Catalogue catalogue;
    private final HvgOptions options;
    private final List<Problem> problems = new ArrayList<>();

    HvgPlanner(JobRequest request, MachineRoom room, CellDataset dataset) {
        this.request = request;
        this.room = room;
        this.dataset = dataset;
        this.catalogue = dataset.catalogue();
        this.options = HvgOptions.of(request);
    }

    List<Problem> problems() {
        return problems;
    }

    /// The plan of a request that was found possible before.
    static HvgPlan settle(JobRequest request, MachineRoom room) {
        try (CellDataset dataset = ChosenPart.open(request)) {
            HvgPlanner planner = new HvgPlanner(request, room, dataset);
            return planner.plan().orElseThrow(() -> {
                Problem first = planner.problems().stream()
                        .filter(Problem::refuses)
                        .findFirst()
                        .orElseThrow();
                return new InputRefused("%s: %s".formatted(first.where(), first.found()), first.remedy());
            });
        }
    }

    /// The plan, or empty when something makes it impossible; [#problems] says what.
    Optional<HvgPlan> plan() {
        Optional<HvgPlan> plan = Optional.empty();
        try {
            plan = Optional.of(settled());
        } catch (RequestRefused refusal) {
            refused("request.refused", refusal);
        } catch (InputRefused refusal) {
            refused("input.refused", refusal);
        }
        Set<String> used = new HashSet<>(Set.of(options.matrix(), "var"));
        options.batchKey().ifPresent(key -> used.add("obs/" + key));
        problems.addAll(RelevantProblems.of(catalogue, used));
        return problems.stream().anyMatch(Problem::refuses) ? Optional.empty() : plan;
    }

    private void refused(String code, Refusal refusal) {
        problems.add(Problem.refusal(
                code, request.input().toString(), String.valueOf(refusal.getMessage()), refusal.remedy()));
    }

    private HvgPlan settled() {
        MatrixInfo info = matrix();
        if (info.order() == MatrixInfo.Order.GENE_MAJOR) {
            throw new InputRefused(
                    "%s lies gene by gene, and genes are scored while cells are read.".formatted(info.path()),
                    "Name a matrix that lies cell by cell, or store this one so: adata.%s = adata.%s.tocsr()."
                            .formatted(
                                    info.path().replace('/', '.'), info.path().replace('/', '.')));
        }
        CellBatches batches = BatchColumn.of(dataset, options.batchKey(), catalogue);
        List<String> genes = dataset.geneNames(info.path(), options.geneNames()).names();
        HvgSelection selection = HvgSelection.of(options.settings(), where(info), info.valueType(), genes, batches);
        try (RowSource rows = dataset.rows(info.path())) {
            survey(rows, info);
            List<CellRange> ranges = ranges(rows, selection.batchBytes() * batches.count());
            HvgMemory.Wants wants = HvgMemory.Wants.of(options, info.genes());
            long state = HvgMemory.stateRoom(room, info, ranges, batches.count(), wants);
            return new HvgPlan(
                    info.path(),
                    info.cells(),
                    info.genes(),
                    batches.count(),
                    info.storedValues(),
                    info.readerBytes(),
                    selection.batchBytes(),
                    rows.randomAccess(),
                    logBase(),
                    ranges,
                    selection.slices(state, HvgSelection.KEPT));
        }
    }

    String where(MatrixInfo info) {
        return "%s: %s".formatted(request.input(), info.path());
    }

    private MatrixInfo matrix() {
        List<String> known = catalogue.matrices().stream().map(MatrixInfo::path).toList();
        return catalogue
                .matrix(options.matrix())
                .orElseThrow(() -> new RequestRefused(
                        "--matrix: there is no matrix %s; there are: %s."
                                .formatted(options.matrix(), known.isEmpty() ? "none" : String.join(", ", known)),
                        known.isEmpty()
                                ? "The input has no genes to choose from."
                                : "Name one of them; the nearest is %s."
                                        .formatted(NearestWord.to(options.matrix(), known))));
    }

    /// Logarithms where counts are needed, or the reverse, are noticed before hours are spent on them.
    private void survey(RowSource rows, MatrixInfo info) {
        List<CellRange> blocks = rows.blocks(SURVEYED_VALUES, HvgMemory.BLOCK_CELLS);
        if (blocks.isEmpty() || info.readerBytes() > SURVEYED_READER_BYTES) {
            return;
        }
        CsrBlock block = new CsrBlock(rows.valueType());
        rows.read(blocks.getFirst(), block);
        ValueSurvey.of(block).problem(options.settings(), where(info)).ifPresent(problems::add);
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

    /// Consecutive blocks, as many ranges as make resuming cheap and scratch small.
    private static List<CellRange> ranges(RowSource rows, long stateBytes) {
        List<CellRange> blocks = rows.blocks(HvgMemory.BLOCK_VALUES, HvgMemory.BLOCK_CELLS);
        int wanted = (int) Math.clamp(SCRATCH_BYTES / Math.max(1, stateBytes), LEAST_RANGES, MOST_RANGES);
        List<CellRange> ranges = new ArrayList<>();
        for (int range = 0; range < wanted; range++) {
            int from = (int) ((long) range * blocks.size() / wanted);
            int to = (int) ((range + 1L) * blocks.size() / wanted);
            if (to > from) {
                ranges.add(new CellRange(
                        blocks.get(from).from(), blocks.get(to - 1).to()));
            }
        }
        return ranges;
    }
}
