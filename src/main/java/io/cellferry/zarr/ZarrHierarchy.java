package io.cellferry.zarr;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.InputRefused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// The groups and arrays of an open store.
///
/// Consolidated metadata answers first where there is any; what it does not list is looked for in the store. Safe for
/// several threads. Holds the consolidated metadata: some hundred bytes a node.
public final class ZarrHierarchy implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final ZarrStore store;
    private final ZarrVersion version;
    /// By the path of the document: `obs/.zattrs` or `obs/zarr.json`.
    private final Map<String, JsonNode> consolidated = new HashMap<>();

    private ZarrHierarchy(ZarrStore store, ZarrVersion version) {
        this.store = store;
        this.version = version;
        consolidate();
    }

    /// Takes `store` over; empty, and the store left to the caller, when its root is no Zarr group.
    public static Optional<ZarrHierarchy> open(ZarrStore store) {
        if (store.length("zarr.json").isPresent()) {
            return Optional.of(new ZarrHierarchy(store, ZarrVersion.THREE));
        }
        boolean two = store.length(".zgroup").isPresent()
                || store.length(".zmetadata").isPresent()
                || store.length(".zarray").isPresent();
        return two ? Optional.of(new ZarrHierarchy(store, ZarrVersion.TWO)) : Optional.empty();
    }

    public ZarrStore store() {
        return store;
    }

    public ZarrVersion version() {
        return version;
    }

    private void consolidate() {
        switch (version) {
            case TWO ->
                document(".zmetadata").ifPresent(all -> all.path("metadata").forEachEntry(consolidated::put));
            case THREE ->
                document("zarr.json").ifPresent(root -> root.path("consolidated_metadata")
                        .path("metadata")
                        .forEachEntry((path, node) -> consolidated.put(path + "/zarr.json", node)));
        }
    }

    /// The node at `path`, empty when there is none.
    public Optional<ZarrNode> node(String path) {
        try {
            return version == ZarrVersion.TWO ? nodeOfTwo(path) : nodeOfThree(path);
        } catch (Malformed | ArithmeticException e) {
            String why = e instanceof Malformed ? e.getMessage() : "sizes that cannot be counted";
            throw new InputRefused(
                    "%s: %s: its metadata cannot be read: %s.".formatted(store.path(), path, why),
                    "Write the store again from its source.",
                    e);
        }
    }

    private Optional<ZarrNode> nodeOfTwo(String path) {
        Optional<JsonNode> array = known(join(path, ".zarray"));
        if (array.isPresent()) {
            return Optional.of(new ZarrNode.Array(path, attributesOfTwo(path), VersionTwo.array(array.get())));
        }
        return known(join(path, ".zgroup")).map(group -> new ZarrNode.Group(path, attributesOfTwo(path)));
    }

    private JsonNode attributesOfTwo(String path) {
        return known(join(path, ".zattrs")).filter(JsonNode::isObject).orElse(NOTHING);
    }

    private Optional<ZarrNode> nodeOfThree(String path) {
        return known(join(path, "zarr.json")).map(node -> {
            JsonNode attributes = node.path("attributes").isObject() ? node.path("attributes") : NOTHING;
            return switch (node.path("node_type").asString("")) {
                case "group" -> new ZarrNode.Group(path, attributes);
                case "array" -> new ZarrNode.Array(path, attributes, VersionThree.array(node));
                default -> throw new Malformed("its node_type is %s".formatted(node.path("node_type")));
            };
        });
    }

    /// Names of the nodes directly below the group at `path`, in alphabetical order.
    public List<String> children(String path) {
        String own = version == ZarrVersion.TWO ? ".zgroup" : "zarr.json";
        return store.folders(path).stream()
                .filter(name -> isKnown(join(join(path, name), own))
                        || (version == ZarrVersion.TWO && isKnown(join(join(path, name), ".zarray"))))
                .toList();
    }

    /// Names of folders directly below the group at `path` that say nothing of themselves, in alphabetical order.
    public List<String> strays(String path) {
        List<String> known = children(path);
        return store.folders(path).stream()
                .filter(name -> !known.contains(name))
                .toList();
    }

    private boolean isKnown(String document) {
        return consolidated.containsKey(document) || store.length(document).isPresent();
    }

    private Optional<JsonNode> known(String path) {
        JsonNode found = consolidated.get(path);
        return found != null ? Optional.of(found) : document(path);
    }

    private Optional<JsonNode> document(String key) {
        return store.document(key).map(bytes -> {
            try {
                return JSON.readTree(bytes);
            } catch (JacksonException e) {
                throw new InputRefused(
                        "%s: %s: expected JSON, found: %s."
                                .formatted(store.path(), key, String.valueOf(e.getOriginalMessage())),
                        "Write the store again from its source.",
                        e);
            }
        });
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    @Override
    public void close() {
        store.close();
    }
}
