package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.JsonReader;
import io.cellferry.cellucid.json.PythonJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the manifests say about one written field. `bounds` exist when its numbers are quantized.
public sealed interface ObsFieldEntry {

    ObsFieldPlace place();

    Optional<Bounds> bounds();

    record Continuous(ObsFieldPlace place, Optional<Bounds> bounds) implements ObsFieldEntry {}

    /// `labels` and `centroids` are kept as the JSON that goes into the manifest; bounded by labels x embeddings.
    record Categorical(
            ObsFieldPlace place, List<Json> labels, CodeType codes, Json.Members centroids, Optional<Bounds> bounds)
            implements ObsFieldEntry {
        public Categorical {
            labels = List.copyOf(labels);
        }
    }

    default String toJson() {
        Json.MembersBuilder json = Json.members()
                .put("position", place().position())
                .put("name", place().name())
                .put("stem", place().stem())
                .put("bounds", new Json.Array(ManifestJson.bounds(bounds())));
        if (this instanceof Categorical field) {
            json.put("labels", new Json.Array(field.labels()))
                    .put("codes", field.codes().type())
                    .put("centroids", field.centroids());
        }
        return PythonJson.line(json.build());
    }

    static ObsFieldEntry fromJson(String text) {
        Json.Members json = JsonReader.read(text).asMembers();
        ObsFieldPlace place = new ObsFieldPlace(
                json.member("position").asInt(),
                json.member("name").asText(),
                json.member("stem").asText());
        List<Json> limits = json.member("bounds").asItems();
        Optional<Bounds> bounds = limits.isEmpty()
                ? Optional.empty()
                : Optional.of(new Bounds(limits.get(0).asDouble(), limits.get(1).asDouble()));
        if (json.find("labels").isEmpty()) {
            return new Continuous(place, bounds);
        }
        return new Categorical(
                place,
                new ArrayList<>(json.member("labels").asItems()),
                CodeType.named(json.member("codes").asText()),
                json.member("centroids").asMembers(),
                bounds);
    }
}
