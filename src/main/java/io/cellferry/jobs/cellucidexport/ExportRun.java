package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.Embedding;
import io.cellferry.cellucid.EmbeddingFrame;
import io.cellferry.cellucid.ExportSettings;
import io.cellferry.cellucid.GeneList;
import io.cellferry.cellucid.NeighbourGraph;
import io.cellferry.cellucid.VectorFields;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.NumericTable;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.Desks;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.planning.StoredPlan;
import io.cellferry.jobs.turning.BlockTurning;
import io.cellferry.jobs.variablegenes.HvgPlan;
import io.cellferry.jobs.variablegenes.HvgRun;
import io.cellferry.jobs.variablegenes.HvgTask;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.GeneSelection;
import io.cellferry.matrix.PickedColumns;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.SpilledColumns;
import io.cellferry.matrix.TranspositionPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// What all steps of one attempt share: the open input, the stored plan, the settings, and the matrices once they are
/// open.
///
/// Open row sources hold 8 bytes x cells each (their row starts); at most two are open, the expression matrix and the
/// graph.
final class ExportRun implements AutoCloseable {

    private static final String EXPRESSION_ROWS = "rows";
    private static final JsonMapper JSON = JsonMapper.shared();
    private final RunContext run;
    private final CellDataset dataset;
    private ExportPlan plan;
    private boolean chosen;
    private final ExportSettings settings;
    private final Map<String, AutoCloseable> open = new HashMap<>();
    private final Desks<BlockTurning> turning =
            new Desks<>(() -> new BlockTurning(rows(), selection(), genes().transposition()));

    private ExportRun(RunContext run) {
        this.run = run;
        this.plan = StoredPlan.read(run, ExportPlan.class);
        this.settings = ExportOptions.settings(run.request(), run.folder().startedAt());
        this.dataset = ChosenPart.open(run.request());
    }

    /// The one of `run`; its `inspect` unit must be finished.
    static ExportRun of(RunContext run) {
        return run.shared(ExportRun.class, () -> new ExportRun(run));
    }

    CellDataset dataset() {
        return dataset;
    }

    /// With the genes that were chosen by their scores, once they are.
    synchronized ExportPlan plan() {
        if (!chosen && plan.scoring().isPresent() && run.folder().isFinished(UnitNames.SELECT)) {
            int[] places = JSON.readValue(text(UnitNames.CHOSEN_FILE), int[].class);
            ExportPlan.Genes standIn = plan.genes().orElseThrow();
            GeneList list = GeneChoice.list(run.request(), dataset, settings, standIn.matrix())
                    .picked(settings.contract(), places);
            plan = plan.with(standIn.with(list, GeneChoice.units(plan.cells(), places.length)));
            chosen = true;
        }
        return plan;
    }

    /// Whether the genes of `run` are chosen by their scores.
    static boolean scores(RunContext run) {
        return of(run).plan().scoring().isPresent();
    }

    /// What there is to do for choosing the genes of `run`.
    static HvgTask scored(RunContext run) {
        HvgPlan scoring = of(run).plan().scoring().orElseThrow();
        if (run.folder().isFinished(UnitNames.SELECT)) {
            return new HvgTask.Chosen(scoring);
        }
        return new HvgTask.Choosing(
                HvgRun.of(run, () -> scoring, VariableGenes.of(run.request()).orElseThrow()));
    }

    ExportSettings settings() {
        return settings;
    }

    ExportPlan.Genes genes() {
        return plan().genes().orElseThrow(() -> new IllegalStateException("this export has no genes"));
    }

    ExportPlan.Graph graph() {
        return plan.graph().orElseThrow(() -> new IllegalStateException("this export has no graph"));
    }

    GeneSelection selection() {
        GeneList list = genes().list();
        return GeneSelection.of(list.matrixGenes(), list.placesInMatrix());
    }

