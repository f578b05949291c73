package io.cellferry.launch.http.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.StorageFailed;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens are known by their hash, hold for a while, and can be taken back.
class TokenStoreTest {

    @TempDir
    Path folder;

    private StateFolder state;
    private TokenStore tokens;

    @BeforeEach
    void openAnEmptyState() {
        state = StateFolder.open(new RealDisk(), folder.resolve("state"));
        tokens = new TokenStore(state, Clock.systemUTC());
    }

    @Test
    void aTokenIsFoundByItsTextOnly() {
        String text = tokens.add("anna", Role.RUNNER, Duration.ofDays(1));

        assertThat(text).startsWith("cfy_").hasSize(4 + 43);
        assertThat(tokens.holder(text)).map(AccessToken::name).contains("anna");
        assertThat(tokens.holder(text.substring(0, 46))).isEmpty();
        assertThat(tokens.holder(tokens.all().getFirst().sha256())).isEmpty();
        assertThat(tokens.holder("cfy_" + "x".repeat(10_000))).isEmpty();
    }

    @Test
    void theTextIsNotKept() throws IOException {
        String text = tokens.add("anna", Role.RUNNER, Duration.ofDays(1));

        assertThat(Files.readString(folder.resolve("state/tokens.json"))).doesNotContain(text.substring(4));
    }

    @Test
    void theFirstTokenIsMadeOnce() throws IOException {
        String text = tokens.first().orElseThrow();

        assertThat(tokens.first()).isEmpty();
        assertThat(Files.readString(folder.resolve("state/admin-token"))).isEqualTo(text + "\n");
        tokens.revoke("admin");
        assertThat(folder.resolve("state/admin-token")).doesNotExist();
        assertThat(tokens.first())
                .as("a revoked token is no reason for another")
                .isEmpty();
    }

    @Test
    void anotherProcessSeesChangesAtOnce() {
        TokenStore other = new TokenStore(state, Clock.systemUTC());
        String text = tokens.add("anna", Role.VIEWER, Duration.ofDays(1));

        assertThat(other.holder(text).orElseThrow().valid(other.now())).isTrue();
        tokens.revoke("anna");
        assertThat(other.holder(text).orElseThrow().valid(other.now())).isFalse();
    }

    @Test
    void aTokenEndsWhenItSaid() {
        String text = tokens.add("anna", Role.VIEWER, Duration.ofDays(30));
        AccessToken token = tokens.holder(text).orElseThrow();

        assertThat(token.valid(token.expires().minusMillis(1))).isTrue();
        assertThat(token.valid(token.expires())).isFalse();
    }

    @Test
    void aNameIsNeverUsedTwice() {
        tokens.add("anna", Role.VIEWER, Duration.ofDays(1));
        tokens.revoke("anna");

        assertThatThrownBy(() -> tokens.add("anna", Role.ADMIN, Duration.ofDays(1)))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("anna");
        assertThatThrownBy(() -> tokens.revoke("bert")).isInstanceOf(RequestRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "../a", "-a", "a/b", "é"})
    void namesAreFitForLogs(String name) {
        assertThatThrownBy(() -> tokens.add(name, Role.VIEWER, Duration.ofDays(1)))
                .isInstanceOf(RequestRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"version\": 2, \"tokens\": []}",
                "{\"version\": 1, \"tokens\": [{}]}",
                "{\"version\": 1, \"tokens\": [{\"name\": \"a\", \"role\": \"god\", \"sha256\": \"00\"}]}"
            })
    void aDamagedFileLetsNobodyIn(String contents) {
        String text = tokens.add("anna", Role.VIEWER, Duration.ofDays(1));
        state.write("tokens.json", contents.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> tokens.holder(text)).isInstanceOf(StorageFailed.class);
    }
}
