package io.cellferry.launch.http.exports;

import static io.cellferry.launch.http.exports.ServedOutputs.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.restart.TinyExport;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the Cellucid web app demands of a data source, asked as the app asks, of an export the real job made.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CellucidSourceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String APP = "https://www.cellucid.com";
    private static final List<String> BASES = List.of("/demo", "/exports/exports/blood");

    private ServedOutputs served;
    private Path export;

    @BeforeAll
    void export(@TempDir Path empty) throws IOException {
        served = new ServedOutputs(empty);
        export = served.run(
                "cellucid-export",
                Path.of("jobs/data/demo.h5ad"),
                "blood",
                Map.of(
                        "quantize-genes", List.of("8"),
                        "gzip", List.of("6"),
                        "dataset-id", List.of("demo"),
                        "dataset-name", List.of("Invented blood cells"),
                        "created-at", List.of("2026-01-01T00:00:00Z")));
        served.run(
                "cellucid-export",
                TinyExport.TINY,
                "tiny",
                Map.of("centroid-min-points", List.of("1"), "dataset-name", List.of("Zwölf cells")));
        Files.createDirectories(served.folder().resolve("unfinished"));
        Files.copy(
                export.resolve("dataset_identity.json"), served.folder().resolve("unfinished/dataset_identity.json"));
    }

    @AfterAll
    void stop() {
        served.close();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(export)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> export.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<byte[]> response = served.get(path, "Origin", APP);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo(APP);
        return JSON.readTree(response.body());
    }

    private static Set<String> keys(JsonNode object) {
        return new TreeSet<>(object.propertyNames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/exports/exports"})
    void aSourceSaysWhoItIsAndListsItsDataSets(String base) throws Exception {
        JsonNode health = json(base + "/_cellucid/health");
        JsonNode info = json(base + "/_cellucid/info");
        JsonNode datasets = json(base + "/_cellucid/datasets");

        assertThat(keys(health)).containsExactly("status", "type", "version");
        assertThat(health.get("status").asString()).isEqualTo("ok");
        assertThat(health.get("type").asString()).isEqualTo("exported");
        assertThat(keys(info)).containsExactly("host", "mode", "port", "version");
        assertThat(info.get("mode").asString()).isEqualTo("standalone");
        assertThat(info.get("port").asInt()).isEqualTo(served.port());
        assertThat(info.get("version")).isEqualTo(health.get("version"));
        assertThat(keys(datasets)).containsExactly("datasets");
        assertThat(datasets.get("datasets")).hasSize(2);
        for (JsonNode dataset : datasets.get("datasets")) {
            assertThat(keys(dataset)).containsExactly("id", "name", "path");
            assertThat(dataset.get("path").asString()).matches("/[A-Za-z0-9][A-Za-z0-9._-]{0,179}/");
            JsonNode identity = json(base + dataset.get("path").asString() + "dataset_identity.json");
            assertThat(identity.get("id")).isEqualTo(dataset.get("id"));
            assertThat(identity.get("name")).isEqualTo(dataset.get("name"));
        }
    }

    @Test
    void everyFileIsServedByteForByte() throws Exception {
        List<String> files = files();
        assertThat(files).hasSizeGreaterThan(400).anyMatch(file -> file.endsWith(".gz"));

        for (String file : files) {
            byte[] bytes = Files.readAllBytes(export.resolve(file));
            HttpResponse<byte[]> response = served.get("/demo/" + file, "Origin", APP, "Accept-Encoding", "gzip, br");

            assertThat(response.statusCode()).as(file).isEqualTo(200);
            assertThat(response.body()).as(file).isEqualTo(bytes);
            assertThat(header(response, "Content-Type"))
                    .isEqualTo(file.endsWith(".json") ? "application/json" : "application/octet-stream");
            assertThat(header(response, "Content-Encoding")).isEmpty();
            assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(bytes.length));
            assertThat(header(response, "ETag")).isEqualTo(tag(bytes));
            assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
            assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
        }
        assertThat(served.get("/exports/exports/blood/" + files.getFirst()).body())
                .isEqualTo(Files.readAllBytes(export.resolve(files.getFirst())));
    }

    private static String tag(byte[] bytes) throws Exception {
        return "\""
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)) + "\"";
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        for (String base : BASES) {
            var get = served.get(base + "/points_2d.bin.gz", "Origin", APP);
            var head = served.send("HEAD", base + "/points_2d.bin.gz", "Origin", APP);

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            for (String name :
                    List.of("Content-Length", "Content-Type", "ETag", "Accept-Ranges", "Access-Control-Allow-Origin")) {
                assertThat(header(head, name))
                        .as(name)
                        .isEqualTo(header(get, name))
                        .isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost", "http://localhost:5173", "https://localhost:8443", "http://127.0.0.1:8000",
                "https://127.0.0.1", "https://www.cellucid.com", "https://beta.cellucid.com", "https://a.b.cellucid.com"
            })
    void pagesOfTheAppMayRead(String origin) throws Exception {
        for (String path :
                List.of("/demo/obs_manifest.json", "/_cellucid/datasets", "/exports/exports/datasets.json")) {
            BrowserFetch.Seen seen = new BrowserFetch(served, origin).get(path, Map.of("Range", "bytes=0-9"));

            assertThat(seen.headers()).containsKeys("content-length", "content-range");
            assertThat(seen.response().headers().allValues("Vary")).contains("Origin");
            assertThat(header(seen.response(), "Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://www.cellucid.com",
                "https://cellucid.com.evil.example",
                "https://evilcellucid.com",
                "https://www.cellucid.com.",
                "http://localhost.evil.example",
                "http://localhost:80.evil.example",
                "http://127.0.0.1.evil.example",
                "null",
                "http://192.168.0.1"
            })
    void otherPagesMayNot(String origin) throws Exception {
        for (String path : List.of(
                "/demo/obs_manifest.json", "/_cellucid/datasets", "/exports/exports/blood/var/0.values.u8.gz")) {
            var response = served.get(path, "Origin", origin);

            assertThat(header(response, "Access-Control-Allow-Origin")).isEmpty();
            assertThat(response.headers().allValues("Vary")).contains("Origin");
            assertThat(new BrowserFetch(served, origin).mayRead(path)).isFalse();
        }
    }

    @Test
    void preflightsAreAnsweredWithoutContent() throws Exception {
        for (String path : List.of("/demo/obs_manifest.json", "/_cellucid/health", "/exports/exports/blood/nothing")) {
            var response = served.send(
                    "OPTIONS",
                    path,
                    "Origin",
                    APP,
                    "Access-Control-Request-Method",
                    "GET",
                    "Access-Control-Request-Headers",
                    "range");

            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(response.body()).isEmpty();
            assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo(APP);
            assertThat(header(response, "Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, POST, OPTIONS");
            assertThat(header(response, "Access-Control-Allow-Headers")).isEqualTo("Content-Type, Range");
            assertThat(header(response, "Access-Control-Expose-Headers")).isEqualTo("Content-Length, Content-Range");
        }
    }

    @ParameterizedTest
    @CsvSource({"0-0, 0, 1", "3-9, 3, 10", "100-, 100, -1", "-7, -7, -1", "5-99999999, 5, -1"})
    void oneRangeIsServed(String said, int from, int to) throws Exception {
        byte[] bytes = Files.readAllBytes(export.resolve("points_2d.bin.gz"));
        int first = from < 0 ? bytes.length + from : from;
        int end = to < 0 ? bytes.length : to;

        var response = served.get("/demo/points_2d.bin.gz", "Range", "bytes=" + said);

        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.body()).isEqualTo(java.util.Arrays.copyOfRange(bytes, first, end));
        assertThat(header(response, "Content-Range"))
                .isEqualTo("bytes %d-%d/%d".formatted(first, end - 1, bytes.length));
        assertThat(header(response, "Content-Type")).isEqualTo("application/octet-stream");
        assertThat(header(response, "ETag")).isEqualTo(tag(bytes));
    }

    @Test
    void whatIsBehindTheEndIsRefusedAndNonsenseIgnored() throws Exception {
        long bytes = Files.size(export.resolve("points_2d.bin.gz"));
        var behind = served.get("/demo/points_2d.bin.gz", "Range", "bytes=%d-".formatted(bytes));

        assertThat(behind.statusCode()).isEqualTo(416);
        assertThat(header(behind, "Content-Range")).isEqualTo("bytes */" + bytes);
        for (String ignored : List.of("bytes=9-3", "bytes=0-1,4-5", "lines=1-2", "bytes=x-")) {
            var whole = served.get("/demo/points_2d.bin.gz", "Range", ignored);
            assertThat(whole.statusCode()).isEqualTo(200);
            assertThat(whole.body()).hasSize((int) bytes);
        }
    }

    @Test
    void conditionsAreHeld() throws Exception {
        String path = "/demo/points_2d.bin.gz";
        String tag = header(served.get(path), "ETag");

        for (String held : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            var again = served.get(path, "If-None-Match", held, "Origin", APP);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(tag);
            assertThat(header(again, "Access-Control-Allow-Origin")).isEqualTo(APP);
        }
        assertThat(served.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(served.get(path, "If-Match", tag).statusCode()).isEqualTo(200);
        assertThat(served.get(path, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
        assertThat(served.get(path, "Range", "bytes=0-3", "If-Range", tag).statusCode())
                .isEqualTo(206);
        assertThat(served.get(path, "Range", "bytes=0-3", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(served.get(path, "Range", "bytes=0-3", "If-Range", "W/" + tag)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/exports/exports/",
                "/exports/exports",
                "/exports/exports/blood",
                "/exports/exports/blood/",
                "/exports/exports/blood/var",
                "/exports/exports/blood/var/",
                "/exports/exports/blood/none.json",
                "/exports/exports/blood.cellferry.json",
                "/exports/exports/.cellferry/x",
                "/exports/data/demo.h5ad",
                "/exports/none/blood/obs_manifest.json",
                "/exports/exports/unfinished/dataset_identity.json",
                "/exports/",
                "/demo/",
                "/demo/none.json",
                "/unfinished/dataset_identity.json",
                "/blood/obs_manifest.json",
                "/_cellucid/",
                "/_cellucid/events",
                "/_cellucid/health/",
                "/exports/exports/blood/_cellucid/health"
            })
    void whatIsNotPublishedIsNotThere(String path) throws Exception {
        var response = served.get(path, "Origin", APP);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .doesNotContain(served.folder().toString());
        assertThat(header(response, "Location")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void nothingCanBeChanged(String method) throws Exception {
        var response = served.send(method, "/exports/exports/blood/obs_manifest.json");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void theCatalogueIsTheOneThatTheCommandWrites() throws Exception {
        var response = served.get("/exports/exports/datasets.json", "Origin", APP);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(JSON.readTree(response.body()).get("default").asString()).isEqualTo("demo");

        Files.delete(served.folder().resolve("unfinished/dataset_identity.json"));
        Path written = TinyExport.JOB
                .writeCatalogue(served.folder(), java.util.Optional.of("demo"))
                .orElseThrow();
        assertThat(response.body()).isEqualTo(Files.readAllBytes(written));
        Files.delete(written);
    }
}
