package io.cellferry.omexml;

/// Why a text cannot be read as OME-XML at all; becomes the one problem of its document.
final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String found;
    private final String remedy;

    Unreadable(String code, String found, String remedy) {
        super(found);
        this.code = code;
        this.found = found;
        this.remedy = remedy;
    }

    String code() {
        return code;
    }

    String found() {
        return found;
    }

    String remedy() {
        return remedy;
    }
}
