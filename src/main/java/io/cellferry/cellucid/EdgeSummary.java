package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.JsonReader;
import io.cellferry.cellucid.json.PythonJson;

/// What the manifest says about the written edges. `maxNeighbors` is the greatest number of neighbours of a cell; in
/// contract 0.9.0 a cell may count as its own.
public record EdgeSummary(long edges, int maxNeighbors) {

    public String toJson() {
        return PythonJson.line(Json.members()
                .put("edges", edges)
                .put("maxNeighbors", maxNeighbors)
                .build());
    }

    public static EdgeSummary fromJson(String text) {
        Json.Members json = JsonReader.read(text).asMembers();
        return new EdgeSummary(
                json.member("edges").asLong(), json.member("maxNeighbors").asInt());
    }
}
