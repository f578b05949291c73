package io.cellferry.dataset.anndata;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.matrices.Axis;
import io.cellferry.dataset.matrices.FoundMatrix;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.dataset.parts.DatasetParts;
import io.cellferry.dataset.parts.StoredDataset;
import io.cellferry.dataset.tree.OpenStore;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Looks into an AnnData file once and writes down where everything is and what is wrong with it. Unknown members of
/// the root are nobody's business and are passed over.
public final class AnnDataReader {

    private final OpenStore store;
    private final Path file;
    private final TreeGroup root;
    private final List<Problem> problems = new ArrayList<>();

    private AnnDataReader(OpenStore file) {
        this.store = file;
        this.file = file.path();
        this.root = file.root();
    }

    /// The data set takes `file` over and closes it.
    public static CellDataset open(OpenStore file) {
        return new StoredDataset(file, new AnnDataReader(file).parts());
    }

    /// Whether the file says or looks like it is AnnData.
    public static boolean recognises(TreeGroup root) {
        boolean named = Encoding.of(root)
                .filter(encoding -> encoding.type().equals("anndata"))
                .isPresent();
        return named || root.has("obs") || root.has("var");
    }

    private DatasetParts parts() {
        Encoding.unfamiliar(root).ifPresent(problems::add);
        Frames frames = new Frames(file, root);
        Frame obs = frames.read("obs", "obs");
        Frame var = frames.read("var", "var");
        Axis cells = new Axis("obs", "cell", obs.rows());
        Axis genes = new Axis("var", "gene", var.rows());
        Matrices matrices = new Matrices(file, problems);
        List<FoundMatrix> found = new ArrayList<>();
        matrices.find(root, DatasetParts.MAIN_MATRIX, DatasetParts.MAIN_MATRIX, cells, genes)
                .ifPresentOrElse(found::add, this::noteMissingMatrix);
        Optional<RawPart> raw = RawPart.find(root, problems);
        Optional<Frame> rawVar = raw.map(part -> frames.read(part.varMember(), "raw/var"));
        raw.flatMap(part -> matrices.find(
                        root,
                        part.matrixMember(),
                        DatasetParts.RAW_MATRIX,
                        cells,
                        new Axis("raw/var", "gene", rawVar.map(Frame::rows).orElseThrow())))
                .ifPresent(found::add);
        group("layers").ifPresent(layers -> found.addAll(matrices.all(layers, "layers", cells, genes)));
        return new DatasetParts(
                format(obs),
                cells(obs.rows(), found),
                found,
                graphs(matrices, cells),
                obs,
                var,
                rawVar,
                new Tables(file, obs.rows()).find(root),
                () -> new ElementTree(file, root).read(obs, var, rawVar),
                problems);
    }

    private void noteMissingMatrix() {
        problems.add(Problem.note(
                "input.matrix.missing", "X", "the file has no X", "Choose raw/X or a layer if one is listed."));
    }

    /// Before 0.7, and sometimes later, graphs lie in `uns/neighbors`.
    private List<FoundMatrix> graphs(Matrices matrices, Axis cells) {
        List<FoundMatrix> graphs = new ArrayList<>();
        group("obsp").ifPresent(obsp -> graphs.addAll(matrices.all(obsp, "obsp", cells, cells)));
        group("uns/neighbors").ifPresent(neighbors -> {
            for (String name : List.of("connectivities", "distances")) {
                String path = "obsp/" + name;
                if (graphs.stream().noneMatch(graph -> graph.path().equals(path))
                        && neighbors.group(name).isPresent()) {
                    matrices.find(neighbors, name, path, cells, cells).ifPresent(graphs::add);
                }
            }
        });
        return graphs;
    }

    /// A group anndata can do without; one that cannot be read is noted and passed over.
    private Optional<TreeGroup> group(String path) {
        try {
            return root.group(path);
        } catch (InputRefused refusal) {
            problems.add(Obstacle.optional(Obstacle.listed(file, "input.member.unreadable", path, refusal)));
            return Optional.empty();
        }
    }

    private String format(Frame obs) {
        Optional<Encoding> encoding = Encoding.of(root);
        if (encoding.isPresent()) {
            return "AnnData %s in %s".formatted(encoding.get().version(), store.format());
        }
        boolean compound = root.has("obs")
                && obs.problems().stream().noneMatch(Problem::refuses)
                && root.array("obs").isPresent();
        return "AnnData in %s, layout %s".formatted(store.format(), compound ? "before 0.7" : "of 0.7");
    }

    private static int cells(OptionalLong rows, List<FoundMatrix> matrices) {
        return rows.isPresent()
                ? (int) rows.getAsLong()
                : matrices.stream()
                        .flatMap(matrix -> matrix.info().stream())
                        .mapToInt(info -> info.cells())
                        .findFirst()
                        .orElse(0);
    }
}
