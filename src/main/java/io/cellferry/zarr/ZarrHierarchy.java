package io.cellferry.zarr;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.InputRefused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// The groups and arrays of an open store.
///
/// What a node says of itself counts; only where it says nothing, consolidated metadata speaks for it. These are a copy
/// that grows old: whoever writes to a store later may not write them again. A node whose folder is gone is gone, too;
/// all its chunks would be taken for missing ones. Safe for several threads. Holds the consolidated metadata: some
/// hundred bytes a node.
public final class ZarrHierarchy implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder()
            // Python writes them.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
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
                    "%s: %s: its metadata cannot be read: %s."
                            .formatted(store.path(), path.isEmpty() ? "the root" : path, why),
                    "Write the store again from its source.",
                    e);
        }
    }

    private Optional<ZarrNode> nodeOfTwo(String path) {
        boolean own = isThere(join(path, ".zarray")) || isThere(join(path, ".zgroup"));
        Function<String, Optional<JsonNode>> documents = own ? this::document : key -> consolidated(path, key);
        JsonNode attributes = documents
                .apply(join(path, ".zattrs"))
                .filter(JsonNode::isObject)
                .orElse(NOTHING);
        Optional<JsonNode> array = documents.apply(join(path, ".zarray"));
        if (array.isPresent()) {
            return Optional.of(new ZarrNode.Array(path, attributes, VersionTwo.array(array.get())));
        }
        return documents.apply(join(path, ".zgroup")).map(group -> {
            ArrayDocuments.checkFormat(group, version);
            return new ZarrNode.Group(path, attributes);
        });
    }

    private Optional<ZarrNode> nodeOfThree(String path) {
        String key = join(path, "zarr.json");
        return document(key).or(() -> consolidated(path, key)).map(node -> {
            ArrayDocuments.checkFormat(node, version);
            JsonNode attributes = node.path("attributes").isObject() ? node.path("attributes") : NOTHING;
            return switch (node.path("node_type").asString("")) {
                case "group" -> new ZarrNode.Group(path, attributes);
                case "array" -> new ZarrNode.Array(path, attributes, VersionThree.array(node));
                default -> throw new Malformed("its node_type is %s".formatted(Shown.of(node.path("node_type"))));
            };
        });
    }

    private Optional<JsonNode> consolidated(String path, String document) {
        return Optional.ofNullable(consolidated.get(document)).filter(found -> store.hasFolder(path));
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
        return consolidated.containsKey(document) || isThere(document);
    }

    /// What is there and cannot be read is there: whoever reads it says why not.
    private boolean isThere(String document) {
        try {
            return store.length(document).isPresent();
        } catch (InputRefused unreadable) {
            return true;
        }
    }

    private Optional<JsonNode> document(String key) {
        try {
            return store.document(key).map(JSON::readTree);
        } catch (JacksonException e) {
            throw new InputRefused(
                    "%s: %s: expected JSON, found: %s."
                            .formatted(store.path(), key, String.valueOf(e.getOriginalMessage())),
                    "Write the store again from its source.",
                    e);
        } catch (OutOfMemoryError e) {
            throw new InputRefused(
                    "%s: %s: expected metadata of a few megabytes, found more than there is memory for."
                            .formatted(store.path(), key),
                    "Give the run more --memory, or write the store again without what fills its metadata.",
                    e);
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    @Override
    public void close() {
        store.close();
    }
}
