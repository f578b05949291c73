package io.cellferry.launch.http.security;

import io.cellferry.failure.StorageFailed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `tokens.json`: `{"version": 1, "tokens": [{"name", "role", "sha256", "created", "expires", "revoked"}]}`, times as
/// ISO-8601 in UTC, `revoked` null while it is not.
final class TokenFile {

    static final String NAME = "tokens.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private TokenFile() {}

    static byte[] bytes(List<AccessToken> tokens) {
        List<Map<String, Object>> all = tokens.stream().map(TokenFile::json).toList();
        return (JSON.writeValueAsString(Map.of("version", 1, "tokens", all)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> json(AccessToken token) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", token.name());
        json.put("role", token.role().word());
        json.put("sha256", token.sha256());
        json.put("created", token.created().toString());
        json.put("expires", token.expires().toString());
        json.put("revoked", token.revoked().map(Instant::toString).orElse(null));
        return json;
    }

    /// Refused when anything in it is not as it was written: a half-read list could miss a revocation.
    static List<AccessToken> parse(byte[] bytes) {
        try {
            JsonNode root = JSON.readTree(bytes);
            if (root.path("version").asInt(0) != 1 || !root.path("tokens").isArray()) {
                throw damaged(null);
            }
            List<AccessToken> tokens = new ArrayList<>();
            for (JsonNode one : root.path("tokens")) {
                JsonNode revoked = one.path("revoked");
                tokens.add(new AccessToken(
                        one.path("name").asString(),
                        Role.of(one.path("role").asString()),
                        one.path("sha256").asString(),
                        Instant.parse(one.path("created").asString()),
                        Instant.parse(one.path("expires").asString()),
                        revoked.isNull() ? Optional.empty() : Optional.of(Instant.parse(revoked.asString()))));
            }
            return List.copyOf(tokens);
        } catch (JacksonException | DateTimeParseException | IllegalArgumentException e) {
            throw damaged(e);
        } catch (io.cellferry.failure.RequestRefused e) {
            throw damaged(e);
        }
    }

    private static StorageFailed damaged(@org.jspecify.annotations.Nullable Exception cause) {
        String found = "%s in the state folder is damaged; nobody is let in.".formatted(NAME);
        String remedy = "Restore it, or delete it and make new tokens with `cellferry token add`.";
        return cause == null ? new StorageFailed(found, remedy) : new StorageFailed(found, remedy, cause);
    }
}
