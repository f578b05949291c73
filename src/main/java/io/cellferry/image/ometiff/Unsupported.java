package io.cellferry.image.ometiff;

/// A plane is sound but of a kind that is not read; says which and what to do.
final class Unsupported extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String found;
    private final String remedy;

    Unsupported(String found, String remedy) {
        super(found);
        this.found = found;
        this.remedy = remedy;
    }

    String found() {
        return found;
    }

    String remedy() {
        return remedy;
    }
}
