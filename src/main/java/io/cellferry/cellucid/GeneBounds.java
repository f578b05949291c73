package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.JsonReader;
import io.cellferry.cellucid.json.PythonJson;
import io.cellferry.matrix.GeneRange;
import java.util.ArrayList;
import java.util.List;

/// What the manifest needs of the written genes `range`: their bounds in order, or none when they are not quantized.
public record GeneBounds(GeneRange range, List<Bounds> bounds) {
    public GeneBounds {
        bounds = List.copyOf(bounds);
        if (!bounds.isEmpty() && bounds.size() != range.count()) {
            throw new IllegalArgumentException("%d bounds do not fit %d genes".formatted(bounds.size(), range.count()));
        }
    }

    public String toJson() {
        List<Json> numbers = new ArrayList<>(2 * bounds.size());
        for (Bounds bound : bounds) {
            numbers.add(Json.real(bound.low()));
            numbers.add(Json.real(bound.high()));
        }
        return PythonJson.line(Json.members()
                .put("from", range.from())
                .put("to", range.to())
                .put("bounds", new Json.Array(numbers))
                .build());
    }

    public static GeneBounds fromJson(String text) {
        Json.Members json = JsonReader.read(text).asMembers();
        List<Json> numbers = json.member("bounds").asItems();
        List<Bounds> bounds = new ArrayList<>(numbers.size() / 2);
        for (int at = 0; at < numbers.size(); at += 2) {
            bounds.add(
                    new Bounds(numbers.get(at).asDouble(), numbers.get(at + 1).asDouble()));
        }
        return new GeneBounds(
                new GeneRange(json.member("from").asInt(), json.member("to").asInt()), bounds);
    }
}
