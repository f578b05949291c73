package io.cellferry.jobs.cellucidexport;

import static io.cellferry.jobs.cellucidexport.CellucidExportRules.AUTO;
import static io.cellferry.jobs.cellucidexport.CellucidExportRules.NONE;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.TableInfo;
import io.cellferry.failure.Problem;
import io.cellferry.jobs.NearestWord;
import io.cellferry.jobs.OptionValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Chooses which tables become embeddings, latent space and vector fields: as told, else by name and shape. What was
/// chosen unasked is said aloud as a note.
final class TableChoice {

    private static final Pattern EMBEDDING = Pattern.compile("([123])d=(.+)");
    private static final Pattern VECTOR = Pattern.compile("(.+_umap)(?:_([123])d)?");
    /// Tried in this order when there is no UMAP.
    private static final List<String> OTHER_EMBEDDINGS = List.of(
            "obsm/X_tsne",
            "obsm/X_phate",
            "obsm/X_draw_graph_fa",
            "obsm/X_draw_graph_fr",
            "obsm/X_pacmap",
            "obsm/X_mde");

    private final Catalogue catalogue;
    private final OptionValues options;
    private final List<Problem> problems;

    TableChoice(Catalogue catalogue, OptionValues options, List<Problem> problems) {
        this.catalogue = catalogue;
        this.options = options;
        this.problems = problems;
    }

