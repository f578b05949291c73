package io.cellferry.dataset.parts;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.Element;
import io.cellferry.dataset.GeneNames;
import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.columns.ObsColumnReader;
import io.cellferry.dataset.columns.StoredColumn;
import io.cellferry.dataset.columns.TextReader;
import io.cellferry.dataset.matrices.FoundMatrix;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.dataset.matrices.StoredMatrix;
import io.cellferry.dataset.tree.OpenStore;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.RowSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A data set in one open store. Immutable but for the store's own state, which takes concurrent readers; closing it
/// closes the file under everything it handed out.
public final class StoredDataset implements CellDataset {

    private final OpenStore file;
    private final DatasetParts parts;
    private final Catalogue catalogue;

    public StoredDataset(OpenStore file, DatasetParts parts) {
        this.file = file;
        this.parts = parts;
        this.catalogue = parts.catalogue();
    }

    @Override
    public Catalogue catalogue() {
        return catalogue;
    }

    @Override
    public RowSource rows(String matrix) {
        return matrix(matrix).openRows();
    }

    @Override
    public ColumnSource columns(String matrix) {
        return matrix(matrix).openColumns();
    }

    @Override
    public ObsColumn obsColumn(String name) {
        return new ObsColumnReader(path()).read(column(parts.obs(), name));
    }

    @Override
    public GeneNames geneNames(String matrix, Optional<String> column) {
        if (parts.matrices().stream().noneMatch(found -> found.path().equals(matrix))) {
            throw unknown("matrix", matrix, matrixPaths());
        }
        Frame genes = parts.genesOf(matrix);
        StoredColumn names =
                column.isPresent() ? column(genes, column.get()) : genes.index().orElseThrow(() -> noNames(genes));
        return new GeneNames(new TextReader(path()).read(names), column);
    }

    @Override
    public NumericTable table(String path) {
        StoredTable table = parts.tables().stream()
                .filter(candidate -> candidate.info().path().equals(path))
                .findFirst()
                .orElseThrow(() -> unknown(
                        "table",
                        path,
                        catalogue.tables().stream().map(info -> info.path()).toList()));
        return switch (table) {
            case StoredTable.Readable readable -> new SlicedTable(readable.info(), readable.rows());
            case StoredTable.Unusable unusable -> throw Obstacle.refusal(path(), unusable.why());
        };
    }

    @Override
    public Element.Mapping contents() {
        return parts.contents().get();
    }

    @Override
    public void close() {
        file.close();
    }

    private Path path() {
        return file.path();
    }

    private StoredMatrix matrix(String name) {
        FoundMatrix found = Stream.concat(parts.matrices().stream(), parts.graphs().stream())
                .filter(candidate -> candidate.path().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown("matrix", name, matrixPaths()));
        if (!found.obstacles().isEmpty()) {
            throw Obstacle.refusal(path(), found.obstacles().getFirst());
        }
        return found.matrix().orElseThrow();
    }

    private StoredColumn column(Frame frame, String name) {
        return frame.column(name)
                .orElseThrow(() -> unknown(
                        "column of " + frame.path(),
                        name,
                        frame.infos().stream().map(info -> info.name()).toList()));
    }

    private List<String> matrixPaths() {
        return Stream.concat(parts.matrices().stream(), parts.graphs().stream())
                .map(FoundMatrix::path)
                .toList();
    }

    private InputRefused noNames(Frame frame) {
        return frame.problems().stream()
                .filter(problem -> problem.refuses())
                .findFirst()
                .map(problem -> Obstacle.refusal(path(), problem))
                .orElseThrow(() -> new IllegalStateException(frame.path() + " has no index and no problem says why"));
    }

    private RequestRefused unknown(String kind, String name, List<String> known) {
        return new RequestRefused(
                "%s: there is no %s \"%s\".".formatted(path(), kind, name),
                known.isEmpty() ? "The file has none." : "The file has: %s.".formatted(String.join(", ", known)));
    }
}
