package io.cellferry.dataset.soma;

import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.matrices.Axis;
import io.cellferry.dataset.matrices.FoundMatrix;
import io.cellferry.dataset.matrices.MatrixInspection;
import io.cellferry.dataset.matrices.StoredMatrix;
import io.cellferry.dataset.parts.StoredTable;
import io.cellferry.dataset.tiledb.GroupMembers;
import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.dataset.tiledb.StoredFolder;
import io.cellferry.failure.InputRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One measurement of an experiment: its genes, its layers and what else belongs to it.
final class Measurement {

    /// What conversions to SOMA call the index of `var`, then what the CELLxGENE Census calls it.
    private static final List<String> GENE_NAMES = List.of("var_id", "feature_id");

    private final StoredFolder folder;
    private final String name;
    private final Map<String, String> members;
    private final JoinIds cells;
    private final SomaFrame var;
    private final Frame frame;

    private Measurement(
            StoredFolder folder, String name, Map<String, String> members, JoinIds cells, SomaFrame var, Frame frame) {
        this.folder = folder;
        this.name = name;
        this.members = members;
        this.cells = cells;
        this.var = var;
        this.frame = frame;
    }

    /// The measurement at `place`. Its frame is called `named` outside.
    static Measurement open(StoredFolder folder, String place, String name, JoinIds cells, String named) {
        Map<String, String> members = GroupMembers.of(folder, place);
        String var = members.get("var");
        if (var == null) {
            throw new InputRefused(
                    "%s: measurement %s has no var, only: %s."
                            .formatted(folder.path(), name, String.join(", ", members.keySet())),
                    "Write the experiment again; every SOMA measurement describes its genes in var.");
        }
        SomaFrame genes = SomaFrame.open(folder, var, named);
        return new Measurement(folder, name, members, cells, genes, genes.frame(GENE_NAMES));
    }

    Frame frame() {
        return frame;
    }

    JoinIds cells() {
        return cells;
    }

    JoinIds genes() {
        return var.ids();
    }

    /// Places of the members of one of its collections, by name; none when there is no such collection.
    Map<String, String> collection(String collection) {
        String place = members.get(collection);
        return place == null ? Map.of() : GroupMembers.of(folder, place);
    }

    List<String> layers() {
        return List.copyOf(collection("X").keySet());
    }

    /// Layer `layer` as the matrix `path`.
    FoundMatrix layer(String layer, String path) {
        String place = Optional.ofNullable(collection("X").get(layer)).orElseThrow();
        return matrix(place, path, cells, genes(), frame.path());
    }

    /// All of `obsp` as graphs.
    List<FoundMatrix> graphs() {
        List<FoundMatrix> graphs = new ArrayList<>();
        collection("obsp").forEach((graph, place) -> graphs.add(matrix(place, "obsp/" + graph, cells, cells, "obs")));
        return graphs;
    }

    private FoundMatrix matrix(String place, String path, JoinIds rows, JoinIds columns, String columnFrame) {
        MatrixInspection inspection = new MatrixInspection(
                folder.path(),
                path,
                new Axis("obs", "cell", OptionalLong.of(rows.count())),
                new Axis(columnFrame, "gene", OptionalLong.of(columns.count())));
        try {
            StoredArray array = StoredArray.open(folder, place);
            if (!array.schema().sparse()) {
                return inspection.dense(DenseArray.matrix(array, path, rows, columns));
            }
            SparseLayer layer = SparseLayer.of(array, rows, columns);
            StoredMatrix stored = new StoredMatrix.ByRows(layer.info(path), layer::open);
            return new FoundMatrix(path, Optional.of(stored), List.of());
        } catch (InputRefused refusal) {
            return inspection.unreadable(refusal);
        }
    }

    /// The tables of `obsm`.
    List<StoredTable> tables() {
        List<StoredTable> tables = new ArrayList<>();
        collection("obsm").forEach((table, place) -> tables.add(new CellTable(folder, cells).find(table, place)));
        return tables;
    }
}
