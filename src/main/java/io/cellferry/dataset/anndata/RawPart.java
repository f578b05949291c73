package io.cellferry.dataset.anndata;

import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.util.List;
import java.util.Optional;

/// Where the raw matrix and its genes lie: in the group `raw` since 0.7, in root members with a dot in their name
/// before. A file that has both was converted halfway; the newer one counts.
record RawPart(String matrixMember, String varMember) {

    static Optional<RawPart> find(TreeGroup root, List<Problem> problems) {
        boolean old = root.has("raw.X");
        if (root.has("raw") && !isNothing(root)) {
            if (old) {
                problems.add(Problem.warning(
                        "input.raw.twice",
                        "raw",
                        "the file has a raw matrix of the old layout (raw.X) and of the new one (raw/X)",
                        "raw/X is used. Delete the old one if it is not wanted."));
            }
            return Optional.of(new RawPart("raw/X", "raw/var"));
        }
        return old ? Optional.of(new RawPart("raw.X", "raw.var")) : Optional.empty();
    }

    /// Since 0.12 a data set without raw says so.
    private static boolean isNothing(TreeGroup root) {
        try {
            return root.find("raw")
                    .flatMap(Encoding::of)
                    .filter(encoding -> encoding.type().equals("null"))
                    .isPresent();
        } catch (InputRefused unreadable) {
            return false; // whoever reads it says what is wrong
        }
    }
}
