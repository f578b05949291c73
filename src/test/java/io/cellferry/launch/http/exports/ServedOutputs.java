package io.cellferry.launch.http.exports;

import io.cellferry.launch.RunState;
import io.cellferry.launch.http.RunningService;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// The real service with outputs that real jobs made, and clients that ask for them.
final class ServedOutputs implements AutoCloseable {

    private final RunningService service;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ServedOutputs(Path empty) throws IOException {
        service = RunningService.in(empty);
        service.desk().start(1);
    }

    Path folder() {
        return service.folder().resolve("out");
    }

    int port() {
        return service.address("/").getPort();
    }

    /// Runs a job to its end, into the published folder.
    Path run(String job, Path input, String output, Map<String, List<String>> options) {
        Path into = folder().resolve(output);
        String id = service.desk()
                .submit(service.desk().request(job, input.toAbsolutePath(), into, options, false), "test")
                .run()
                .record()
                .id();
        Awaitility.await().atMost(java.time.Duration.ofMinutes(2)).until(() -> {
            RunState run = service.desk().find(id).orElseThrow();
            if (run.state().equals(RunState.FAILED) || run.state().equals("refused")) {
                throw new AssertionError(run.toString());
            }
            return run.state().equals(RunState.DONE);
        });
        return into;
    }

    /// `headers` are names and values in turn.
    HttpResponse<byte[]> send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = service.request(path).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /// The whole answer to a request line that no well-behaved client would send.
    String raw(String target) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .formatted(target)
                            .getBytes(StandardCharsets.ISO_8859_1));
            try (InputStream answer = socket.getInputStream()) {
                return new String(answer.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }
    }

    @Override
    public void close() {
        client.close();
        service.close();
    }
}
