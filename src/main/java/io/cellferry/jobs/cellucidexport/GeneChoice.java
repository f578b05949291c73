package io.cellferry.jobs.cellucidexport;

import static io.cellferry.jobs.cellucidexport.CellucidExportRules.NONE;

import io.cellferry.cellucid.DuplicatePolicy;
import io.cellferry.cellucid.ExportSettings;
import io.cellferry.cellucid.GeneList;
import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.turning.BlockRuns;
import io.cellferry.jobs.variablegenes.HvgOptions;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.GeneSelection;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.TranspositionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Which genes an export holds and in which units they are written: the matrix that is asked for, or X where nothing is
/// said, and all of its genes unless the request names some.
final class GeneChoice {

    /// What one unit of genes may weigh when dense: a crash repeats at most this much a worker.
    private static final long UNIT_BYTES = 256L << 20;

    private final JobRequest request;
    private final OptionValues options;
    private final CellDataset dataset;
    private final Catalogue catalogue;
    private final ExportSettings settings;
    private final List<Problem> problems;

    GeneChoice(JobRequest request, CellDataset dataset, ExportSettings settings, List<Problem> problems) {
        this.request = request;
        this.options = request.options();
        this.dataset = dataset;
        this.catalogue = dataset.catalogue();
        this.settings = settings;
        this.problems = problems;
    }

    /// None where there is no matrix or it has no genes, which is a warning unless it was asked for.
    Optional<ExportPlan.Genes> genes() {
        Optional<String> said = options.text("matrix");
        String path = said.orElse("X");
        Optional<MatrixInfo> matrix = catalogue.matrix(path);
        if (path.equals(NONE) || (said.isEmpty() && matrix.isEmpty())) {
            if (said.isEmpty()) {
                problems.add(Problem.warning(
                        "export.genes.none",
                        "X",
                        "the input has no X, so no genes are exported; there are: " + matrixPaths() + ".",
                        "Name one with --matrix, or say --matrix none."));
            }
            return Optional.empty();
        }
        if (matrix.isPresent() && matrix.get().genes() == 0) {
            problems.add(Problem.warning(
                    "export.genes.none",
                    path,
                    "the matrix has no genes, so none are exported.",
                    "Name another with --matrix."));
            return Optional.empty();
        }
        MatrixInfo info = matrix.orElseThrow(() -> new RequestRefused(
                "--matrix: there is no matrix %s; there are: %s.".formatted(path, matrixPaths()),
                "Name one of them, or none."));
        GeneList list = list(request, dataset, settings, path);
        Optional<HvgOptions> variable = VariableGenes.of(request);
        if (variable.isPresent()) {
            int top = variable.get().settings().top().orElseThrow();
            list = list.picked(
                    settings.contract(),
                    IntStream.range(0, Math.min(top, list.genes().size())).toArray());
        }
        if (list.genes().isEmpty()) {
            throw new RequestRefused(
                    "--genes: no gene is left to export.", "Name at least one gene, or say --matrix none.");
        }
        if (info.order() == MatrixInfo.Order.GENE_MAJOR) {
            return Optional.of(new ExportPlan.Genes(
                    path,
                    false,
                    false,
                    info.storedValues(),
                    info.readerBytes(),
                    Optional.empty(),
                    list,
                    units(catalogue.cells(), list.genes().size())));
        }
        try (RowSource rows = dataset.rows(path)) {
            return Optional.of(new ExportPlan.Genes(
                    path,
                    info.order() == MatrixInfo.Order.DENSE,
                    BlockRuns.looksLikeCounts(rows, info.readerBytes()),
                    info.storedValues(),
                    info.readerBytes(),
                    Optional.of(
                            TranspositionPlan.of(rows, GeneSelection.of(list.matrixGenes(), list.placesInMatrix()))),
                    list,
                    units(catalogue.cells(), list.genes().size())));
        }
    }

    /// The genes of `path` that the request names, or all of them.
    static GeneList list(JobRequest request, CellDataset dataset, ExportSettings settings, String path) {
        OptionValues options = request.options();
        String ids = options.word("gene-ids");
        return GeneList.choose(
                settings.contract(),
                dataset.geneNames(path, ids.equals("index") ? Optional.empty() : Optional.of(ids)),
                WantedGenes.of(request),
                options.word("on-duplicate-genes").equals("suffix") ? DuplicatePolicy.SUFFIX : DuplicatePolicy.REFUSE);
    }

    /// Ranges of whole 64s, so that no group of a run is read for two of them: some 64 ranges where there are few
    /// genes, and never more than [#UNIT_BYTES] or 512 genes.
    static List<GeneRange> units(int cells, int genes) {
        long geneBytes = Math.max(1, 4L * cells);
        long byBytes = Math.max(1, UNIT_BYTES / geneBytes / 64) * 64;
        long byCount = Math.ceilDiv(genes / 64 + 1, 64) * 64L;
        int width = (int) Math.min(Math.min(byBytes, byCount), 512);
        List<GeneRange> units = new ArrayList<>();
        for (int from = 0; from < genes; from += width) {
            units.add(new GeneRange(from, Math.min(genes, from + width)));
        }
        return units;
    }

    private String matrixPaths() {
        return catalogue.matrices().isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        catalogue.matrices().stream().map(MatrixInfo::path).toList());
    }
}
