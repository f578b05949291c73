package io.cellferry.dataset.soma;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.elements.ArrayElements;
import io.cellferry.dataset.elements.FrameElement;
import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.dataset.tiledb.StoredFolder;
import io.cellferry.failure.InputRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Everything of one measurement as AnnData holds it. What belongs to other measurements is named and left behind.
///
/// `layers` says which layer is which matrix.
record SomaContents(
        StoredFolder folder,
        Measurement measurement,
        Frame obs,
        Map<String, String> layers,
        Map<String, String> members,
        List<String> otherMeasurements) {

    Element.Mapping read() {
        Map<String, Element> root = new LinkedHashMap<>();
        Map<String, Element> others = new LinkedHashMap<>();
        Map<String, String> places = measurement.collection("X");
        layers.forEach((path, layer) -> {
            String place = Optional.ofNullable(places.get(layer)).orElseThrow();
            Element matrix = matrix(path, place, measurement.cells(), measurement.genes());
            if (path.startsWith("layers/")) {
                others.put(layer, matrix);
            } else {
                root.put(path, matrix);
            }
        });
        root.put("obs", FrameElement.of(obs));
        root.put("var", FrameElement.of(measurement.frame()));
        if (!others.isEmpty()) {
            root.put("layers", new Element.Mapping(others));
        }
        tables("obsm", measurement.cells(), root);
        tables("varm", measurement.genes(), root);
        pairs("obsp", measurement.cells(), root);
        pairs("varp", measurement.genes(), root);
        String uns = members.get("uns");
        if (uns != null) {
            root.put("uns", new UnsTree(folder).read("uns", uns));
        }
        for (String name : otherMeasurements) {
            root.put("ms/" + name, ArrayElements.unknown("ms/" + name, "another measurement, a data set of its own"));
        }
        return new Element.Mapping(root);
    }

    private void tables(String collection, JoinIds rows, Map<String, Element> root) {
        members(collection, root, (path, place) -> switch (new CellTable(folder, rows).open(path, place)) {
            case CellTable.Shape.Full full -> ArrayElements.of(full.values());
            case CellTable.Shape.Sparse sparse -> SparseEntries.element(sparse.layer());
        });
    }

    private void pairs(String collection, JoinIds axis, Map<String, Element> root) {
        members(collection, root, (path, place) -> matrix(path, place, axis, axis));
    }

    private interface Member {
        Element read(String path, String place);
    }

    private void members(String collection, Map<String, Element> root, Member reading) {
        Map<String, Element> found = new LinkedHashMap<>();
        measurement.collection(collection).forEach((name, place) -> {
            String path = collection + "/" + name;
            found.put(name, readable(path, () -> reading.read(path, place)));
        });
        if (!found.isEmpty()) {
            root.put(collection, new Element.Mapping(found));
        }
    }

    private Element matrix(String path, String place, JoinIds rows, JoinIds columns) {
        return readable(path, () -> {
            StoredArray array = StoredArray.open(folder, place);
            return array.schema().sparse()
                    ? SparseEntries.element(SparseLayer.of(array, rows, columns))
                    : ArrayElements.of(DenseArray.matrix(array, path, rows, columns));
        });
    }

    private static Element readable(String path, Supplier<Element> reading) {
        try {
            return reading.get();
        } catch (InputRefused unreadable) {
            return ArrayElements.unknown(path, String.valueOf(unreadable.getMessage()));
        }
    }
}
