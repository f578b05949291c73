package io.cellferry.launch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.launch.http.security.Guarding;
import io.cellferry.launch.http.security.Needs;
import io.cellferry.launch.http.security.Role;
import io.cellferry.launch.http.security.TokenStore;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/// What strangers and broken clients send, on real sockets, and what they get.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackTest {

    private static final String SECRET = "the-password-in-a-message";
    private static final int REQUESTS_PER_MINUTE = 400;

    private RunningService service;
    private TokenStore tokens;
    private int port;
    private String bearer;

    @BeforeAll
    void start(@TempDir Path empty) throws Exception {
        service = RunningService.in(
                empty, new Guarding(Set.of("cells.example.org"), false, Set.of(), REQUESTS_PER_MINUTE));
        tokens =
                new TokenStore(StateFolder.open(new RealDisk(), service.folder().resolve("state")), Clock.systemUTC());
        port = service.port();
        bearer = "Authorization: Bearer " + service.token();
        service.mapping()
                .registerMapping(
                        RequestMappingInfo.paths("/api/v1/broken").build(),
                        new Broken(),
                        Broken.class.getDeclaredMethod("fail"));
        service.mapping()
                .registerMapping(
                        RequestMappingInfo.paths("/unruled").build(),
                        new Broken(),
                        Broken.class.getDeclaredMethod("unruled"));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    static final class Broken {
        @Needs(Role.VIEWER)
        @ResponseBody
        String fail() {
            throw new IllegalStateException(SECRET);
        }

        @ResponseBody
        String unruled() {
            return SECRET;
        }
    }

    @Test
    void aDefectTellsNothingOfTheInside() throws Exception {
        String answer = RawRequest.get(port, "/api/v1/broken", bearer);

        assertThat(RawRequest.status(answer)).isEqualTo(500);
        assertThat(answer)
                .doesNotContain(SECRET, "Exception", "io.cellferry", "at org")
                .contains("\"code\":\"defect\"");
    }

    @Test
    void aRouteWithoutARuleIsNotThere() throws Exception {
        assertThat(RawRequest.get(port, "/unruled", bearer))
                .startsWith("HTTP/1.1 404")
                .doesNotContain(SECRET);
    }

    @Test
    void theTokenCountsOnlyInItsHeader() throws Exception {
        String token = service.token();

        assertThat(RawRequest.get(port, "/api/v1/me", bearer))
                .startsWith("HTTP/1.1 200")
                .contains("\"role\":\"admin\"");
        for (String header : List.of(
                "Cookie: token=" + token,
                "Authorization: Basic " + token,
                "Authorization: " + token,
                "Authorization: Bearer",
                "Authorization: Bearer  ",
                "Authorization: Bearer \"" + token + "\"",
                "Authorization: Bearer " + token + " " + token,
                "Authorization: Bearer " + token.toLowerCase(java.util.Locale.ROOT),
                "Proxy-Authorization: Bearer " + token,
                bearer + "\r\n" + bearer)) {
            assertThat(RawRequest.status(RawRequest.get(port, "/api/v1/me", header)))
                    .as(header)
                    .isIn(401, 429);
        }
        assertThat(RawRequest.status(RawRequest.get(port, "/api/v1/me?access_token=" + token)))
                .isEqualTo(401);
        assertThat(RawRequest.get(port, "/api/v1/me", "Authorization: bearer " + token))
                .startsWith("HTTP/1.1 200");
    }

    /// Whoever knows a good token learns what is the matter; nobody is let in meanwhile.
    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "{\"version\": 1, \"tokens\": [{}]}"})
    void damagedTokensAreNoDefectOfTheService(String damaged) throws Exception {
        Path file = service.folder().resolve("state/tokens.json");
        byte[] sound = Files.readAllBytes(file);
        Files.writeString(file, damaged);
        try {
            assertThat(RawRequest.get(port, "/api/v1/me", bearer))
                    .startsWith("HTTP/1.1 503")
                    .contains("\"code\":\"tokens-unreadable\"", "cellferry token list")
                    .doesNotContain(file.toString());
        } finally {
            Files.write(file, sound);
        }
        assertThat(RawRequest.get(port, "/api/v1/me", bearer)).startsWith("HTTP/1.1 200");
    }

    @Test
    void failedLoginsAreSlowedAndGoodTokensAreNot() throws Exception {
        int last = 0;
        for (int i = 0; i < 15; i++) {
            last = RawRequest.status(RawRequest.get(port, "/api/v1/me", "Authorization: Bearer cfy_guess" + i));
        }

        assertThat(last).isEqualTo(429);
        assertThat(RawRequest.get(port, "/api/v1/me", "Authorization: Bearer cfy_guess"))
                .contains("Retry-After: ");
        assertThat(RawRequest.get(port, "/api/v1/me", bearer)).startsWith("HTTP/1.1 200");
    }

    @Test
    void aTokenMayAskOnlySoOften() throws Exception {
        String often = "Bearer " + tokens.add("often", Role.VIEWER, Duration.ofHours(1));
        HttpRequest ask = HttpRequest.newBuilder(service.address("/api/v1/me"))
                .header("Authorization", often)
                .build();
        HttpResponse<String> answer = service.client().send(ask, HttpResponse.BodyHandlers.ofString());
        for (int i = 0; i < 10 * REQUESTS_PER_MINUTE && answer.statusCode() == 200; i++) {
            answer = service.client().send(ask, HttpResponse.BodyHandlers.ofString());
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).contains("\"code\":\"too-many\"");
        assertThat(RawRequest.get(port, "/api/v1/me", bearer)).startsWith("HTTP/1.1 200");
    }

    @Test
    void whatTheCommandLineChangesHoldsAtOnce() throws Exception {
        String header = "Authorization: Bearer " + tokens.add("short-lived", Role.VIEWER, Duration.ofHours(1));

        assertThat(RawRequest.get(port, "/api/v1/me", header)).startsWith("HTTP/1.1 200");
        tokens.revoke("short-lived");
        assertThat(RawRequest.status(RawRequest.get(port, "/api/v1/me", header)))
                .isIn(401, 429);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example.org",
                "localhost.evil.org",
                "127.0.0.1.evil.org",
                "10.1.2.3",
                "[::2]",
                "localhost@x"
            })
    void aForeignNameIsRefused(String host) throws Exception {
        String answer = RawRequest.get(port, "/api/v1/me", "Host: " + host, "X-Forwarded-Host: localhost", bearer);

        assertThat(RawRequest.status(answer)).as(answer).isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:80", "cells.example.org"})
    void ownNamesAreTaken(String host) throws Exception {
        assertThat(RawRequest.get(port, "/api/v1/me", "Host: " + host, bearer)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example.org",
                "Origin: http://localhost:3000",
                "Origin: null",
                "Origin: http://localhost.evil.org",
                "Sec-Fetch-Site: cross-site"
            })
    void foreignPagesAreRefused(String header) throws Exception {
        String answer = RawRequest.get(port, "/api/v1/me", header, bearer);

        assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain("Access-Control-Allow");
        assertThat(RawRequest.get(
                        port, "/api/v1/me", "Origin: http://localhost", "Sec-Fetch-Site: same-origin", bearer))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/%252e%252e/etc/passwd",
                "/..%2f..%2fetc/passwd",
                "/..%5c..%5cetc",
                "/..\\..\\etc",
                "//etc/passwd",
                "/api//v1/me",
                "/api/v1;x=y/me",
                "/api;/v1/me",
                "/x/%00",
                "/api/v1/me/../runs",
                "/api/v1/%6de/..;/runs",
                "/api/v1/files?at=data:..%2f..%2fetc",
                "/api/v1/files?at=data:%2e%2e",
                "/api/v1/files?at=data:/etc",
                "/api/v1/files?at=data:%00",
                "/api/v1/runs/..%2f..%2ftokens",
                "/api/v1/runs/%252e%252e",
                "http://evil.example.org/api/v1/me",
                "/%c0%ae%c0%ae/etc/passwd",
                "/%ff"
            })
    void crookedAddressesLeadNowhere(String path) throws Exception {
        String answer = RawRequest.get(port, path, bearer);

        assertThat(RawRequest.status(answer)).as(answer).isIn(400, 403, 404);
        assertThat(answer).doesNotContain("root:", "Exception", "Tomcat", "cfy_", "\tat ");
    }

    /// What the server below refuses, before there is a request that anybody could look at.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /%zz HTTP/1.1                              | 400
            GET /<x> HTTP/1.1                              | 400
            GET /a b HTTP/1.1                              | 400
            G(ET / HTTP/1.1                                | 400
            NOTHING / HTTP/1.1                             | 400
            GET / HTTP/9.9                                 | 505
            POST / HTTP/1.1; Content-Length: -4            | 400
            POST / HTTP/1.1; Transfer-Encoding: rot13      | 501
            """)
    void whatIsNoRequestGetsAnAnswerForPrograms(String said, int status) throws Exception {
        String head = said.replace("; ", "\r\n") + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        String answer = RawRequest.send(port, head);

        assertThat(RawRequest.status(answer)).isEqualTo(status);
        assertThat(answer)
                .contains("application/problem+json", "\"code\":\"request-refused\"", "\"remedy\":")
                .doesNotContain("<html", "Tomcat", "Exception");
    }

    @Test
    void bodiesAreBoundedWhetherAnnouncedOrNot() throws Exception {
        String large = "{\"input\": \"" + "x".repeat(3 << 20) + "\"}";
        var announced = service.post("/api/v1/inspect", large);
        assertThat(announced.status()).isEqualTo(413);
        assertThat(announced.json().get("code").asString()).isEqualTo("too-large");

        HttpResponse<String> chunked = service.client()
                .send(
                        service.request("/api/v1/inspect")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofInputStream(
                                        () -> new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(chunked.statusCode()).isEqualTo(413);
    }

    @Test
    void deepAndLongJsonIsRefused() throws Exception {
        String deep = "{\"options\": " + "[".repeat(40) + "]".repeat(40) + "}";
        assertThat(service.post("/api/v1/runs", deep).status()).isEqualTo(400);
        String longText = "{\"input\": \"data:" + "x".repeat(70_000) + "\"}";
        assertThat(service.post("/api/v1/inspect", longText).status()).isEqualTo(400);
    }

    @Test
    void longAddressesAndHeadersAreRefused() throws Exception {
        assertThat(RawRequest.get(port, "/api/v1/me?x=" + "x".repeat(5000), bearer))
                .startsWith("HTTP/1.1 414");
        assertThat(RawRequest.status(RawRequest.get(port, "/", "X-Long: " + "x".repeat(20_000))))
                .isIn(400, 431);
    }

    @Test
    void anOptionNamesNoFileOutsideTheFolders() throws Exception {
        Path foreign = Files.writeString(service.folder().resolve("foreign.txt"), "the-secret-line\n");
        Files.writeString(service.folder().resolve("in/a.h5ad"), "rubbish");
        String asked = """
                {"job": "cellucid-export", "input": "data:a.h5ad", "output": "exports:a", "options": {"genes": "%s"}}""".formatted(foreign);

        var plan = service.post("/api/v1/plan", asked);

        assertThat(plan.status()).isEqualTo(400);
        assertThat(plan.response().body()).contains("may read").doesNotContain("the-secret-line");
    }

    @Test
    void aHeaderThatComesAByteASecondEndsTheConnection() throws Exception {
        boolean closed = RawRequest.isClosedWhileDripping(
                port, "GET /api/v1/me HTTP/1.1\r\nX-Slow: ", Duration.ofSeconds(1), Duration.ofSeconds(40));

        assertThat(closed).isTrue();
        assertThat(RawRequest.get(port, "/api/v1/me", bearer)).startsWith("HTTP/1.1 200");
    }

    @Test
    void aBodyThatComesAByteASecondEndsTheConnection() throws Exception {
        String post = "POST /api/v1/inspect HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/json\r\n"
                + "Content-Length: 100000\r\n\r\n";
        String known = post.formatted(bearer + "\r\n");
        String stranger = post.formatted("");

        for (String start : List.of(known, stranger)) {
            assertThat(RawRequest.isClosedWhileDripping(port, start, Duration.ofSeconds(1), Duration.ofSeconds(60)))
                    .isTrue();
        }
        assertThat(RawRequest.get(port, "/api/v1/me", bearer)).startsWith("HTTP/1.1 200");
    }

    @Test
    void answersTellBrowsersToBeCareful() throws Exception {
        String api = RawRequest.get(port, "/api/v1/me", bearer);
        assertThat(api)
                .contains("Content-Security-Policy: default-src 'none'; script-src 'self'")
                .contains("X-Content-Type-Options: nosniff")
                .contains("Referrer-Policy: no-referrer")
                .contains("Cache-Control: no-store")
                .doesNotContain("Server:", "Set-Cookie", "X-Powered-By");
        assertThat(RawRequest.get(port, "/error")).startsWith("HTTP/1.1 404").doesNotContain("timestamp");
    }

    @Test
    void whatIsDoneOrRefusedIsWrittenDown() throws Exception {
        String auditor = tokens.add("auditor", Role.VIEWER, Duration.ofHours(1));
        RawRequest.send(
                port,
                "POST /api/v1/runs/0123456789abcdef/stop?x=" + auditor
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + auditor
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        RawRequest.get(port, "/api/v1/runs/%0afake", "Host: localhost");

        Path log = service.folder().resolve("state/audit.log");
        String lines = Files.readString(log);
        assertThat(lines)
                .contains("\"token\":\"auditor\",\"role\":\"viewer\",\"address\":\"127.0.0.1\",\"method\":\"POST\","
                        + "\"route\":\"/api/v1/runs/{id}/stop\",\"status\":403,\"run\":\"0123456789abcdef\"")
                .doesNotContain("cfy_");
        assertThat(lines.lines()).allMatch(line -> line.startsWith("{\"time\":") && line.endsWith("}"));
    }

    @Test
    void onlyItsUserReadsTheFirstToken() throws IOException {
        Path state = service.folder().resolve("state");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("admin-token"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(state.resolve("admin-token"))).isEqualTo(service.token() + "\n");
        assertThat(Files.readString(state.resolve("tokens.json"))).doesNotContain("cfy_");
    }
}
