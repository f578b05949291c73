package io.cellferry.dataset.anndatazarr;

import io.cellferry.dataset.tree.Attributes;
import io.cellferry.dataset.tree.TreeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Attributes that are a JSON object. Zarr has no references; old AnnData keeps a path as text instead.
record ZarrAttributes(JsonNode json) implements Attributes {

    @Override
    public List<String> names() {
        return List.copyOf(json.propertyNames());
    }

    @Override
    public Optional<List<String>> texts(String name) {
        JsonNode value = json.path(name);
        if (value.isString()) {
            return Optional.of(List.of(value.asString()));
        }
        if (!value.isArray()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode one : value) {
            if (!one.isString()) {
                return Optional.empty();
            }
            texts.add(one.asString());
        }
        return Optional.of(texts);
    }

    @Override
    public Optional<long[]> wholes(String name) {
        JsonNode value = json.path(name);
        if (value.isArray()) {
            long[] wholes = new long[value.size()];
            for (int i = 0; i < wholes.length; i++) {
                Optional<Long> one = whole(value.path(i));
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                wholes[i] = one.get();
            }
            return Optional.of(wholes);
        }
        return whole(value).map(one -> new long[] {one});
    }

    private static Optional<Long> whole(JsonNode value) {
        boolean whole = value.isNumber()
                && value.canConvertToLong()
                && (value.isIntegralNumber() || value.asDouble() == (long) value.asDouble());
        return whole
                ? Optional.of(value.isIntegralNumber() ? value.asLong() : (long) value.asDouble())
                : Optional.empty();
    }

    @Override
    public Optional<Boolean> flag(String name) {
        JsonNode value = json.path(name);
        return value.isBoolean()
                ? Optional.of(value.asBoolean())
                : whole(value).filter(one -> one == 0 || one == 1).map(one -> one == 1);
    }

    @Override
    public Optional<TreeNode> reference(String name) {
        return Optional.empty();
    }
}
