package io.cellferry.dataset;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Shapes of stored arrays, in words.
public final class Shapes {

    private Shapes() {}

    /// `2,638 x 1,838`, or `a single value` when there are no dimensions.
    public static String inWords(long[] shape) {
        return shape.length == 0
                ? "a single value"
                : Arrays.stream(shape).mapToObj("%,d"::formatted).collect(Collectors.joining(" x "));
    }
}
