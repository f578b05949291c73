package io.cellferry.dataset.anndata;

import io.cellferry.dataset.MatrixInfo.Order;
import io.cellferry.dataset.matrices.Axis;
import io.cellferry.dataset.matrices.FoundMatrix;
import io.cellferry.dataset.matrices.MatrixInspection;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds matrices of every age: sparse groups say their layout in `encoding-type` (since 0.7) or `h5sparse_format`
/// (before), everything else is a dense array.
final class Matrices {

    private final Path file;
    private final List<Problem> problems;

    /// What is worth saying about a matrix without keeping it from being read is added to `problems`.
    Matrices(Path file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /// The matrix at `member` of `parent`, called `path` outside; empty when there is nothing, or what anndata writes
    /// for nothing.
    Optional<FoundMatrix> find(TreeGroup parent, String member, String path, Axis cells, Axis genes) {
        MatrixInspection inspection = new MatrixInspection(file, path, cells, genes);
        try {
            return parent.find(member)
                    .filter(node -> Encoding.of(node)
                            .filter(encoding -> encoding.type().equals("null"))
                            .isEmpty())
                    .map(node -> inspect(node, inspection));
        } catch (InputRefused refusal) {
            return Optional.of(inspection.unreadable(refusal));
        }
    }

    /// All members of a group of matrices, such as `layers`.
    List<FoundMatrix> all(TreeGroup group, String path, Axis cells, Axis genes) {
        List<FoundMatrix> found = new ArrayList<>();
        for (String name : group.childNames()) {
            find(group, name, path + "/" + name, cells, genes).ifPresent(found::add);
        }
        return found;
    }

    private FoundMatrix inspect(TreeNode node, MatrixInspection inspection) {
        Encoding.unfamiliar(node).ifPresent(problems::add);
        return switch (node) {
            case TreeArray array -> inspection.dense(array);
            case TreeGroup group ->
                order(group)
                        .map(order -> inspection.compressed(group, shape(group), order))
                        .orElseGet(() -> inspection.unknown(group.path(), Encoding.inWords(group)));
        };
    }

    static Optional<Order> order(TreeGroup group) {
        return group.attributes()
                .text("encoding-type")
                .or(() -> group.attributes().text("h5sparse_format"))
                .flatMap(format -> switch (format) {
                    case "csr_matrix", "csr" -> Optional.of(Order.CELL_MAJOR);
                    case "csc_matrix", "csc" -> Optional.of(Order.GENE_MAJOR);
                    default -> Optional.empty();
                });
    }

    static Optional<long[]> shape(TreeGroup group) {
        return group.attributes().wholes("shape").or(() -> group.attributes().wholes("h5sparse_shape"));
    }
}
