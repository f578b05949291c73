package io.cellferry.jobs.cellucidexport;

import static io.cellferry.jobs.cellucidexport.CellucidExportRules.AUTO;
import static io.cellferry.jobs.cellucidexport.CellucidExportRules.NONE;

import io.cellferry.cellucid.Contract;
import io.cellferry.cellucid.ExportPlan.PlannedField;
import io.cellferry.cellucid.ExportSettings;
import io.cellferry.cellucid.NeighbourGraph;
import io.cellferry.cellucid.ObsFieldPlace;
import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.NearestWord;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.planning.Planning;
import io.cellferry.jobs.planning.RelevantProblems;
import io.cellferry.jobs.variablegenes.HvgOptions;
import io.cellferry.jobs.variablegenes.HvgPlan;
import io.cellferry.jobs.variablegenes.HvgPlanner;
import io.cellferry.matrix.GeneSelection;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.TranspositionPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Settles what a request means for an input, collecting every problem on the way instead of stopping at the first.
final class ExportPlanner {

    private final JobRequest request;
    private final MachineRoom room;
    private final OptionValues options;
    private final CellDataset dataset;
    private final Catalogue catalogue;
    private final ExportSettings settings;
    private final List<Problem> problems = new ArrayList<>();
    private List<PlannedField> fields = List.of();

    ExportPlanner(JobRequest request, MachineRoom room, CellDataset dataset, ExportSettings settings) {
        this.request = request;
        this.room = room;
        this.options = request.options();
        this.dataset = dataset;
        this.catalogue = dataset.catalogue();
        this.settings = settings;
    }

    List<Problem> problems() {
        return problems;
    }

    /// The annotations as found while planning.
    List<PlannedField> fields() {
        return fields;
    }

    /// The plan of a request that was found possible before.
    static ExportPlan settle(JobRequest request, MachineRoom room) {
        try (CellDataset dataset = ChosenPart.open(request)) {
            ExportPlanner planner =
                    new ExportPlanner(request, room, dataset, ExportOptions.settings(request, Instant.EPOCH));
            return Planning.possible(planner.plan(), planner.problems());
        }
    }

    /// The plan, or empty when something makes it impossible; [#problems] says what.
    Optional<ExportPlan> plan() {
        if (catalogue.cells() == 0) {
            problems.add(Problem.refusal(
                    "input.cells.none",
                    "obs",
                    "expected at least one cell, found none.",
                    "Nothing can be shown of it."));
        }
        TableChoice tables = new TableChoice(catalogue, options, problems);
        List<ExportPlan.Embedded> embeddings = tables.embeddings();
        Optional<String> latent = tables.latent();
        if (latent.isEmpty() && problems.stream().noneMatch(p -> p.code().equals("request.latent"))) {
            problems.add(Problem.refusal(
                    "input.latent.missing",
                    "obsm",
                    "expected a table to rank outliers in, found none.",
                    "Add a PCA to obsm, or name a table with --latent."));
        }
        List<ExportPlan.Vector> vectors = tables.vectors(embeddings);
        Optional<String> defaultVector = defaultVector(vectors);
        List<String> obs = obs();
        fields = new FieldSurvey(settings, dataset, problems).of(obs);
        int mostLabels = fields.stream().mapToInt(PlannedField::labels).max().orElse(0);
        Optional<ExportPlan.Genes> genes = attempt(new GeneChoice(request, dataset, settings, problems)::genes)
                .flatMap(chosen -> chosen);
        Optional<HvgPlan> scoring =
                genes.flatMap(planned -> attempt(() -> scoring(planned)).flatMap(plan -> plan));
        Optional<ExportPlan.Graph> graph = attempt(this::graph).flatMap(chosen -> chosen);
        Planning.addFound(
                problems, RelevantProblems.of(catalogue, used(genes, embeddings, latent, obs, graph, vectors)));
        if (problems.stream().anyMatch(Problem::refuses)) {
            return Optional.empty();
        }
        return Optional.of(new ExportPlan(
                catalogue.cells(),
                genes,
                embeddings,
                latent.orElseThrow(),
                obs,
                mostLabels,
                graph,
                vectors,
                defaultVector,
                scoring));
    }

    /// How genes are chosen, where their scores say which.
    private Optional<HvgPlan> scoring(ExportPlan.Genes genes) {
        Optional<HvgOptions> said = VariableGenes.of(request);
        if (said.isEmpty()) {
            return Optional.empty();
        }
        HvgPlanner planner = new HvgPlanner(request.input(), said.get(), room, dataset);
        Optional<HvgPlan> plan = planner.plan();
        // What else is wrong with the input, the export finds by itself.
        planner.problems().stream()
                .filter(problem -> problem.refuses() || problem.code().startsWith("hvg."))
                .forEach(problems::add);
        if (plan.isPresent()
                && !plan.get().matrix().equals(genes.matrix())
                && !names(plan.get().matrix()).equals(names(genes.matrix()))) {
            throw new RequestRefused(
                    "--hvg-matrix: the genes of %s are not those of %s, which is exported."
                            .formatted(plan.get().matrix(), genes.matrix()),
                    "Name a matrix of the same genes, or export that one with --matrix.");
        }
        return plan;
    }

