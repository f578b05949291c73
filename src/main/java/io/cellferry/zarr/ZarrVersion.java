package io.cellferry.zarr;

/// Which of the two versions of the format a store is written in.
public enum ZarrVersion {
    TWO(2),
    THREE(3);

    private final int number;

    ZarrVersion(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