    /// Lets go of what turning the expression matrix took: sort buffers, and the chunks that readers decoded last.
    synchronized void closeRows() {
        turning.clear();
        AutoCloseable rows = open.remove(EXPRESSION_ROWS);
        try {
            if (rows != null) {
                rows.close();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("closing the expression matrix failed", e);
        }
    }

    /// Where blocks of the expression matrix are turned; cleared by [#closeRows].
    Desks<BlockTurning> turning() {
        return turning;
    }

    /// Ask for it before taking memory for a worker: row starts stay for the rest of the run.
    RowSource rows() {
        return opened(EXPRESSION_ROWS, RowSource.class, () -> {
            run.memory().pin(ExportMemory.rowStarts(plan.cells()), "Knowing where each cell's values start");
            return dataset.rows(genes().matrix());
        });
    }

    /// The rows of the graph; what was said of [#rows] holds.
    RowSource graphRows() {
        return opened("graph rows", RowSource.class, () -> {
            run.memory().pin(ExportMemory.graphStarts(plan.cells()), "Knowing where each cell's neighbours start");
            return NeighbourGraph.rows(
                    dataset, dataset.catalogue().graph(graph().path()).orElseThrow());
        });
    }

    /// The wanted genes as columns in output order, whichever way the matrix lies.
    ColumnSource geneColumns() {
        ExportPlan.Genes genes = genes();
        return opened(
                "genes",
                ColumnSource.class,
                () -> genes.turned()
                        ? SpilledColumns.open(
                                genes.transposition(),
                                genes.transposition().blocks().stream()
                                        .map(UnitNames::runFile)
                                        .map(run.folder()::scratch)
                                        .toList(),
                                ExportMemory.columnBytes(run.room()))
                        : new PickedColumns(
                                dataset.columns(genes.matrix()), genes.list().placesInMatrix()));
    }

    /// The columns of the graph, once its runs are finished.
    ColumnSource graphColumns() {
        TranspositionPlan turned = graph().transposition();
        return opened(
                "graph",
                ColumnSource.class,
                () -> SpilledColumns.open(
                        turned,
                        turned.blocks().stream()
                                .map(UnitNames::graphRunFile)
                                .map(run.folder()::scratch)
                                .toList(),
                        ExportMemory.columnBytes(run.room())));
    }

    /// The copied latent space.
    NumericTable latentTable() {
        return ScratchTable.open(run.folder().scratch(UnitNames.LATENT_FILE), plan.cells(), latentColumns());
    }

    int latentColumns() {
        return plan.latentColumns(dataset.catalogue());
    }

    /// Opens the copied embeddings into `into`, whose tables the caller closes.
    List<Embedding> embeddings(List<Embedding> into) {
        for (ExportPlan.Embedded embedded : plan.embeddings()) {
            into.add(new Embedding(
                    frame(embedded.dimension()),
                    ScratchTable.open(
                            run.folder().scratch(UnitNames.embeddingTable(embedded.dimension())),
                            plan.cells(),
                            embedded.dimension())));
        }
        return into;
    }

    /// The vector fields of the plan, absent when there are none.
    Optional<VectorFields> vectorFields() {
        if (plan.vectors().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(VectorFields.of(
                settings.contract(),
                plan.vectors().stream()
                        .map(vector -> "%s_%dd".formatted(vector.id(), vector.dimension()))
                        .toList(),
                plan.defaultVector(),
                plan.embeddings().stream().map(ExportPlan.Embedded::dimension).toList()));
    }

    EmbeddingFrame frame(int dimension) {
        return EmbeddingFrame.fromJson(text(UnitNames.embeddingFile(dimension)));
    }

    /// A small scratch file an earlier unit left.
    String text(String path) {
        try {
            return Files.readString(run.folder().scratch(path));
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s cannot be read: %s".formatted(run.folder().scratch(path), IoWords.of(e)),
                    "Look after the disk, then run the same command again.",
                    e);
        }
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
