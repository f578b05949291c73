package io.cellferry.omezarr;

import java.util.Locale;

/// How four pixels become one.
public enum Downsampling {
    /// Their mean; halves are rounded up. The pixel lies in the middle of the four.
    MEAN("mean"),
    /// The upper left one.
    NEAREST("nearest"),
    /// The brightest one.
    MAX("max");

    private final String word;

    Downsampling(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Downsampling of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Whether a pixel of a smaller level lies half a pixel further than its number times two says.
    boolean isCentred() {
        return this != NEAREST;
    }
}
