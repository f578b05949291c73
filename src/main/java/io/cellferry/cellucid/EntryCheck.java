package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.MalformedJson;
import io.cellferry.dataset.Label;
import io.cellferry.failure.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checks what the entries of the manifests say, apart from their shape: names, labels, bounds, centroids.
final class EntryCheck {

    private static final Set<String> CENTROID_MEMBERS = Set.of("category", "position", "n_points");

    private final ReadExport export;
    private final Findings findings;

    EntryCheck(ReadExport export, Findings findings) {
        this.export = export;
        this.findings = findings;
    }

    void check() {
        List<ObsFieldEntry> fields = export.contents().obs();
        names("obs", fields.stream().map(field -> field.place().name()).toList());
        for (int i = 0; i < fields.size(); i++) {
            ObsFieldEntry field = fields.get(i);
            String where = ExportPaths.OBS_MANIFEST + ": " + field.place().name();
            if (field.place().position() != i) {
                findings.add("cellucid.obs.position", where, "Positions have to run from 0 without gaps.");
            }
            switch (field) {
                case ObsFieldEntry.Continuous numbers -> bounds(where, numbers.bounds(), false);
                case ObsFieldEntry.Categorical categories -> {
                    bounds(where, categories.bounds(), export.settings().contract() == Contract.V0_9_1);
                    labels(where, categories);
                    centroids(where, categories);
                }
            }
        }
        export.contents().genes().ifPresent(genes -> {
            names("var", genes.genes().stream().map(GeneList.Gene::name).toList());
            for (GeneBounds part : export.contents().geneBounds()) {
                for (int at = 0; at < part.bounds().size(); at++) {
                    String where = ExportPaths.VAR_MANIFEST + ": "
                            + genes.genes().get(at).name();
                    bounds(where, Optional.of(part.bounds().get(at)), false);
                }
            }
        });
    }

    private void names(String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        Set<String> stems = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                findings.add("cellucid.name.repeated", what, "The name \"%s\" is there twice.".formatted(name));
            }
            Optional<String> objection = export.settings().contract() == Contract.V0_9_1
                    ? DisplayText.objection(name)
                    : stems.add(ExportPaths.cleaned(name))
                            ? Optional.empty()
                            : Optional.of("shares its file with another");
            objection.ifPresent(
                    text -> findings.add("cellucid.name.text", what, "The name \"%s\" %s.".formatted(name, text)));
        }
    }

    private void bounds(String where, Optional<Bounds> bounds, boolean share) {
        bounds.ifPresent(b -> {
            boolean ordered = Double.isFinite(b.low()) && Double.isFinite(b.high()) && b.low() <= b.high();
            if (!ordered || (share && (b.low() < 0 || b.high() > 1))) {
                findings.add(
                        "cellucid.bounds",
                        where,
                        "Expected finite ascending bounds%s, found %s to %s."
                                .formatted(share ? " from 0 to 1" : "", b.low(), b.high()));
            }
        });
    }

    private void labels(String where, ObsFieldEntry.Categorical field) {
        if (field.labels().size() > field.codes().missing()) {
            findings.add(
                    "cellucid.labels.many",
                    where,
                    "%s codes cannot tell %,d labels apart."
                            .formatted(field.codes().type(), field.labels().size()));
        }
        boolean oneType = export.settings().contract() == Contract.V0_9_1;
        if (oneType && !field.codes().type().equals(export.settings().obsCodes().word())) {
            findings.add(
                    "cellucid.labels.type",
                    where,
                    "The identity promises %s codes, the field has %s."
                            .formatted(
                                    export.settings().obsCodes().word(),
                                    field.codes().type()));
        }
        try {
            List<Label> labels = field.labels().stream().map(EntryCheck::label).toList();
            CategoryLabels.of(export.settings().contract(), field.place().name(), labels);
        } catch (Refusal | MalformedJson e) {
            findings.add("cellucid.labels", where, String.valueOf(e.getMessage()));
        }
    }

    private static Label label(Json json) {
        return switch (json) {
            case Json.Text text -> new Label.Text(text.value());
            case Json.Whole whole -> new Label.Whole(whole.value());
            case Json.Real real -> new Label.Real(real.value());
            case Json.Truth truth -> new Label.Truth(truth.value());
            case Json.Nothing nothing -> throw new MalformedJson("null is no label");
            case Json.Array array -> throw new MalformedJson("an array is no label");
            case Json.Members members -> throw new MalformedJson("an object is no label");
        };
    }

    private void centroids(String where, ObsFieldEntry.Categorical field) {
        Set<String> dimensions = new HashSet<>();
        for (EmbeddingFrame frame : export.contents().embeddings()) {
            String dimension = Integer.toString(frame.dimension());
            dimensions.add(dimension);
            field.centroids()
                    .find(dimension)
                    .ifPresentOrElse(
                            json -> centroids(where, field, frame.dimension(), json),
                            () -> findings.add(
                                    "cellucid.centroids", where, "There are none for %sd.".formatted(dimension)));
        }
        if (!dimensions.containsAll(field.centroids().byName().keySet())) {
            findings.add("cellucid.centroids", where, "There are some for an embedding that is not there.");
        }
    }

    private void centroids(String where, ObsFieldEntry.Categorical field, int dimension, Json json) {
        Set<Json> labels = new HashSet<>(field.labels());
        try {
            for (Json item : json.asItems()) {
                Json.Members centroid = item.asMembers();
                int points = centroid.member("n_points").asInt();
                boolean known = labels.remove(centroid.member("category"));
                List<Json> position = centroid.member("position").asItems();
                boolean finite = position.stream().allMatch(axis -> Double.isFinite(axis.asDouble()));
                boolean members = centroid.byName().keySet().equals(CENTROID_MEMBERS);
                if (!known
                        || !finite
                        || !members
                        || position.size() != dimension
                        || points < 1
                        || points > export.contents().cells()) {
                    findings.add(
                            "cellucid.centroids",
                            where,
                            "Expected at most one finite place with %d axes per label in %dd."
                                    .formatted(dimension, dimension));
                    return;
                }
            }
        } catch (MalformedJson e) {
            findings.add("cellucid.centroids", where, "In %dd %s.".formatted(dimension, e.getMessage()));
        }
    }
}
