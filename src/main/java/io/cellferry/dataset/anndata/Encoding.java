package io.cellferry.dataset.anndata;

import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What AnnData says about an element in its attributes `encoding-type` and `encoding-version`; empty before 0.8.
record Encoding(String type, String version) {

    private static final Map<String, Set<String>> KNOWN = Map.ofEntries(
            Map.entry("anndata", Set.of("0.1.0")),
            Map.entry("raw", Set.of("0.1.0")),
            Map.entry("dict", Set.of("0.1.0")),
            Map.entry("dataframe", Set.of("0.1.0", "0.2.0")),
            Map.entry("array", Set.of("0.2.0")),
            Map.entry("string-array", Set.of("0.2.0")),
            Map.entry("csr_matrix", Set.of("0.1.0")),
            Map.entry("csc_matrix", Set.of("0.1.0")),
            Map.entry("categorical", Set.of("0.2.0")),
            Map.entry("nullable-integer", Set.of("0.1.0")),
            Map.entry("nullable-boolean", Set.of("0.1.0")),
            Map.entry("nullable-string-array", Set.of("0.1.0")));

    static Optional<Encoding> of(TreeNode node) {
        return node.attributes()
                .text("encoding-type")
                .map(type -> new Encoding(
                        type, node.attributes().text("encoding-version").orElse("of no version")));
    }

    /// A name for what the element is, also for elements without encoding.
    static String inWords(TreeNode node) {
        return of(node).map(Encoding::type).orElseGet(() -> switch (node) {
            case TreeGroup group -> "a group without encoding-type";
            case TreeArray array -> array.typeName();
        });
    }

    /// A known element in a version nobody here has seen is read as the known one, and that is worth saying.
    static Optional<Problem> unfamiliar(TreeNode node) {
        return of(node).filter(Encoding::unfamiliar)
                .map(found -> Problem.warning(
                        "input.encoding.version",
                        node.path(),
                        "is a %s of version %s; known are %s"
                                .formatted(found.type, found.version, String.join(", ", KNOWN.get(found.type))),
                        "Check the result, or write the file with an older anndata."));
    }

    private boolean unfamiliar() {
        return KNOWN.containsKey(type) && !KNOWN.get(type).contains(version);
    }
}
