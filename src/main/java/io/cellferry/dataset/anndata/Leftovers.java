package io.cellferry.dataset.anndata;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.elements.ArrayElements;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.InputRefused;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes down what a file holds beside its elements, so that nobody misses it later without having been told:
/// attributes that AnnData gives no meaning, parts that a matrix or a data frame does not have, and encodings that are
/// not known here. What is found follows the word "loses".
final class Leftovers {

    static final List<String> OF_SPARSE = List.of("shape", "h5sparse_format", "h5sparse_shape");
    static final List<String> OF_FRAMES = List.of("_index", "column-order", "ordered", "categories");

    private static final Set<String> ENCODING = Set.of("encoding-type", "encoding-version");
    private static final Set<String> PLAIN_ARRAYS =
            Set.of("array", "string-array", "numeric-scalar", "string", "rec-array", "null");
    private static final Set<String> PLAIN_GROUPS = Set.of("dict", "anndata", "raw");

    /// A linked member is met once for each of its names.
    private final Set<Element.Unknown> all = new LinkedHashSet<>();

    List<Element.Unknown> all() {
        return List.copyOf(all);
    }

    void add(TreeNode node, String found) {
        all.add(ArrayElements.unknown(node.path().equals("/") ? "the root" : node.path(), found));
    }

    /// Attributes of `node` other than `known` and those that say its encoding.
    void attributes(TreeNode node, Collection<String> known) {
        List<String> names;
        try {
            names = node.attributes().names();
        } catch (InputRefused unreadable) {
            add(node, "attributes that cannot be read: " + unreadable.getMessage());
            return;
        }
        List<String> others = names.stream()
                .filter(name -> !ENCODING.contains(name) && !known.contains(name))
                .toList();
        if (!others.isEmpty()) {
            add(node, "its " + listed("attribute", others));
        }
    }

    /// Members of `group` other than `known`; its attributes other than `attributes`.
    void parts(TreeGroup group, Collection<String> attributes, String... known) {
        attributes(group, attributes);
        Set<String> names = new HashSet<>(group.childNames());
        names.removeAll(Arrays.asList(known));
        others(group, names);
        strays(group, List.of());
    }

    /// Of a data frame: members that are no columns, and attributes of its columns.
    void frame(TreeGroup frame, Collection<String> columns) {
        attributes(frame, OF_FRAMES);
        // A column whose name is a path lies in a group that is no column itself.
        Set<String> known = columns.stream()
                .map(name -> name.startsWith("/") ? name : name.split("/", 2)[0])
                .collect(Collectors.toSet());
        known.add(FrameGroup.CATEGORIES);
        Set<String> names = new HashSet<>(frame.childNames());
        names.removeAll(known);
        others(frame, names);
        strays(frame, known);
        for (String name : columns) {
            try {
                frame.find(name).ifPresent(column -> attributes(column, OF_FRAMES));
            } catch (InputRefused unreadable) {
                continue; // The column itself says so.
            }
        }
    }

    /// Folders of a store that are neither groups nor arrays.
    void strays(TreeGroup group, Collection<String> known) {
        for (String name : group.strays()) {
            if (!known.contains(name)) {
                add(group, "its folder %s, which has no metadata".formatted(name));
            }
        }
    }

    private void others(TreeGroup group, Set<String> names) {
        if (!names.isEmpty()) {
            add(
                    group,
                    "its " + listed("member", names.stream().sorted().toList()) + ", which AnnData does not know here");
        }
    }

    /// An encoding that is not known here: content comes over as what it looks like.
    void encoding(TreeNode node) {
        Encoding.of(node).ifPresent(encoding -> {
            boolean plain =
                    switch (node) {
                        case TreeArray array -> PLAIN_ARRAYS.contains(encoding.type());
                        case TreeGroup group -> PLAIN_GROUPS.contains(encoding.type());
                    };
            if (!plain) {
                add(
                        node,
                        "its encoding %s %s, which is not known here; what it holds comes over as a plain %s"
                                .formatted(
                                        encoding.type(),
                                        encoding.version(),
                                        node instanceof TreeArray ? "array" : "group"));
            }
        });
    }

    private static String listed(String what, List<String> names) {
        return "%s%s %s".formatted(what, names.size() == 1 ? "" : "s", String.join(", ", names));
    }
}
