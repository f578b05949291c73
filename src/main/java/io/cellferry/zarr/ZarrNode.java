package io.cellferry.zarr;

import tools.jackson.databind.JsonNode;

/// A group or an array of an open hierarchy; `path` counts from the root, which is the empty text.
public sealed interface ZarrNode {

    String path();

    /// A JSON object; empty when there are none.
    JsonNode attributes();

    record Group(String path, JsonNode attributes) implements ZarrNode {}

    record Array(String path, JsonNode attributes, StoredArray array) implements ZarrNode {}
}
