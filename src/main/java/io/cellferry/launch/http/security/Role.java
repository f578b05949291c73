package io.cellferry.launch.http.security;

import io.cellferry.failure.RequestRefused;
import java.util.Arrays;
import java.util.Locale;

/// What the holder of a token may do; each role may do what those before it may.
public enum Role {
    /// Look at runs and reports.
    VIEWER,
    /// Look into folders, start, stop and resume.
    RUNNER,
    /// Everything there is.
    ADMIN;

    boolean mayActAs(Role needed) {
        return compareTo(needed) >= 0;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new RequestRefused(
                        "A role is viewer, runner or admin, not \"%s\".".formatted(word),
                        "Give one of the three words."));
    }
}
