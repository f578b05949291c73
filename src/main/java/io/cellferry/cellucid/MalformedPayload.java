package io.cellferry.cellucid;

/// A payload that is not what a viewer accepts, said in words. Turned into a finding by whoever knows the file.
final class MalformedPayload extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedPayload(String message) {
        super(message);
    }

    MalformedPayload(String message, Throwable cause) {
        super(message, cause);
    }
}
