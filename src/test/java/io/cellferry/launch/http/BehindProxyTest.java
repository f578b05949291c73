package io.cellferry.launch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import io.cellferry.launch.http.security.Guarding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a proxy says about its clients counts, what clients say about themselves does not, and neither decides where
/// links lead.
class BehindProxyTest {

    private static final String NAME = "cells.example.org";
    private static final String HSTS = "Strict-Transport-Security:";
    private static final String RUBBISH = """
            {"job": "cellucid-export", "input": "data:rubbish.h5ad", "output": "exports:never"}""";

    @TempDir
    Path empty;

    @Test
    void linksStayOnThisServiceWhateverIsForwarded() throws Exception {
        try (RunningService service = behindProxy(Set.of())) {
            Files.writeString(service.folder().resolve("in/rubbish.h5ad"), "no cells here");
            String answer = RawRequest.send(
                    service.port(),
                    "POST /api/v1/runs HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
                                    .formatted(NAME, service.token())
                            + "X-Forwarded-Host: evil.example\r\nX-Forwarded-Server: evil.example\r\n"
                            + "X-Forwarded-Port: 666\r\nX-Forwarded-Prefix: /evil\r\nX-Forwarded-Proto: https\r\n"
                            + "Forwarded: host=evil.example;proto=http\r\nX-Original-URL: /evil\r\n"
                            + "Content-Length: %d\r\nConnection: close\r\n\r\n%s".formatted(RUBBISH.length(), RUBBISH));

            assertThat(answer)
                    .startsWith("HTTP/1.1 202")
                    .contains("Location: /api/v1/runs/", "\"self\":\"/api/v1/runs/", HSTS)
                    .doesNotContain("evil", "666", "http://", "https://");
            assertThat(get(service, "/api/v1/openapi.json", "X-Forwarded-Host: evil.example"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("evil.example");
        }
    }

    @Test
    void theClientIsWhomTheProxySawAndNotWhomItNamed() throws Exception {
        try (RunningService service = behindProxy(Set.of())) {
            get(service, "/api/v1/nowhere", "X-Forwarded-For: 6.6.6.6, 10.1.2.3", "Authorization: Bearer cfy_wrong");

            assertThat(audit(service)).contains("\"address\":\"10.1.2.3\"").doesNotContain("6.6.6.6");
        }
    }

    @Test
    void wrongTokensOfOneClientDoNotSlowAnother() throws Exception {
        try (RunningService service = behindProxy(Set.of())) {
            assertThat(lastOfManyGuesses(service, "X-Forwarded-For: 10.1.1.1")).isEqualTo(429);
            assertThat(RawRequest.status(get(
                            service,
                            "/api/v1/me",
                            "X-Forwarded-For: 10.1.1.1, 10.1.1.2",
                            "Authorization: Bearer cfy_guess")))
                    .isEqualTo(401);
        }
    }

    @Test
    void theNameIsThatOfTheRequestAndNotAForwardedOne() throws Exception {
        try (RunningService service = behindProxy(Set.of())) {
            String bearer = "Authorization: Bearer " + service.token();

            assertThat(RawRequest.get(
                            service.port(), "/api/v1/me", "Host: evil.example", "X-Forwarded-Host: " + NAME, bearer))
                    .startsWith("HTTP/1.1 403");
            assertThat(RawRequest.get(
                            service.port(), "/api/v1/me", "Host: 127.0.0.1", "Origin: https://" + NAME, bearer))
                    .as("a proxy that asks under its own name for this machine")
                    .startsWith("HTTP/1.1 200");
            assertThat(RawRequest.get(
                            service.port(), "/api/v1/me", "Host: " + NAME, "Origin: https://evil.example", bearer))
                    .startsWith("HTTP/1.1 403");
        }
    }

    /// Without a proxy, and with one at another address than the one that asks.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyElseIsBelieved(boolean proxy) throws Exception {
        try (RunningService service = proxy
                ? behindProxy(Set.of("10.9.9.0/24", "2001:db8::7"))
                : RunningService.in(empty, new Guarding(Set.of(NAME), false, Set.of(), 100_000))) {
            assertThat(get(service, "/api/v1/me", "X-Forwarded-Proto: https", "X-Forwarded-For: 6.6.6.6"))
                    .doesNotContain(HSTS);
            assertThat(lastOfManyGuesses(service, "X-Forwarded-For: 6.6.6.%d"))
                    .as("another address each time")
                    .isEqualTo(429);
            assertThat(audit(service)).contains("\"address\":\"127.0.0.1\"").doesNotContain("6.6.6.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0", "", "10.0.0.1,10.0.0.2", ".*"})
    void whatIsNoAddressIsRefused(String proxy) {
        assertThatThrownBy(() -> new Guarding(Set.of(), true, Set.of(proxy), 1))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("cellferry.serve.proxies");
    }

    @Test
    void proxiesWithoutBehindProxyAreRefused() {
        assertThatThrownBy(() -> new Guarding(Set.of(), false, Set.of("10.0.0.7"), 1))
                .isInstanceOf(RequestRefused.class);
    }

    private RunningService behindProxy(Set<String> proxies) throws Exception {
        return RunningService.in(empty, new Guarding(Set.of(NAME), true, proxies, 100_000));
    }

    private static int lastOfManyGuesses(RunningService service, String header) throws Exception {
        int last = 0;
        for (int i = 0; i < 12; i++) {
            last = RawRequest.status(
                    get(service, "/api/v1/me", header.formatted(i), "Authorization: Bearer cfy_guess" + i));
        }
        return last;
    }

    private static String get(RunningService service, String path, String... headers) throws Exception {
        boolean anonymous = String.join("", headers).contains("Authorization");
        String[] all = java.util.Arrays.copyOf(headers, headers.length + (anonymous ? 0 : 1));
        if (!anonymous) {
            all[headers.length] = "Authorization: Bearer " + service.token();
        }
        return RawRequest.get(service.port(), path, all);
    }

    private static String audit(RunningService service) throws Exception {
        return Files.readString(service.folder().resolve("state/audit.log"));
    }
}
