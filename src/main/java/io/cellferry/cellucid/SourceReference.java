package io.cellferry.cellucid;

import java.util.Optional;

/// Where the data came from, in words a viewer shows.
public record SourceReference(String name, Optional<String> url, Optional<String> citation) {
    public SourceReference {
        DisplayText.require("--source-name", name);
        url.ifPresent(text -> DisplayText.require("--source-url", text));
        citation.ifPresent(text -> DisplayText.require("--source-citation", text));
    }
}
