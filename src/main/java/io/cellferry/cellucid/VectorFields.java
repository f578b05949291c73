package io.cellferry.cellucid;

import io.cellferry.failure.RequestRefused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The vector fields of an export (velocities and the like), in the order of the manifest, and the one shown first.
public record VectorFields(List<Field> fields, String defaultField) {

    private static final Pattern KEY = Pattern.compile("(.+_umap)_([123])d", Pattern.DOTALL);

    public VectorFields {
        fields = List.copyOf(fields);
    }

    /// One field and the dimensions it exists in, ascending; `stem` names its files.
    public record Field(String id, List<Integer> dimensions, String stem) {
        public Field {
            dimensions = List.copyOf(dimensions);
        }
    }

    /// The fields of `keys`, each `<field>_umap_<d>d` with an embedding of d axes. Contract 0.9.1 sorts fields by code
    /// point and wants to know which comes first when there are several.
    public static VectorFields of(
            Contract contract,
            List<String> keys,
            Optional<String> defaultField,
            Collection<Integer> embeddingDimensions) {
        Map<String, TreeSet<Integer>> dimensions = new LinkedHashMap<>();
        for (String key : keys) {
            Matcher matcher = KEY.matcher(key);
            if (!matcher.matches() || !embeddingDimensions.contains(Integer.valueOf(matcher.group(2)))) {
                throw new RequestRefused(
                        "--vectors: expected names like velocity_umap_2d with an embedding of that many axes (%s), found \"%s\"."
                                .formatted(embeddingDimensions, key),
                        "Rename the table, export that embedding too, or leave the vectors out.");
            }
            requireUsableId(contract, matcher.group(1));
            if (!dimensions
                    .computeIfAbsent(matcher.group(1), id -> new TreeSet<>())
                    .add(Integer.valueOf(matcher.group(2)))) {
                throw new RequestRefused(
                        "--vectors: \"%s\" is named twice.".formatted(key), "Name every vector field once.");
            }
        }
        List<String> ids = new ArrayList<>(dimensions.keySet());
        if (contract == Contract.V0_9_1) {
            ids.sort(CodePoints.ORDER);
        }
        List<Field> fields = new ArrayList<>();
        for (String id : ids) {
            String stem =
                    switch (contract) {
                        case V0_9_1 -> Integer.toString(fields.size());
                        case V0_9_0 -> id;
                    };
            fields.add(new Field(id, List.copyOf(dimensions.getOrDefault(id, new TreeSet<>())), stem));
        }
        return new VectorFields(fields, shownFirst(contract, ids, defaultField));
    }

    private static void requireUsableId(Contract contract, String id) {
        Optional<String> objection =
                switch (contract) {
                    case V0_9_1 -> DisplayText.objection(id);
                    case V0_9_0 ->
                        ExportPaths.cleaned(id).equals(id)
                                ? Optional.empty()
                                : Optional.of("cannot be part of a file name as it is");
                };
        objection.ifPresent(text -> {
            throw new RequestRefused(
                    "--vectors: the name \"%s\" %s.".formatted(id, text), "Rename the table, or leave it out.");
        });
    }

    private static String shownFirst(Contract contract, List<String> ids, Optional<String> wanted) {
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("no vector fields is not a list of vector fields");
        }
        if (wanted.isPresent()) {
            if (!ids.contains(wanted.get())) {
                throw new RequestRefused(
                        "The vector field \"%s\" to show first is not among %s.".formatted(wanted.get(), ids),
                        "Name one of them.");
            }
            return wanted.get();
        }
        return switch (contract) {
            case V0_9_1 -> {
                if (ids.size() > 1) {
                    throw new RequestRefused(
                            "--vectors: there are several fields (%s), and nothing says which is shown first."
                                    .formatted(String.join(", ", ids)),
                            "Name the one to show first.");
                }
                yield ids.getFirst();
            }
            case V0_9_0 ->
                ids.contains("velocity_umap")
                        ? "velocity_umap"
                        : ids.stream().min(CodePoints.ORDER).orElseThrow();
        };
    }

    int files() {
        return fields.stream().mapToInt(field -> field.dimensions().size()).sum();
    }

    static int highest(List<Integer> dimensions) {
        return dimensions.stream().max(Comparator.naturalOrder()).orElseThrow();
    }
}
