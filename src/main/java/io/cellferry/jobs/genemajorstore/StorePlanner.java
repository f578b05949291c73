package io.cellferry.jobs.genemajorstore;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import io.cellferry.genemajor.CarriedElements;
import io.cellferry.genemajor.CarriedFiles;
import io.cellferry.genemajor.MatrixLayout;
import io.cellferry.genemajor.RowSizes;
import io.cellferry.genemajor.StoreNode;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.planning.MatrixChoice;
import io.cellferry.jobs.planning.Planning;
import io.cellferry.jobs.planning.RelevantProblems;
import io.cellferry.jobs.turning.BlockRuns;
import io.cellferry.matrix.ColumnsAsRows;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.GeneSelection;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.TranspositionPlan;
import io.cellferry.zarr.ZarrType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Settles what a request means for an input, collecting every problem on the way.
final class StorePlanner {

    private static final int COUNTED_RANGES = 64;
    /// How readers name matrices of SOMA measurements beside the one that was chosen.
    private static final String OTHER_MEASUREMENT = "ms/";

    private final JobRequest request;
    private final CellDataset dataset;
    private final Catalogue catalogue;
    private final StoreOptions options;
    private final List<Problem> problems = new ArrayList<>();

    StorePlanner(JobRequest request, CellDataset dataset) {
        this.request = request;
        this.dataset = dataset;
        this.catalogue = dataset.catalogue();
        this.options = StoreOptions.of(request);
    }

    List<Problem> problems() {
        return problems;
    }

    CellDataset dataset() {
        return dataset;
    }

    /// The plan of a request that was found possible before.
    static StorePlan settle(JobRequest request) {
        try (CellDataset dataset = ChosenPart.open(request)) {
            StorePlanner planner = new StorePlanner(request, dataset);
            return Planning.possible(planner.plan(), planner.problems());
        }
    }

    static CarriedElements carried(CellDataset dataset, StoreOptions options, RowSizes sizes) {
        return CarriedElements.of(
                dataset.contents(),
                options.matrix(),
                options.onlyMatrix(),
                options.version(),
                options.compression(),
                sizes);
    }

    /// The plan, or empty when something makes it impossible; [#problems] says what.
    Optional<StorePlan> plan() {
        Optional<StorePlan> plan = Planning.attempt(request.input(), problems, this::settled);
        List<Problem> found = RelevantProblems.of(catalogue, Set.of(options.matrix(), "obs", "var"));
        Planning.addFound(
                problems,
                found.stream()
                        .filter(problem -> problem.refuses() || !isLeftBehind(problem.where()))
                        .toList());
        return problems.stream().anyMatch(Problem::refuses) ? Optional.empty() : plan;
    }

    /// Whether `where` belongs to what is named as not carried: once is enough.
    private boolean isLeftBehind(String where) {
        String path = where.startsWith("/") ? where.substring(1) : where;
        return problems.stream()
                .filter(problem -> problem.code().equals(CarriedElements.NOT_CARRIED))
                .anyMatch(left -> path.equals(left.where()) || path.startsWith(left.where() + "/"));
    }

    private StorePlan settled() {
        MatrixInfo info = matrix();
        ZarrType stored = ZarrType.valueOf(info.storedType().toUpperCase(Locale.ROOT));
        MatrixLayout layout = options.layout(stored, info.cells(), info.genes(), info.storedValues());
        CarriedElements carried = carried(dataset, options, RowSizes.measured());
        problems.addAll(carried.problems());
        boolean liesByCell = info.order() != MatrixInfo.Order.GENE_MAJOR;
        boolean turned = liesByCell != layout.byCell();
        Optional<TranspositionPlan> turning = Optional.empty();
        boolean wholeNumbers;
        boolean randomAccess;
        try (RowSource rows =
                liesByCell ? dataset.rows(info.path()) : new ColumnsAsRows(dataset.columns(info.path()))) {
            if (turned) {
                turning = Optional.of(TranspositionPlan.of(rows, GeneSelection.all(rows.genes())));
            }
            wholeNumbers = BlockRuns.looksLikeCounts(rows, info.readerBytes());
            randomAccess = rows.randomAccess();
        }
        return new StorePlan(
                layout,
                layout.type() != stored,
                wholeNumbers,
                info.storedValues(),
                info.readerBytes(),
                info.valueType(),
                randomAccess,
                turning,
                turned ? List.of() : counted(layout.majors()),
                nodes(carried, StoreNode.Group.class),
                nodes(carried, StoreNode.Array.class),
                CarriedFiles.units(carried.nodes()),
                carried.problems().stream()
                        .filter(one -> one.code().equals(CarriedElements.NOT_CARRIED))
                        .toList());
    }

    private static <N extends StoreNode> List<N> nodes(CarriedElements carried, Class<N> kind) {
        return carried.nodes().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<GeneRange> counted(int majors) {
        int step = Math.max(1, Math.ceilDiv(majors, COUNTED_RANGES));
        List<GeneRange> ranges = new ArrayList<>();
        for (int from = 0; from < majors; from += step) {
            ranges.add(new GeneRange(from, (int) Math.min(majors, from + (long) step)));
        }
        return ranges;
    }

    private MatrixInfo matrix() {
        if (options.matrix().startsWith(OTHER_MEASUREMENT)) {
            throw new RequestRefused(
                    "--matrix: %s belongs to another measurement, whose genes are not those of the store."
                            .formatted(options.matrix()),
                    "Choose that measurement with --measurement, and its layer with --layer.");
        }
        return MatrixChoice.of(catalogue, options.matrix(), "The input has nothing to store gene by gene.");
    }
}
