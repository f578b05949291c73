package io.cellferry.dataset.matrices;

import java.util.Optional;
import java.util.OptionalLong;

/// How long one side of a matrix has to be and which annotation says so; `length` is empty when that annotation is
/// missing, and then any length goes.
public record Axis(String named, String word, OptionalLong length) {

    Optional<String> mismatch(long found) {
        return length.isPresent() && length.getAsLong() != found
                ? Optional.of("has %,d %ss but %s has %,d".formatted(found, word, named, length.getAsLong()))
                : Optional.empty();
    }
}
