package io.cellferry.hvg;

import java.util.Arrays;
import java.util.Comparator;

/// The order of texts in Python: by code point. Java's own order puts characters beyond the basic plane too early.
final class CodePointOrder {

    static final Comparator<String> TEXT = (left, right) ->
            Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());

    private CodePointOrder() {}
}
