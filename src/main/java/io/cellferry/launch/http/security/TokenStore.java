package io.cellferry.launch.http.security;

import io.cellferry.failure.OutputOwned;
import io.cellferry.failure.RequestRefused;
import io.cellferry.storage.StateFolder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The tokens of a state folder. The file is looked at for every question, so that what the command line adds or
/// revokes holds at once in a service that runs.
public final class TokenStore {

    /// Says what it is when it turns up in a log or a repository, for people and for secret scanners.
    public static final String PREFIX = "cfy_";

    /// The text of the first token, for its owner's scripts; mode 0600.
    public static final String FIRST_TOKEN_FILE = "admin-token";

    public static final Duration STANDARD_LIFE = Duration.ofDays(365);

    private static final Duration LONGEST_LIFE = Duration.ofDays(3650);
    private static final String FIRST_NAME = "admin";
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_TEXT = 200;

    private final StateFolder state;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private volatile Optional<Read> last = Optional.empty();

    // What the file held, and what that means; parsed again only when it holds something else.
    private record Read(byte[] bytes, List<AccessToken> tokens) {}

    public TokenStore(StateFolder state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    /// All of them, also those that are expired or revoked.
    public List<AccessToken> all() {
        Optional<byte[]> bytes = state.read(TokenFile.NAME);
        if (bytes.isEmpty()) {
            return List.of();
        }
        Read known = last.filter(read -> Arrays.equals(read.bytes(), bytes.get()))
                .orElseGet(() -> new Read(bytes.get(), TokenFile.parse(bytes.get())));
        last = Optional.of(known);
        return known.tokens();
    }

    public Instant now() {
        return clock.instant();
    }

    /// Whose token this text is, whether or not it is still good. Takes as long for a text that is nearly right.
    Optional<AccessToken> holder(String text) {
        if (!text.startsWith(PREFIX) || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        byte[] asked = hash(text).getBytes(StandardCharsets.US_ASCII);
        AccessToken found = null;
        for (AccessToken token : all()) {
            if (MessageDigest.isEqual(asked, token.sha256().getBytes(StandardCharsets.US_ASCII))) {
                found = token;
            }
        }
        return Optional.ofNullable(found);
    }

    /// Makes a token for an administrator when there has never been one; its text is said only now and kept in
    /// [#FIRST_TOKEN_FILE].
    public Optional<String> first() {
        if (!all().isEmpty()) {
            return Optional.empty();
        }
        String text = add(FIRST_NAME, Role.ADMIN, STANDARD_LIFE);
        state.writePrivately(FIRST_TOKEN_FILE, (text + "\n").getBytes(StandardCharsets.UTF_8));
        return Optional.of(text);
    }

    /// The text of the new token; nobody can ask for it again.
    public String add(String name, Role role, Duration life) {
        if (life.compareTo(Duration.ofMinutes(1)) < 0 || life.compareTo(LONGEST_LIFE) > 0) {
            throw new RequestRefused(
                    "A token lives from a minute to %d days.".formatted(LONGEST_LIFE.toDays()),
                    "Say --expires 30d, for example.");
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        AccessToken token = new AccessToken(name, role, hash(text), now(), now().plus(life), Optional.empty());
        change(tokens -> {
            if (tokens.stream().anyMatch(other -> other.name().equals(name))) {
                throw new RequestRefused(
                        "There is a token %s already, or was one.".formatted(name),
                        "Choose another name, so that the audit log tells them apart.");
            }
            List<AccessToken> more = new ArrayList<>(tokens);
            more.add(token);
            return more;
        });
        return text;
    }

    /// Revoking what is revoked changes nothing.
    public void revoke(String name) {
        change(tokens -> {
            if (tokens.stream().noneMatch(token -> token.name().equals(name))) {
                throw new RequestRefused(
                        "There is no token %s.".formatted(name), "`cellferry token list` names those there are.");
            }
            return tokens.stream()
                    .map(token -> token.name().equals(name) && token.revoked().isEmpty() ? token.revoke(now()) : token)
                    .toList();
        });
        if (name.equals(FIRST_NAME)) {
            state.delete(FIRST_TOKEN_FILE);
        }
    }

    private synchronized void change(UnaryOperator<List<AccessToken>> how) {
        try (StateFolder.Ownership alone = owned()) {
            state.writePrivately(TokenFile.NAME, TokenFile.bytes(how.apply(all())));
        }
    }

    /// Two commands at once: the second waits for the first instead of undoing it.
    private StateFolder.Ownership owned() {
        for (int tries = 0; ; tries++) {
            try {
                return state.own("tokens");
            } catch (OutputOwned busy) {
                if (tries == 100) {
                    throw busy;
                }
                try {
                    Thread.sleep(50);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw busy;
                }
            }
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
