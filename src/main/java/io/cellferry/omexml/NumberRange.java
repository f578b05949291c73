package io.cellferry.omexml;

import java.util.Optional;

/// Which numbers a value may be. The schema counts in 32-bit floats, so what is none of them cannot be handed on.
enum NumberRange {
    ANY("a number"),
    POSITIVE("a number above 0"),
    NOT_NEGATIVE("a number not below 0"),
    FRACTION("a number from 0 to 1");

    private final String words;

    NumberRange(String words) {
        this.words = words;
    }

    /// What is expected, for people.
    String words() {
        return words;
    }

    boolean holds(double value) {
        float stored = (float) value;
        return Float.isFinite(stored)
                && switch (this) {
                    case ANY -> true;
                    case POSITIVE -> stored > 0;
                    case NOT_NEGATIVE -> value >= 0;
                    case FRACTION -> value >= 0 && value <= 1;
                };
    }

    /// Refuses a value a record cannot have.
    void check(String what, Optional<Double> value) {
        if (value.isPresent() && !holds(value.get())) {
            throw new IllegalArgumentException("%s must be %s, not %s".formatted(what, words, value.get()));
        }
    }
}
