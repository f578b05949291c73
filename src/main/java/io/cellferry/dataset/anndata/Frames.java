package io.cellferry.dataset.anndata;

import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the annotations of cells and genes in whichever of the two shapes a file keeps them.
final class Frames {

    private final Path file;
    private final TreeGroup root;

    Frames(Path file, TreeGroup root) {
        this.file = file;
        this.root = root;
    }

    /// The frame at `member`, called `path` outside; it is always there, if only to say what is wrong with it.
    Frame read(String member, String path) {
        TreeNode node;
        try {
            node = root.find(member).orElse(null);
        } catch (InputRefused refusal) {
            return broken(path, Obstacle.listed(file, "input.member.unreadable", path, refusal));
        }
        return switch (node) {
            case null ->
                broken(
                        path,
                        Problem.refusal(
                                code(path, "missing"),
                                path,
                                "expected the annotations of all %s, found nothing"
                                        .formatted(path.equals("obs") ? "cells" : "genes"),
                                "This is no complete AnnData file. Write it again with anndata."));
            case TreeGroup group -> new FrameGroup(file, path, group).read();
            case TreeArray table -> table(path, table);
        };
    }

    private Frame table(String path, TreeArray table) {
        return table.type() instanceof ElementType.Compound
                ? new FrameTable(file, path, table, labelsOf(path)).read()
                : broken(
                        path,
                        Problem.refusal(
                                code(path, "encoding"),
                                table.path(),
                                "expected a data frame (a group, or a compound table before 0.7), found "
                                        + Encoding.inWords(table),
                                "Write the file again with anndata."));
    }

    /// Before 0.7 the labels of categories lie in `uns`, for cells and genes alike; the genes of `raw` never had any.
    private Optional<TreeGroup> labelsOf(String path) {
        try {
            return path.equals("obs") || path.equals("var") ? root.group("uns") : Optional.empty();
        } catch (InputRefused unreadable) {
            // uns is anybody's; without labels the columns stay the numbers they are stored as.
            return Optional.empty();
        }
    }

    private static String code(String path, String rule) {
        return "input.%s.%s".formatted(path.replace('/', '.'), rule);
    }

    private static Frame broken(String path, Problem problem) {
        return new Frame(path, OptionalLong.empty(), Optional.empty(), List.of(), List.of(problem));
    }
}
