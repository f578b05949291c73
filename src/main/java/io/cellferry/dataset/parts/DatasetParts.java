package io.cellferry.dataset.parts;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.Element;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.matrices.FoundMatrix;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.dataset.matrices.SlowReading;
import io.cellferry.dataset.matrices.StoredMatrix;
import io.cellferry.failure.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Everything a format reader found in a file. `matrices` starts with `X` if there is one; `contents` makes
/// everything as elements when it is asked for; `problems` are those of the file as a whole, the parts bring their
/// own. `ownGenes` annotates matrices whose genes are neither those of `X` nor those of `raw/X`, by path.
public record DatasetParts(
        String format,
        int cells,
        List<FoundMatrix> matrices,
        List<FoundMatrix> graphs,
        Frame obs,
        Frame var,
        Optional<Frame> rawVar,
        Map<String, Frame> ownGenes,
        List<StoredTable> tables,
        Supplier<Element.Mapping> contents,
        List<Problem> problems) {

    /// The matrix a conversion takes unless it is told otherwise.
    public static final String MAIN_MATRIX = "X";

    /// The matrix with genes of its own.
    public static final String RAW_MATRIX = "raw/X";

    public DatasetParts {
        matrices = List.copyOf(matrices);
        graphs = List.copyOf(graphs);
        ownGenes = Map.copyOf(ownGenes);
        tables = List.copyOf(tables);
        problems = List.copyOf(problems);
    }

    public DatasetParts(
            String format,
            int cells,
            List<FoundMatrix> matrices,
            List<FoundMatrix> graphs,
            Frame obs,
            Frame var,
            Optional<Frame> rawVar,
            List<StoredTable> tables,
            Supplier<Element.Mapping> contents,
            List<Problem> problems) {
        this(format, cells, matrices, graphs, obs, var, rawVar, Map.of(), tables, contents, problems);
    }

    /// The frame that annotates the genes of `matrix`.
    Frame genesOf(String matrix) {
        Frame own = ownGenes.get(matrix);
        if (own != null) {
            return own;
        }
        return matrix.equals(RAW_MATRIX) ? rawVar.orElse(var) : var;
    }

    /// What keeps `X`, its cells or its genes from being read stops every conversion. What concerns a part that a
    /// conversion can do without is a warning here and a refusal when the part is asked for.
    Catalogue catalogue() {
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(obs.problems());
        all.addAll(var.problems());
        rawVar.ifPresent(frame -> frame.problems().forEach(problem -> all.add(Obstacle.optional(problem))));
        for (FoundMatrix matrix : matrices) {
            boolean main = matrix.path().equals(MAIN_MATRIX);
            matrix.obstacles().forEach(problem -> all.add(main ? problem : Obstacle.optional(problem)));
        }
        matrices.forEach(matrix -> slow(matrix).ifPresent(all::add));
        graphs.forEach(graph -> graph.obstacles().forEach(problem -> all.add(Obstacle.optional(problem))));
        tables.forEach(table -> table.problem().ifPresent(problem -> all.add(Obstacle.optional(problem))));
        return new Catalogue(
                format,
                cells,
                infos(matrices),
                obs.infos(),
                var.infos(),
                rawVar.map(Frame::infos).orElse(List.<ColumnInfo>of()),
                tables.stream().map(StoredTable::info).toList(),
                infos(graphs),
                all);
    }

    private static Optional<Problem> slow(FoundMatrix found) {
        return found.matrix()
                .filter(matrix -> found.obstacles().isEmpty() && matrix instanceof StoredMatrix.Dense)
                .flatMap(matrix -> SlowReading.of(found.path(), ((StoredMatrix.Dense) matrix).values()));
    }

    private static List<MatrixInfo> infos(List<FoundMatrix> found) {
        return found.stream().flatMap(matrix -> matrix.info().stream()).toList();
    }
}