    /// By dimension, ascending.
    List<ExportPlan.Embedded> embeddings() {
        Map<Integer, String> chosen = new TreeMap<>();
        List<String> said = options.texts("embedding");
        for (String one : said) {
            Matcher matcher = EMBEDDING.matcher(one);
            if (!matcher.matches()) {
                request(
                        "--embedding",
                        "expected DIMENSIONS=PATH such as 2d=obsm/X_umap, found \"%s\".".formatted(one),
                        "Correct --embedding.");
                continue;
            }
            int dimension = Integer.parseInt(matcher.group(1));
            Optional<TableInfo> table = require("--embedding", matcher.group(2));
            if (table.isPresent() && table.get().columns() != dimension) {
                request(
                        "--embedding",
                        "%s has %d columns, not %d.".formatted(one, table.get().columns(), dimension),
                        "Name its own dimension, or another table.");
            } else if (table.isPresent() && chosen.putIfAbsent(dimension, matcher.group(2)) != null) {
                request(
                        "--embedding",
                        "%dd is given twice.".formatted(dimension),
                        "Give one table for each dimension.");
            }
        }
        if (said.isEmpty()) {
            find(chosen);
        }
        if (chosen.isEmpty() && problems.stream().noneMatch(p -> p.code().startsWith("request.embedding"))) {
            problems.add(Problem.refusal(
                    "input.embedding.missing",
                    "obsm",
                    "no table looks like an embedding of one to three dimensions; there are: " + paths() + ".",
                    "Name one with --embedding 2d=obsm/NAME, or compute a UMAP first."));
        }
        return chosen.entrySet().stream()
                .map(entry -> new ExportPlan.Embedded(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void find(Map<Integer, String> chosen) {
        for (int dimension = 1; dimension <= 3; dimension++) {
            int wanted = dimension;
            List.of("obsm/X_umap_%dd".formatted(wanted), "obsm/X_umap").stream()
                    .filter(path -> usable(path, wanted))
                    .findFirst()
                    .ifPresent(path -> chosen.put(wanted, path));
        }
        if (chosen.isEmpty()) {
            for (String path : OTHER_EMBEDDINGS) {
                catalogue
                        .table(path)
                        .filter(table -> table.columns() <= 3 && usable(path, table.columns()))
                        .ifPresent(table -> chosen.putIfAbsent(table.columns(), path));
            }
        }
        if (chosen.isEmpty()) {
            onlyCandidates(chosen);
        }
        chosen.forEach((dimension, path) -> note(
                "export.embedding.chosen", path, "taken as the %dD embedding.".formatted(dimension), "--embedding"));
    }

    /// Tables of unknown names, where each is the only one of its shape.
    private void onlyCandidates(Map<Integer, String> chosen) {
        for (int dimension = 1; dimension <= 3; dimension++) {
            int wanted = dimension;
            List<String> candidates = catalogue.tables().stream()
                    .filter(table -> table.usable() && table.columns() == wanted)
                    .map(TableInfo::path)
                    .toList();
            if (candidates.size() == 1) {
                chosen.put(dimension, candidates.getFirst());
            }
        }
    }

    Optional<String> latent() {
        Optional<String> said = options.text("latent");
        if (said.isPresent()) {
            return require("--latent", said.get()).map(TableInfo::path);
        }
        Optional<TableInfo> widest = catalogue.tables().stream()
                .filter(TableInfo::usable)
                .filter(table -> table.columns() > 0)
                .max(Comparator.comparingInt(TableInfo::columns));
        Optional<String> chosen = List.of("obsm/X_pca", "obsm/X_scVI").stream()
                .filter(path -> catalogue.table(path).filter(TableInfo::usable).isPresent())
                .findFirst()
                .or(() -> widest.map(TableInfo::path));
        chosen.ifPresent(path -> note("export.latent.chosen", path, "taken as the latent space.", "--latent"));
        return chosen;
    }

    /// In order of id and dimension.
    List<ExportPlan.Vector> vectors(List<ExportPlan.Embedded> embeddings) {
        List<String> said = options.texts("vectors").stream()
                .flatMap(v -> List.of(v.split(",")).stream())
                .toList();
        if (said.equals(List.of(NONE))) {
            return List.of();
        }
        boolean auto = said.equals(List.of(AUTO));
        Map<String, ExportPlan.Vector> chosen = new LinkedHashMap<>();
        List<String> keys =
                auto ? catalogue.tables().stream().map(TableInfo::path).toList() : said;
        for (String key : keys) {
            String path = key.contains("/") ? key : "obsm/" + key;
            Optional<TableInfo> table =
                    auto ? catalogue.table(path).filter(TableInfo::usable) : require("--vectors", path);
            String name = path.substring(path.indexOf('/') + 1);
            Matcher matcher = VECTOR.matcher(name);
            if (table.isEmpty() || (auto && name.startsWith("X_"))) {
                continue;
            }
            int dimension = table.get().columns();
            boolean named =
                    matcher.matches() && (matcher.group(2) == null || Integer.parseInt(matcher.group(2)) == dimension);
            boolean placed = embeddings.stream().anyMatch(e -> e.dimension() == dimension);
            if (named && placed) {
                var vector = new ExportPlan.Vector(matcher.group(1), dimension, path);
                var twin = chosen.putIfAbsent(vector.id() + " " + dimension, vector);
                if (twin != null) {
                    request(
                            "--vectors",
                            "%s and %s are both %s in %dD.".formatted(twin.path(), path, vector.id(), dimension),
                            "Name only one of them with --vectors.");
                }
            } else if (!auto) {
                request(
                        "--vectors",
                        "%s (%d columns) must be called FIELD_umap or FIELD_umap_%dd and have an embedding of as many dimensions."
                                .formatted(path, dimension, dimension),
                        "Rename the table, or leave it out.");
            }
        }
        List<ExportPlan.Vector> vectors = new ArrayList<>(chosen.values());
        if (auto) {
            vectors.forEach(v -> note(
                    "export.vectors.chosen", v.path(), "taken as vector field %s.".formatted(v.id()), "--vectors"));
        }
        return vectors;
    }

    private boolean usable(String path, int columns) {
        return catalogue
                .table(path)
                .filter(t -> t.usable() && t.columns() == columns)
                .isPresent();
    }

    private Optional<TableInfo> require(String option, String path) {
        Optional<TableInfo> table = catalogue.table(path);
        if (table.isEmpty()) {
            String nearest = catalogue.tables().isEmpty()
                    ? "The input has no tables."
                    : "The nearest is %s."
                            .formatted(NearestWord.to(
                                    path,
                                    catalogue.tables().stream()
                                            .map(TableInfo::path)
                                            .toList()));
            request(option, "there is no table %s; there are: %s.".formatted(path, paths()), nearest);
        } else if (!table.get().usable()) {
            request(
                    option,
                    "%s is %s, not a table of numbers."
                            .formatted(path, table.get().storedType()),
                    "Name another table.");
            return Optional.empty();
        }
        return table;
    }

    private String paths() {
        String all = String.join(
                ", ",
                catalogue.tables().stream()
                        .map(table -> "%s (%d columns)".formatted(table.path(), table.columns()))
                        .toList());
        return all.isEmpty() ? "none" : all;
    }

    private void request(String option, String found, String remedy) {
        problems.add(Problem.refusal("request." + option.substring(2), option, found, remedy));
    }

    private void note(String code, String where, String found, String option) {
        problems.add(Problem.note(code, where, found, "Say otherwise with %s.".formatted(option)));
    }
}
