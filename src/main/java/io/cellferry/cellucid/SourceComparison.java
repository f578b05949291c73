package io.cellferry.cellucid;

import io.cellferry.cellucid.json.JsonReader;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.TableInfo;
import io.cellferry.failure.Problem;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.RowsAsColumns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Compares an export with the data set it was made from, by writing it again without writing.
///
/// Genes are found by name, so genes in a wrong order show as differences, which no check of the export alone can see.
/// Manifests are compared entry by entry, payloads byte by byte after decompression.
public final class SourceComparison {

    private final Path folder;
    private final CellDataset dataset;
    private final ExportSource source;
    private final ReadExport export;
    private final ExportSettings settings;
    private final Findings findings;
    private final ComparingUnit unit;

    private SourceComparison(
            Path folder, CellDataset dataset, ExportSource source, ReadExport export, Findings findings) {
        this.folder = folder;
        this.dataset = dataset;
        this.source = source;
        this.export = export;
        this.settings = uncompressed(export.settings(), source.centroidMinPoints());
        this.findings = findings;
        this.unit = new ComparingUnit(folder, export.settings().gzipLevel().isPresent(), findings);
    }

    /// Compares what `sample` names, and all embeddings, vectors and edges.
    public static List<Problem> compare(
            Path folder, CellDataset dataset, ExportSource source, ExportSource.Sample sample) {
        Findings findings = Findings.besideSource();
        ExportDocuments.read(folder, findings)
                .flatMap(documents -> ExportCheck.understood(documents, findings))
                .ifPresent(export -> new SourceComparison(folder, dataset, source, export, findings).run(sample));
        return findings.all();
    }

    private static ExportSettings uncompressed(ExportSettings s, int minPoints) {
        return new ExportSettings(
                s.contract(),
                s.genes(),
                s.obs(),
                s.obsCodes(),
                OptionalInt.empty(),
                s.centroidQuantile(),
                minPoints,
                MissingPolicy.MARK,
                s.card());
    }

    private void run(ExportSource.Sample sample) {
        int cells = dataset.catalogue().cells();
        if (cells != export.contents().cells()) {
            findings.add(
                    "cellucid.source.cells",
                    folder.toString(),
                    "The source has %,d cells, the export %,d."
                            .formatted(cells, export.contents().cells()));
            return;
        }
        compareTables(sample);
        export.contents().genes().ifPresent(genes -> new GeneComparison(
                        dataset, source, export, settings, unit, findings)
                .compare(genes, sample));
        export.contents().edges().ifPresent(this::compareEdges);
    }

    private void compareTables(ExportSource.Sample sample) {
        List<Embedding> embeddings = new ArrayList<>();
        List<NumericTable> open = new ArrayList<>();
        try {
            for (EmbeddingFrame stated : export.contents().embeddings()) {
                String path = source.embeddings().get(stated.dimension());
                if (path == null) {
                    findings.note(
                            "cellucid.source.unknown",
                            "points_%dd".formatted(stated.dimension()),
                            "Nothing says which table this embedding came from; it was not compared.",
                            "Name it with --embedding.");
                    return;
                }
                if (findings.lacks(table(path), path)) {
                    continue;
                }
                NumericTable table = dataset.table(path);
                open.add(table);
                embeddings.add(new Embedding(new EmbeddingWriter(settings).write(path, table, unit), table));
            }
            compareVectors(embeddings);
            boolean complete = !findings.lacks(table(source.latent()), source.latent())
                    && embeddings.size() == export.contents().embeddings().size();
            if (complete) {
                try (NumericTable latent = dataset.table(source.latent())) {
                    compareFields(embeddings, latent, sample);
                }
            }
        } finally {
            open.forEach(NumericTable::close);
        }
    }

    private Optional<TableInfo> table(String path) {
        return dataset.catalogue().table(path).filter(TableInfo::usable);
    }

    private Optional<ColumnInfo> column(String name) {
        return dataset.catalogue().obsColumn(name).filter(column -> column.kind() != ColumnInfo.Kind.OTHER);
    }

    private void compareVectors(List<Embedding> embeddings) {
        export.contents().vectors().ifPresent(vectors -> vectors.fields().forEach(field -> field.dimensions()
                .forEach(dimension -> compareVector(embeddings, field, dimension))));
    }

    private void compareVector(List<Embedding> embeddings, VectorFields.Field field, int dimension) {
        String key = field.id() + "_" + dimension + "d";
        Optional<String> path = Optional.ofNullable(source.vectors().get(key));
        if (path.isEmpty()) {
            findings.note(
                    "cellucid.source.unknown",
                    key,
                    "Nothing says which table these vectors came from; they were not compared.",
                    "Name it with --vectors.");
            return;
        }
        if (findings.lacks(table(path.get()), path.get())) {
            return;
        }
        for (Embedding embedding : embeddings) {
            if (embedding.frame().dimension() == dimension) {
                try (NumericTable table = dataset.table(path.get())) {
                    new VectorWriter(settings).write(field, embedding.frame(), path.get(), table, unit);
                }
            }
        }
    }

    private void compareFields(List<Embedding> embeddings, NumericTable latent, ExportSource.Sample sample) {
        List<ObsFieldEntry> fields = export.contents().obs();
        try (ObsFieldWriter writer = new ObsFieldWriter(settings, embeddings, latent, 0)) {
            for (int position : sample.fields()
                    .orElseGet(() -> IntStream.range(0, fields.size()).boxed().toList())) {
                ObsFieldEntry stated = fields.get(position);
                ObsFieldPlace place = stated.place();
                if (findings.lacks(column(place.name()), "obs/" + place.name())) {
                    continue;
                }
                ObsFieldEntry made = writer.write(place, dataset.obsColumn(place.name()), unit);
                compareEntry(ExportPaths.OBS_MANIFEST + ": " + place.name(), made.toJson(), stated.toJson());
            }
        }
    }

    private void compareEntry(String where, String made, String stated) {
        JsonDifference.report(where, JsonReader.read(made), JsonReader.read(stated), findings);
    }

    private void compareEdges(EdgeSummary stated) {
        if (settings.contract() == Contract.V0_9_0 || source.graph().isEmpty()) {
            findings.note(
                    "cellucid.source.unknown",
                    "connectivity",
                    "The edges were not compared with the source.",
                    "Name the graph with --connectivities; edges of contract 0.9.0 are not compared.");
            return;
        }
        String graph = source.graph().get();
        Optional<MatrixInfo> there = dataset.catalogue().graph(graph);
        if (findings.lacks(there, graph)) {
            return;
        }
        MatrixInfo info = there.orElseThrow();
        boolean dense = info.order() == MatrixInfo.Order.DENSE;
        try (RowSource rows = NeighbourGraph.rows(dataset, info);
                RowSource again = NeighbourGraph.rows(dataset, info)) {
            EdgeSummary made = new EdgeWriter(settings)
                    .write(
                            new NeighbourGraph(graph, rows, new RowsAsColumns(again), dense, OptionalLong.empty()),
                            unit);
            compareEntry(ExportPaths.CONNECTIVITY_MANIFEST, made.toJson(), stated.toJson());
        }
    }
}
