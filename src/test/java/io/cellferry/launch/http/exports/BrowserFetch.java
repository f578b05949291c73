package io.cellferry.launch.http.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// `fetch` as a browser does it for a page of another origin, without credentials: asks first when the request is not
/// simple, and shows the page no more than the server allows.
record BrowserFetch(ServedOutputs served, String origin) {

    private static final List<String> ALWAYS_SEEN =
            List.of("cache-control", "content-language", "content-length", "content-type", "expires", "last-modified");

    /// What the page sees.
    record Seen(HttpResponse<byte[]> response, Map<String, String> headers) {}

    boolean mayRead(String path) throws Exception {
        return allows(served.get(path, "Origin", origin));
    }

    Seen get(String path, Map<String, String> headers) throws Exception {
        if (!headers.isEmpty()) {
            String names = String.join(",", headers.keySet()).toLowerCase(Locale.ROOT);
            HttpResponse<byte[]> preflight = served.send(
                    "OPTIONS",
                    path,
                    "Origin",
                    origin,
                    "Access-Control-Request-Method",
                    "GET",
                    "Access-Control-Request-Headers",
                    names);
            assertThat(preflight.statusCode()).isBetween(200, 299);
            assertThat(allows(preflight)).isTrue();
            assertThat(list(preflight, "Access-Control-Allow-Headers")).containsAll(List.of(names.split(",")));
            assertThat(list(preflight, "Access-Control-Allow-Methods")).contains("get");
        }
        List<String> all = new ArrayList<>(List.of("Origin", origin));
        headers.forEach((name, value) -> all.addAll(List.of(name, value)));
        HttpResponse<byte[]> response = served.get(path, all.toArray(String[]::new));
        assertThat(allows(response)).as("%s for %s", path, origin).isTrue();
        List<String> exposed = Stream.concat(
                        ALWAYS_SEEN.stream(), list(response, "Access-Control-Expose-Headers").stream())
                .toList();
        Map<String, String> seen = new TreeMap<>();
        response.headers().map().forEach((name, values) -> {
            if (exposed.contains(name.toLowerCase(Locale.ROOT))) {
                seen.put(name.toLowerCase(Locale.ROOT), values.getFirst());
            }
        });
        return new Seen(response, seen);
    }

    private boolean allows(HttpResponse<?> response) {
        List<String> allowed = response.headers().allValues("Access-Control-Allow-Origin");
        return allowed.equals(List.of("*")) || allowed.equals(List.of(origin));
    }

    private static List<String> list(HttpResponse<?> response, String name) {
        return Stream.of(ServedOutputs.header(response, name)
                        .toLowerCase(Locale.ROOT)
                        .split(", *"))
                .toList();
    }
}
