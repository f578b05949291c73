package io.cellferry.dataset.soma;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.elements.ArrayElements;
import io.cellferry.dataset.elements.FrameElement;
import io.cellferry.dataset.tiledb.GroupMembers;
import io.cellferry.dataset.tiledb.Metadata;
import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.dataset.tiledb.StoredFolder;
import io.cellferry.failure.InputRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `uns` as conversions to SOMA write it: mappings as collections, single values as their metadata, lists as data
/// frames of one column, frames and numbers as what they are.
record UnsTree(StoredFolder folder) {

    /// Deeper collections are left behind by name.
    private static final int MOST_LEVELS = 32;

    private static final String HINT = "soma_uns_outgest_hint";
    private static final String LIST = "array_1d";
    private static final String LIST_COLUMN = "values";

    Element read(String path, String place) {
        return element(path, place, 1);
    }

    private Element element(String path, String place, int level) {
        if (level > MOST_LEVELS) {
            return ArrayElements.unknown(path, "a collection more than %d levels deep".formatted(MOST_LEVELS));
        }
        try {
            return GroupMembers.isGroup(folder, place) ? mapping(path, place, level) : array(path, place);
        } catch (InputRefused unreadable) {
            return ArrayElements.unknown(path, String.valueOf(unreadable.getMessage()));
        }
    }

    private Element mapping(String path, String place, int level) {
        Map<String, Element> members = new LinkedHashMap<>();
        Metadata metadata = Metadata.read(folder, place);
        if (metadata.kind().isEmpty()) {
            return ArrayElements.unknown(path, "a group without the metadata that every SOMA collection has");
        }
        metadata.values().forEach((name, value) -> {
            if (!name.startsWith("soma_") && !name.equals("dataset_type")) {
                SingleValue.of(value).ifPresent(element -> members.put(name, element));
            }
        });
        GroupMembers.of(folder, place)
                .forEach((name, member) -> members.put(name, element(path + "/" + name, member, level + 1)));
        return new Element.Mapping(members);
    }

    private Element array(String path, String place) {
        Metadata metadata = Metadata.read(folder, place);
        return switch (metadata.kind()) {
            case "SOMADataFrame" -> {
                Frame frame = SomaFrame.open(folder, place, path).frame(List.of());
                Element.Frame whole = FrameElement.of(frame);
                Optional<Element> list =
                        metadata.text(HINT).filter(LIST::equals).flatMap(hint -> Element.find(whole, LIST_COLUMN));
                yield list.orElse(whole);
            }
            case "SOMADenseNDArray" ->
                ArrayElements.of(DenseArray.of(StoredArray.open(folder, place), path, Optional.empty()));
            default -> ArrayElements.unknown(path, "an array of kind " + metadata.kind());
        };
    }
}
