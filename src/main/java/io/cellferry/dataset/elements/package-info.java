/// Turns what lies in a store into [io.cellferry.dataset.Element]s, for those who carry it over.
///
/// Stands on `dataset.tree` and on the columns found in frames; knows no format.
@NullMarked
package io.cellferry.dataset.elements;

import org.jspecify.annotations.NullMarked;
