package io.cellferry.dataset;

import io.cellferry.dataset.MatrixInfo.Order;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One thing that AnnData holds, whatever file and whichever age of the format it came from: what a store needs to know
/// in order to hold it too.
///
/// Kinds follow AnnData's current encodings; readers turn older layouts into them. Bulk values are not here but behind
/// [NumberArray] and [TextArray], read range by range. Members keep the order of the file.
public sealed interface Element {

    /// Named elements (`dict`, and the root itself): `obs`, `var`, `obsm`, `uns` and what is in them. `besides` is
    /// what the input holds and no element can: attributes that are nobody's, parts of members that AnnData does
    /// not know. The root lists it for all; `path` is whose it was.
    record Mapping(Map<String, Element> members, List<Unknown> besides) implements Element {
        public Mapping {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
            besides = List.copyOf(besides);
        }

        public Mapping(Map<String, Element> members) {
            this(members, List.of());
        }
    }

    /// Annotations of all cells or genes. `members` holds the columns and the index, which may be a column too;
    /// `columnOrder` names the columns.
    record Frame(String index, List<String> columnOrder, Map<String, Element> members) implements Element {
        public Frame {
            columnOrder = List.copyOf(columnOrder);
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /// Numbers or flags in any number of dimensions; none for a single value.
    record Numbers(NumberArray values) implements Element {}

    /// Texts in any number of dimensions; none for a single text.
    record Texts(TextArray values) implements Element {}

    /// `codes` holds an index into `labels` for each row, -1 where there is none.
    record Categories(NumberArray codes, Element labels, boolean ordered) implements Element {}

    /// Values of which some are missing: those where `mask` is true. Numbers, flags or texts.
    record Masked(Element values, NumberArray mask) implements Element {}

    /// A sparse matrix. `order` tells by which axis `starts` runs.
    record Sparse(Order order, int rows, int columns, NumberArray values, NumberArray places, NumberArray starts)
            implements Element {}

    /// An array of rows (`rec-array`), in any number of dimensions; none for a single row.
    record Records(long[] shape, List<Field> fields) implements Element {
        public Records {
            shape = shape.clone();
            fields = List.copyOf(fields);
        }

        @Override
        public long[] shape() {
            return shape.clone();
        }
    }

    /// One field of [Records]. `values` are [Numbers] or [Texts] in the shape of the rows, followed by `inner` where
    /// each row holds a small array. `textRoom` is the most characters of a text where the input says so, else 0.
    record Field(String name, Element values, List<Integer> inner, int textRoom) {
        public Field {
            inner = List.copyOf(inner);
        }
    }

    /// Nothing, said explicitly (`null`).
    record Nothing() implements Element {}

    /// Something that cannot be carried over; `found` says in words what it is, for the person who misses it later.
    record Unknown(String path, String found, String remedy) implements Element {}

    /// What `path` (`obsm/X_umap`) leads to, through mappings and frames.
    static Optional<Element> find(Element root, String path) {
        Optional<Element> found = Optional.of(root);
        for (String name : path.split("/", -1)) {
            found = found.flatMap(element -> switch (element) {
                case Mapping mapping -> Optional.ofNullable(mapping.members().get(name));
                case Frame frame -> Optional.ofNullable(frame.members().get(name));
                case Numbers numbers -> Optional.empty();
                case Texts texts -> Optional.empty();
                case Categories categories -> Optional.empty();
                case Masked masked -> Optional.empty();
                case Sparse sparse -> Optional.empty();
                case Records records ->
                    records.fields().stream()
                            .filter(field -> field.name().equals(name))
                            .map(Field::values)
                            .findFirst();
                case Nothing nothing -> Optional.empty();
                case Unknown unknown -> Optional.empty();
            });
        }
        return found;
    }
}
