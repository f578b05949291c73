package io.cellferry.cellucid;

import io.cellferry.dataset.GeneNames;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The genes of an export in output order, each with its place in the matrix. Bounded by genes, not by cells.
///
/// `column` is the annotation the names came from, empty for the index; `matrixGenes` the number of genes the matrix
/// has.
public record GeneList(List<Gene> genes, Optional<String> column, int matrixGenes) {

    private static final int MOST_NAMED = 5;

    public GeneList {
        genes = List.copyOf(genes);
    }

    /// One exported gene; `stem` names its file.
    public record Gene(int matrixGene, String name, String stem) {}

    /// Chooses the genes `wanted` in that order, or all of them. Refuses, with all findings at once, names that repeat
    /// anywhere in the matrix, are unknown, cannot be shown or would share a file.
    public static GeneList choose(
            Contract contract, GeneNames names, Optional<List<String>> wanted, DuplicatePolicy duplicates) {
        List<String> unique = unique(names, duplicates);
        Map<String, Integer> byName = byName(unique, names.column());
        List<String> chosen = wanted.isPresent() ? known(wanted.get(), byName) : unique;
        requireShowable(contract, chosen);
        Map<String, String> byStem = new HashMap<>();
        List<Gene> genes = new ArrayList<>(chosen.size());
        for (String name : chosen) {
            String stem = ExportPaths.stem(contract, genes.size(), name);
            ObsFieldPlace.requireOwnFile("gene", name, stem, byStem, "--genes");
            genes.add(new Gene(byName.getOrDefault(name, -1), name, stem));
        }
        return new GeneList(genes, names.column(), names.names().size());
    }

    /// Where each gene of a matrix lies, by the name that an export would show. Refuses names that repeat.
    static Map<String, Integer> places(GeneNames names, DuplicatePolicy duplicates) {
        return byName(unique(names, duplicates), names.column());
    }

    private static List<String> unique(GeneNames names, DuplicatePolicy duplicates) {
        return switch (duplicates) {
            case REFUSE -> names.names();
            case SUFFIX -> GeneSuffixes.made(names.names());
        };
    }

    /// Those of these genes that lie at `places` in the matrix, in that order; this list must hold all genes.
    public GeneList picked(Contract contract, int[] places) {
        List<Gene> picked = new ArrayList<>(places.length);
        for (int place : places) {
            String name = genes.get(place).name();
            picked.add(new Gene(place, name, ExportPaths.stem(contract, picked.size(), name)));
        }
        return new GeneList(picked, column, matrixGenes);
    }

    /// Where each exported gene lies in the matrix, in output order.
    public int[] placesInMatrix() {
        return genes.stream().mapToInt(Gene::matrixGene).toArray();
    }

    private static Map<String, Integer> byName(List<String> names, Optional<String> column) {
        String where = "var/" + column.orElse("index");
        Map<String, Integer> byName = HashMap.newHashMap(names.size());
        Set<String> repeated = new HashSet<>();
        List<String> shown = new ArrayList<>();
        int empty = 0;
        for (int gene = 0; gene < names.size(); gene++) {
            String name = names.get(gene);
            empty += name.isEmpty() ? 1 : 0;
            if (byName.putIfAbsent(name, gene) != null && repeated.add(name) && shown.size() < MOST_NAMED) {
                shown.add(name);
            }
        }
        if (empty > 0) {
            throw new InputRefused(
                    "%s: expected a name for every gene, but %,d of %,d are empty."
                            .formatted(where, empty, names.size()),
                    "Choose another column with --gene-ids.");
        }
        if (!repeated.isEmpty()) {
            throw new InputRefused(
                    "%s: expected every gene name once, but %,d repeat (%s)."
                            .formatted(where, repeated.size(), listed(shown, repeated.size())),
                    "Choose another column with --gene-ids, or use --on-duplicate-genes suffix.");
        }
        return byName;
    }

    private static List<String> known(List<String> wanted, Map<String, Integer> byName) {
        Set<String> seen = new HashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String name : wanted) {
            if (!seen.add(name)) {
                throw new RequestRefused(
                        "--genes: the gene \"%s\" is named twice.".formatted(name), "Name every gene once.");
            }
            if (!byName.containsKey(name)) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            List<String> shown = unknown.stream()
                    .limit(MOST_NAMED)
                    .map(name -> NearestNames.withSuggestion(name, byName.keySet()))
                    .toList();
            throw new RequestRefused(
                    "--genes: the matrix has no gene %s.".formatted(listed(shown, unknown.size())),
                    "Correct the names, or choose the column they come from with --gene-ids.");
        }
        return wanted;
    }

    private static void requireShowable(Contract contract, List<String> names) {
        if (contract == Contract.V0_9_0) {
            return;
        }
        List<String> objections = new ArrayList<>();
        long refused = 0;
        for (String name : names) {
            Optional<String> objection = DisplayText.objection(name);
            if (objection.isPresent()) {
                refused++;
                if (objections.size() < MOST_NAMED) {
                    objections.add("\"%s\" %s".formatted(name, objection.get()));
                }
            }
        }
        if (refused > 0) {
            throw new InputRefused(
                    "Expected gene names that can be shown, but %,d cannot: %s."
                            .formatted(refused, listed(objections, refused)),
                    "Choose another column with --gene-ids, or leave these genes out with --genes.");
        }
    }

    private static String listed(List<String> shown, long all) {
        return String.join(", ", shown) + (all > shown.size() ? ", …" : "");
    }
}
