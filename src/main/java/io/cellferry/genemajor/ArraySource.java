package io.cellferry.genemajor;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.NumberArray;
import io.cellferry.dataset.TextArray;

/// Where the content of a carried array comes from.
sealed interface ArraySource {

    record OfNumbers(NumberArray values) implements ArraySource {}

    record OfTexts(TextArray values) implements ArraySource {}

    record OfRecords(Element.Records rows) implements ArraySource {}

    /// A single flag that stands for nothing.
    record OfNothing() implements ArraySource {}
}
