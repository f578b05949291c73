package io.cellferry.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A service as a process of its own, on a fresh machine: asked over HTTP, killed in the middle of a run, started
/// again. The run goes on by itself, and what viewers then fetch is the export, byte for byte.
class ServiceStoryTest {

    private static final String CELLFERRY = "io.cellferry.launch.cli.Cellferry";
    private static final Path INPUT = Path.of("jobs/data/demo.h5ad").toAbsolutePath();
    private static final String TOKEN_FILE = "admin-token";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /// A quick machine may finish the run before the kill; then another output is tried.
    private static final int TRIES = 10;

    @TempDir
    Path temporary;

    private Path folder;
    private Path state;
    private URI address;
    private String token = "";
    private final HttpClient client = HttpClient.newHttpClient();

    private void makeAFreshMachine(String repository) throws IOException {
        folder = temporary.toRealPath();
        state = folder.resolve("state");
        Files.createDirectories(folder.resolve("in"));
        Files.createDirectories(folder.resolve("out"));
        Files.copy(INPUT, folder.resolve("in/demo.h5ad"));
        Files.writeString(folder.resolve("application.yml"), """
                cellferry:
                  serve:
                    read:
                      data: in
                    write:
                      exports: out
                    publish: exports
                """ + repository);
    }

    @Test
    void aKilledServiceGoesOnAndServesTheExport() throws Exception {
        makeAFreshMachine("");

        aServiceIsKilledAndGoesOn();
    }

    @Test
    void soItDoesWithItsBooksInPostgres() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            makeAFreshMachine("""
                      repository:
                        url: %s
                        username: postgres
                        password: postgres
                    """.formatted(server.getJdbcUrl("postgres", "postgres")));

            aServiceIsKilledAndGoesOn();
        }
    }

    private void aServiceIsKilledAndGoesOn() throws Exception {
        String name = "";
        String id = "";
        try (ChildProcess service = service()) {
            assertThat(get("/api/v1/runs").statusCode()).isEqualTo(200);
            JsonNode plan =
                    JSON.readTree(post("/api/v1/plan", asked("export-0")).body());
            assertThat(plan.get("refused").asBoolean()).isFalse();
            assertThat(plan.get("files").asLong()).isGreaterThan(400);

            for (int tried = 0; tried < TRIES && name.isEmpty(); tried++) {
                HttpResponse<String> accepted = post("/api/v1/runs", asked("export-" + tried));
                assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
                id = JSON.readTree(accepted.body()).get("id").asString();
                if (isUnderWay(id)) {
                    name = "export-" + tried;
                }
            }
            assertThat(name).as("a run that was still under way").isNotEmpty();
            service.kill();
        }
        assertThat(folder.resolve("out").resolve(name)).doesNotExist();

        try (ChildProcess service = service()) {
            List<JsonNode> events = events(id);
            assertThat(events.getLast().get("state").asString())
                    .as(events.getLast().toString())
                    .isEqualTo("done");

            assertThat(fetched(name))
                    .isEqualTo(FolderContents.of(folder.resolve("out").resolve(name)));
            whatIsRefusedIsSaidInTheLog(service);
            service.terminate();
            assertThat(service.exitCode()).as(service.said()).isZero();
        }
        assertThat(FolderContents.of(folder.resolve("out").resolve(name))).isEqualTo(undisturbed(name));
    }

    private void whatIsRefusedIsSaidInTheLog(ChildProcess service) throws Exception {
        Files.writeString(folder.resolve("in/rubbish.h5ad"), "no cells here");
        post("/api/v1/runs", asked("rubbish").replace("demo.h5ad", "rubbish.h5ad"));
        assertThat(service.awaitLine(" is refused: ").said())
                .contains("out/rubbish is refused: ", "rubbish.h5ad", "an HDF5 file was expected", " To do: ");
    }

    private ChildProcess service() throws IOException {
        ChildProcess service = ChildProcess.start(
                folder,
                384,
                CELLFERRY,
                List.of("serve", "--port", "0", "--management-port", "0", "--threads", "1", "--state-dir", "state"));
        String said = service.awaitLine("listening on ").said();
        address = URI.create(
                said.substring(said.indexOf("http://")).lines().findFirst().orElseThrow());
        token = Files.readString(state.resolve(TOKEN_FILE)).strip();
        return service;
    }

    private static String asked(String name) {
        return """
                {"job": "cellucid-export", "input": "data:demo.h5ad", "output": "exports:%s",
                 "options": {"created-at": "2026-01-01T00:00:00Z", "gzip": 9}}""".formatted(name);
    }

    /// Waits until the run has finished some units, and says whether it has more to do.
    private boolean isUnderWay(String id) throws Exception {
        RunFolders folders = new RunFolders(new RealDisk());
        while (true) {
            Optional<Integer> units = folders.unfinished(folder.resolve("out")).stream()
                    .filter(run -> run.runId().equals(id))
                    .map(run -> run.finishedUnits())
                    .findFirst();
            if (units.orElse(0) >= 3) {
                return true;
            }
            if (units.isEmpty()
                    && !JSON.readTree(get("/api/v1/runs/" + id).body())
                            .get("state")
                            .asString()
                            .matches("waiting|running")) {
                return false;
            }
        }
    }

    private List<JsonNode> events(String id) throws Exception {
        HttpResponse<Stream<String>> stream = client.send(
                request("/api/v1/runs/%s/events".formatted(id)).build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(stream.statusCode()).isEqualTo(200);
        return stream.body()
                .filter(line -> line.startsWith("data:"))
                .map(line -> JSON.readTree(line.substring(5)))
                .toList();
    }

    /// Every file of the export and nothing else, as a viewer gets it: without a token, found through the catalogue.
    private Map<String, String> fetched(String name) throws Exception {
        JsonNode catalogue = JSON.readTree(anybodyGets("/_cellucid/datasets"));
        String path = "";
        for (JsonNode dataset : catalogue.get("datasets")) {
            if (dataset.get("id").asString().equals(name)) {
                path = dataset.get("path").asString();
            }
        }
        assertThat(path).as(catalogue.toString()).isNotEmpty();
        Map<String, String> fetched = new TreeMap<>();
        for (String file :
                FolderContents.of(folder.resolve("out").resolve(name)).keySet()) {
            fetched.put(
                    file, file.endsWith("/") ? "" : new String(anybodyGets(path + file), StandardCharsets.ISO_8859_1));
        }
        return fetched;
    }

    private byte[] anybodyGets(String path) throws Exception {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private Map<String, String> undisturbed(String name) throws Exception {
        Path other = Files.createDirectories(folder.resolve("undisturbed"));
        try (ChildProcess program = ChildProcess.start(
                folder,
                CELLFERRY,
                List.of(
                        "export",
                        "in/demo.h5ad",
                        "-o",
                        "undisturbed/" + name,
                        "--created-at",
                        "2026-01-01T00:00:00Z",
                        "--gzip",
                        "9",
                        "--state-dir",
                        "other-state"))) {
            assertThat(program.exitCode()).as(program.said()).isZero();
        }
        return FolderContents.of(other.resolve(name));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(120));
    }
}
