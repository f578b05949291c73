package io.cellferry.launch.http.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads requests and writes answers of the API, each changed by `disguise` before it is sent.
record FakeAnswers(UnaryOperator<JsonNode> disguise) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    JsonNode disguised(JsonNode json) {
        return disguise.apply(json);
    }

    static void write(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    void problem(HttpExchange exchange, int status, String code, String detail, String remedy) throws IOException {
        ObjectNode problem = JSON.createObjectNode()
                .put("type", "about:blank")
                .put("status", status)
                .put("detail", detail)
                .put("code", code)
                .put("remedy", remedy);
        answer(exchange, status, problem);
    }

    void answer(HttpExchange exchange, int status, JsonNode json) throws IOException {
        String type = status < 400 ? "application/json" : "application/problem+json";
        send(exchange, status, type, JSON.writeValueAsBytes(disguise.apply(json)));
    }

    static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    static JsonNode body(HttpExchange exchange) throws IOException {
        return JSON.readTree(exchange.getRequestBody().readAllBytes());
    }

    static Map<String, String> query(@Nullable String raw) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
            String[] sides = pair.split("=", 2);
            words.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return words;
    }

    static JsonNode canned(String name) throws IOException {
        return JSON.readTree(resource(name));
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream stream = FakeAnswers.class.getResourceAsStream("/dashboard/" + name)) {
            if (stream == null) {
                throw new IOException("no canned answer " + name);
            }
            return stream.readAllBytes();
        }
    }
}
