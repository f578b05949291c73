package io.cellferry.zarr;

import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The groups and arrays of one store, and the metadata that makes a folder of chunk files a store.
///
/// Nodes are named by their paths from the root (`obs/cell_type`), the root by the empty text. Metadata is written
/// after every chunk, the root's last: a folder whose root says nothing is no store to anybody. The root also holds
/// everybody's metadata together, so that readers over a network ask once.
public final class Hierarchy {

    private sealed interface Node {
        record Group(Map<String, Object> attributes) implements Node {}

        record Array(ArrayLayout layout, Map<String, Object> attributes) implements Node {}
    }

    private final ZarrVersion version;
    private final SortedMap<String, Node> nodes = new TreeMap<>();

    public Hierarchy(ZarrVersion version) {
        this.version = version;
    }

    public void group(String path, Map<String, Object> attributes) {
        add(path, new Node.Group(attributes));
    }

    public void array(String path, ArrayLayout layout, Map<String, Object> attributes) {
        if (layout.version() != version) {
            throw new IllegalArgumentException("%s is laid out for another version".formatted(path));
        }
        add(path, new Node.Array(layout, attributes));
    }

    private void add(String path, Node node) {
        if (nodes.put(path, node) != null) {
            throw new IllegalArgumentException("there are two nodes %s".formatted(path));
        }
    }

    /// A node whose name is a path lies in groups that nobody named.
    private void addParents() {
        for (String path : List.copyOf(nodes.keySet())) {
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                nodes.putIfAbsent(path.substring(0, slash), new Node.Group(Map.of()));
            }
        }
    }

    /// Files that [#write] makes.
    public int files() {
        return documents().size();
    }

    /// Writes all metadata, the root's last.
    public void write(UnitWriter unit) {
        write(unit, "");
    }

    /// The same for a store that lies in the folder `at` of the output.
    public void write(UnitWriter unit, String at) {
        documents().forEach((path, document) -> {
            try (StagedFile file = unit.output(join(at, path))) {
                file.write(Documents.bytes(document));
                file.finish();
            }
        });
    }

    private Map<String, Map<String, Object>> documents() {
        if (!(nodes.get("") instanceof Node.Group)) {
            throw new IllegalStateException("a store begins with a group");
        }
        addParents();
        return version == ZarrVersion.TWO ? versionTwo() : versionThree();
    }

    private Map<String, Map<String, Object>> versionTwo() {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        nodes.forEach((path, node) -> {
            switch (node) {
                case Node.Group group -> {
                    all.put(join(path, ".zgroup"), Map.of("zarr_format", 2));
                    all.put(join(path, ".zattrs"), group.attributes());
                }
                case Node.Array array -> {
                    all.put(join(path, ".zarray"), ArrayDocument.versionTwo(array.layout()));
                    all.put(join(path, ".zattrs"), array.attributes());
                }
            }
        });
        Map<String, Object> consolidated = new LinkedHashMap<>();
        consolidated.put("metadata", all);
        consolidated.put("zarr_consolidated_format", 1);
        Map<String, Map<String, Object>> documents = new LinkedHashMap<>();
        all.forEach((path, document) -> {
            if (path.indexOf('/') >= 0) {
                documents.put(path, document);
            }
        });
        documents.put(".zmetadata", consolidated);
        for (String last : new String[] {".zattrs", ".zgroup"}) {
            Map<String, Object> document = all.get(last);
            if (document != null) {
                documents.put(last, document);
            }
        }
        return documents;
    }

    private Map<String, Map<String, Object>> versionThree() {
        Map<String, Map<String, Object>> documents = new LinkedHashMap<>();
        Map<String, Object> inner = new LinkedHashMap<>();
        Map<String, Object> root = new LinkedHashMap<>();
        nodes.forEach((path, node) -> {
            Map<String, Object> document =
                    switch (node) {
                        case Node.Group group -> groupOfThree(group.attributes());
                        case Node.Array array -> ArrayDocument.versionThree(array.layout(), array.attributes());
                    };
            if (path.isEmpty()) {
                root.putAll(document);
            } else {
                documents.put(join(path, "zarr.json"), document);
                inner.put(path, document);
            }
        });
        Map<String, Object> consolidated = new LinkedHashMap<>();
        consolidated.put("kind", "inline");
        consolidated.put("must_understand", false);
        consolidated.put("metadata", inner);
        root.put("consolidated_metadata", consolidated);
        documents.put("zarr.json", root);
        return documents;
    }

    private static Map<String, Object> groupOfThree(Map<String, Object> attributes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("attributes", attributes);
        json.put("zarr_format", 3);
        json.put("node_type", "group");
        return json;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
