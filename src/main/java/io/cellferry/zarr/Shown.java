package io.cellferry.zarr;

import tools.jackson.databind.JsonNode;

/// A piece of metadata as messages show it: whole when it is short.
final class Shown {

    /// Enough to recognise any sensible piece by.
    private static final int MOST_CHARACTERS = 120;

    private Shown() {}

    static String of(JsonNode node) {
        if (node.isMissingNode()) {
            return "missing";
        }
        String all = node.toString();
        return all.length() <= MOST_CHARACTERS ? all : all.substring(0, MOST_CHARACTERS) + " …";
    }
}
