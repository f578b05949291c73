package io.cellferry.launch.http.security;

import io.cellferry.failure.RequestRefused;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// A token as it is remembered: whose it is and what it allows, never its text. `sha256` is the hash of the text as hex
/// digits; a fast hash suffices, because the text has 256 random bits.
public record AccessToken(
        String name, Role role, String sha256, Instant created, Instant expires, Optional<Instant> revoked) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public AccessToken {
        if (!NAME.matcher(name).matches()) {
            throw new RequestRefused(
                    "\"%s\" cannot name a token.".formatted(name),
                    "Take up to 63 letters, digits, dots, dashes and underscores, with a letter or digit first.");
        }
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("the hash of token %s must have 64 hex digits".formatted(name));
        }
    }

    /// What it is good for at that moment: `valid`, `expired` or `revoked`.
    public String state(Instant now) {
        return revoked.isPresent() ? "revoked" : now.isBefore(expires) ? "valid" : "expired";
    }

    boolean valid(Instant now) {
        return state(now).equals("valid");
    }

    AccessToken revoke(Instant now) {
        return new AccessToken(name, role, sha256, created, expires, Optional.of(now));
    }
}
