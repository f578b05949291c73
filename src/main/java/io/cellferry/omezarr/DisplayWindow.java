package io.cellferry.omezarr;

/// What a viewer offers (`min` to `max`) and what it opens with (`start` to `end`).
public record DisplayWindow(double min, double max, double start, double end) {

    /// Of a channel without any light.
    static final DisplayWindow EMPTY = new DisplayWindow(0, 1, 0, 1);
}