    private List<String> names(String matrix) {
        return dataset.geneNames(matrix, Optional.empty()).names();
    }

    private Set<String> used(
            Optional<ExportPlan.Genes> genes,
            List<ExportPlan.Embedded> embeddings,
            Optional<String> latent,
            List<String> obs,
            Optional<ExportPlan.Graph> graph,
            List<ExportPlan.Vector> vectors) {
        Set<String> used = new HashSet<>();
        genes.map(ExportPlan.Genes::matrix).ifPresent(used::add);
        // A matrix that could not be settled is one that was asked for.
        if (genes.isEmpty() && !options.text("matrix").orElse("X").equals(NONE)) {
            used.add(options.text("matrix").orElse("X"));
        }
        embeddings.forEach(embedded -> used.add(embedded.path()));
        latent.ifPresent(used::add);
        obs.forEach(name -> used.add("obs/" + name));
        graph.map(ExportPlan.Graph::path).ifPresent(used::add);
        vectors.forEach(vector -> used.add(vector.path()));
        return used;
    }

    private Optional<String> defaultVector(List<ExportPlan.Vector> vectors) {
        List<String> ids =
                vectors.stream().map(ExportPlan.Vector::id).distinct().sorted().toList();
        Optional<String> said = options.text("vector-default");
        if (said.isPresent() && !ids.contains(said.get())) {
            problems.add(Problem.refusal(
                    "request.vector-default",
                    "--vector-default",
                    "there is no vector field \"%s\"; there are: %s."
                            .formatted(said.get(), ids.isEmpty() ? "none" : String.join(", ", ids)),
                    "Name one of them."));
        }
        if (said.isEmpty() && ids.size() > 1 && settings.contract() == Contract.V0_9_1) {
            problems.add(Problem.refusal(
                    "request.vector-default",
                    "--vector-default",
                    "there are several vector fields (%s), and nothing says which is shown first."
                            .formatted(String.join(", ", ids)),
                    "Name one with --vector-default, or choose with --vectors."));
        }
        return said;
    }

    private List<String> obs() {
        List<String> all = catalogue.obs().stream()
                .filter(c -> !c.index())
                .map(ColumnInfo::name)
                .toList();
        List<String> said = options.texts("obs-keys");
        List<String> wanted = said.isEmpty() ? all : CommaList.of(said, all);
        for (String name : wanted) {
            Optional<ColumnInfo> column = catalogue.obsColumn(name).filter(c -> all.contains(name));
            if (column.isEmpty()) {
                problems.add(Problem.refusal(
                        "request.obs-keys",
                        "--obs-keys",
                        "there is no annotation \"%s\".".formatted(name),
                        all.isEmpty()
                                ? "The input has none."
                                : "The nearest is \"%s\".".formatted(NearestWord.to(name, all))));
            } else if (column.get().kind() == ColumnInfo.Kind.OTHER) {
                problems.add(Problem.refusal(
                        "input.obs.kind",
                        "obs/" + name,
                        "expected numbers, flags, categories or text, found %s."
                                .formatted(column.get().storedType()),
                        "Leave it out with --obs-keys."));
            }
        }
        attempt(() -> ObsFieldPlace.of(settings.contract(), wanted));
        return wanted;
    }

    private Optional<ExportPlan.Graph> graph() {
        String said = options.word("connectivities");
        String path = said.equals(AUTO) ? "obsp/connectivities" : said;
        if (path.equals(NONE) || (said.equals(AUTO) && catalogue.graph(path).isEmpty())) {
            return Optional.empty();
        }
        MatrixInfo info = catalogue
                .graph(path)
                .orElseThrow(() -> new RequestRefused(
                        "--connectivities: there is no graph %s; there are: %s."
                                .formatted(
                                        path,
                                        catalogue.graphs().isEmpty()
                                                ? "none"
                                                : String.join(
                                                        ", ",
                                                        catalogue.graphs().stream()
                                                                .map(MatrixInfo::path)
                                                                .toList())),
                        "Name one of them, or none."));
        try (RowSource rows = NeighbourGraph.rows(dataset, info)) {
            return Optional.of(new ExportPlan.Graph(
                    path,
                    info.order(),
                    info.storedValues(),
                    info.readerBytes(),
                    TranspositionPlan.of(rows, GeneSelection.all(rows.genes()))));
        }
    }

    /// Turns a refusal into a problem, so that the others are found as well.
    private <T> Optional<T> attempt(Supplier<T> part) {
        return Planning.attempt(request.input(), problems, part);
    }
}
