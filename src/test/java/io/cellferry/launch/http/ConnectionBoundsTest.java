package io.cellferry.launch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.launch.http.security.Guarding;
import io.cellferry.launch.http.security.Role;
import io.cellferry.launch.http.security.TokenStore;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nobody takes all there is: neither streams of events nor connections.
class ConnectionBoundsTest {

    private static final int OF_A_TOKEN = 64;
    private static final int IN_ALL = 256;
    private static final int OF_AN_ADDRESS = 384;

    @TempDir
    Path empty;

    private final List<Socket> held = new ArrayList<>();

    @AfterEach
    void letGo() throws IOException {
        for (Socket socket : held) {
            socket.close();
        }
    }

    @Test
    void streamsOfEventsAreBoundedForEachTokenAndInAll() throws Exception {
        try (RunningService service = RunningService.in(empty)) {
            Files.writeString(service.folder().resolve("in/rubbish.h5ad"), "no cells here");
            String events = service.post("/api/v1/runs", """
                            {"job": "cellucid-export", "input": "data:rubbish.h5ad", "output": "exports:waits"}""")
                    .json()
                    .get("links")
                    .get("events")
                    .asString();
            TokenStore tokens = new TokenStore(
                    StateFolder.open(new RealDisk(), service.folder().resolve("state")), Clock.systemUTC());
            List<String> four = List.of(
                    service.token(),
                    tokens.add("b", Role.VIEWER, Duration.ofHours(1)),
                    tokens.add("c", Role.VIEWER, Duration.ofHours(1)),
                    tokens.add("d", Role.VIEWER, Duration.ofHours(1)));
            String fifth = tokens.add("e", Role.VIEWER, Duration.ofHours(1));

            for (String token : four) {
                for (int i = 0; i < OF_A_TOKEN; i++) {
                    assertThat(open(service, events, token)).startsWith("HTTP/1.1 200");
                }
                assertThat(RawRequest.get(service.port(), events, "Authorization: Bearer " + token))
                        .startsWith("HTTP/1.1 429")
                        .contains("Retry-After: ", "\"code\":\"too-many\"", "has 64 streams", "Close one");
            }
            assertThat(held).hasSize(IN_ALL);
            assertThat(RawRequest.get(service.port(), events, "Authorization: Bearer " + fifth))
                    .startsWith("HTTP/1.1 429")
                    .contains("Retry-After: ", "\"code\":\"too-many\"", "256 streams", "Close one");
            assertThat(service.get("/api/v1/me").status()).as("other requests").isEqualTo(200);

            held.removeFirst().close();
            service.work(); // The run ends, and with it all streams.
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> open(service, "/api/v1/events", fifth)
                    .startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void noAddressTakesAllConnections() throws Exception {
        try (RunningService service = RunningService.in(empty)) {
            for (int i = 0; i < OF_AN_ADDRESS; i++) {
                held.add(RawRequest.connect(service.port(), "127.0.0.2"));
            }
            assertThat(isClosed(service)).as("one too many").isTrue();
            assertThat(service.get("/api/v1/me").status())
                    .as("from another address")
                    .isEqualTo(200);

            letGo();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !isClosed(service));
        }
    }

    @Test
    void aProxyBringsTheConnectionsOfMany() throws Exception {
        try (RunningService service = RunningService.in(
                empty, new Guarding(Set.of(), true, Set.of("127.0.0.2"), Guarding.REQUESTS_PER_MINUTE))) {
            for (int i = 0; i < OF_AN_ADDRESS; i++) {
                held.add(RawRequest.connect(service.port(), "127.0.0.2"));
            }

            assertThat(isClosed(service)).isFalse();
        }
    }

    /// The beginning of the answer to a request that stays open.
    private String open(RunningService service, String path, String token) throws IOException {
        Socket socket = RawRequest.connect(service.port(), "127.0.0.1");
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(path, token)
                        .getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        if (answer.isEmpty()) {
            socket.close();
        } else {
            held.add(socket);
        }
        return answer;
    }

    private static boolean isClosed(RunningService service) throws IOException {
        try (Socket socket = RawRequest.connect(service.port(), "127.0.0.2")) {
            socket.getOutputStream()
                    .write("GET /favicon.ico HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return answer.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }
}
