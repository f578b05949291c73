package io.cellferry.dataset.tiledb;

import io.cellferry.dataset.tiledb.filter.FilterChain;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The shape of an array, as one of its schema files says it. `enumerations` leads from names to files;
/// `currentDomain` holds first and last place of each dimension, where the array is limited to less than its domain.
public record ArraySchema(
        String name,
        int version,
        boolean sparse,
        boolean allowsDuplicates,
        boolean rowMajor,
        long capacity,
        FilterChain coordinates,
        FilterChain offsets,
        FilterChain validity,
        List<Dimension> dimensions,
        List<Attribute> attributes,
        Map<String, String> enumerations,
        Optional<long[]> currentDomain) {

    public ArraySchema {
        dimensions = List.copyOf(dimensions);
        attributes = List.copyOf(attributes);
        enumerations = Map.copyOf(enumerations);
    }

    public Optional<Attribute> attribute(String wanted) {
        return attributes.stream().filter(a -> a.name().equals(wanted)).findFirst();
    }

    public boolean byNumber() {
        return dimensions.stream().allMatch(Dimension::byNumber);
    }
}
