package io.cellferry.cellucid.json;

/// A text that is not JSON, or JSON of another shape than its reader was promised.
///
/// Whoever knows the file turns it into a finding or a refusal; nobody else catches it.
public final class MalformedJson extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedJson(String message) {
        super(message);
    }

    public MalformedJson(String message, Throwable cause) {
        super(message, cause);
    }
}
