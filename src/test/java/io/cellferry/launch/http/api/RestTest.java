package io.cellferry.launch.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.launch.http.RunningService;
import io.cellferry.restart.FolderContents;
import io.cellferry.restart.TinyExport;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/// What REST promises, asked of the real service over real connections.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TINY = """
            {"job": "cellucid-export", "input": "data:tiny.h5ad", "output": "exports:%s",
             "options": {"created-at": "2026-01-02T03:04:05Z", "centroid-min-points": 1, "quantize-genes": "8"}}""";

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path empty) throws IOException {
        service = RunningService.in(empty);
        Files.copy(TinyExport.TINY, service.folder().resolve("in/tiny.h5ad"));
        Files.writeString(service.folder().resolve("in/rubbish.h5ad"), "no cells here");
        Files.writeString(service.folder().resolve("secret.txt"), "not for anybody");
        Files.createSymbolicLink(
                service.folder().resolve("in/out.h5ad"), service.folder().resolve("secret.txt"));
        service.work();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void aRunIsAcceptedDoneAndTheSameWhenAskedAgain() throws Exception {
        var asked = service.post("/api/v1/runs", TINY.formatted("first"));

        assertThat(asked.status()).isEqualTo(202);
        String self = asked.response().headers().firstValue("Location").orElseThrow();
        JsonNode done = settled(self);
        assertThat(done.get("state").asString()).isEqualTo("done");
        assertThat(done.get("input").asString()).isEqualTo("data:tiny.h5ad");
        assertThat(done.get("output").asString()).isEqualTo("exports:first");
        assertThat(done.get("links").get("output").asString()).isEqualTo("/exports/exports/first");
        assertThat(service.folder().resolve("out/first/dataset_identity.json")).exists();

        var again = service.post("/api/v1/runs", TINY.formatted("first"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("id")).isEqualTo(done.get("id"));
        assertThat(again.response().headers().firstValue("Location")).contains(self);
    }

    @Test
    void theOutputIsThatOfTheCommandLine() throws Exception {
        settled(service.post("/api/v1/runs", TINY.formatted("over-http"))
                .response()
                .headers()
                .firstValue("Location")
                .orElseThrow());
        Path commanded = service.folder().resolve("elsewhere/over-http");

        service.desk().submit(TinyExport.request(TinyExport.TINY, commanded), "test");
        while (!service.desk().tickets().isEmpty()) {
            Thread.sleep(10);
        }

        assertThat(FolderContents.of(service.folder().resolve("out/over-http")))
                .isEqualTo(FolderContents.of(commanded));
    }

    @Test
    void anInputThatIsNoneIsToldWithItsRemedy() throws Exception {
        var asked = service.post("/api/v1/runs", TINY.formatted("never").replace("tiny.h5ad", "rubbish.h5ad"));

        JsonNode refused =
                settled(asked.response().headers().firstValue("Location").orElseThrow());
        assertThat(refused.get("state").asString()).isEqualTo("refused");
        assertThat(refused.get("code").asString()).isEqualTo("input-refused");
        assertThat(refused.get("remedy").asString()).isNotBlank();
        assertThat(service.folder().resolve("out/never")).doesNotExist();
    }

    @Test
    void aPlanForetellsAndWritesNothing() throws Exception {
        var plan = service.post("/api/v1/plan", TINY.formatted("planned"));

        assertThat(plan.status()).isEqualTo(200);
        assertThat(plan.json().get("refused").asBoolean()).isFalse();
        assertThat(plan.json().get("files").asLong()).isPositive();
        assertThat(plan.json().get("tables").isEmpty()).isFalse();
        assertThat(plan.response().body()).doesNotContain(service.folder().toString());
        assertThat(service.folder().resolve("out/planned")).doesNotExist();
        assertThat(service.get("/api/v1/runs").json().get("runs").findValuesAsString("output"))
                .doesNotContain("exports:planned");
    }

    @Test
    void aPlanTellsThatThePlaceIsTaken() throws Exception {
        Path taken = Files.createDirectories(service.folder().resolve("out/taken"));
        Files.writeString(taken.resolve("thesis.txt"), "ten years");

        var plan = service.post("/api/v1/plan", TINY.formatted("taken"));

        assertThat(plan.json().get("refused").asBoolean()).isTrue();
        assertThat(plan.json().get("problems").get(0).get("code").asString()).isEqualTo("request.output");
        assertThat(plan.json().get("problems").get(0).get("where").asString()).isEqualTo("exports:taken");
    }

    @Test
    void inspectTellsWhatIsInAnInput() throws Exception {
        var look = service.post("/api/v1/inspect", "{\"input\": \"data:tiny.h5ad\"}");

        assertThat(look.status()).isEqualTo(200);
        assertThat(look.response().body()).doesNotContain(service.folder().toString());
        assertThat(look.json().get("tables").isEmpty()).isFalse();
        assertThat(service.post("/api/v1/inspect", "{\"input\": \"data:rubbish.h5ad\"}")
                        .status())
                .isIn(200, 422);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"job\": \"cellucid-exprot\", \"input\": \"data:tiny.h5ad\", \"output\": \"exports:x\"}',400,cellucid-export",
        "'{\"input\": \"data:tiny.h5ad\", \"output\": \"exports:x\"}',400,job",
        "'{\"job\": \"cellucid-export\", \"input\": \"data:tiny.h5ad\", \"output\": \"exports:x\","
                + " \"options\": {\"gzipp\": 6}}',400,gzip",
        "'{\"job\": \"cellucid-export\", \"input\": \"data:tiny.h5ad\", \"output\": \"exports:x\","
                + " \"options\": {\"gzip\": {\"a\": 1}}}',400,gzip",
        "'{\"job\": \"cellucid-export\", \"input\": \"data:tiny.h5ad\", \"output\": \"exports:x\","
                + " \"replce\": true}',400,'no key \"replce\"; the nearest is \"replace\"'",
        "'{\"job\": \"cellucid-export\", \"input\": \"data:tiny.h5ad\", \"output\": \"exports:x\","
                + " \"output\": \"exports:y\"}',400,each key once",
        "'{\"job\": \"cellucid-export\", \"input\": \"data:tiny.h5ad\", \"output\": \"exports:x\","
                + " \"replace\": 1}',400,\"replace\" has the wrong type",
        "'{\"job\": \"cellucid-export\", \"input\": \"data:tiny.h5ad\", \"output\": \"exports:\"}',400,a whole folder",
        "'not json',400,''",
        "'[1, 2]',400,''",
    })
    void aWrongRequestIsRefusedWithCodeAndRemedy(String body, int status, String hint) throws Exception {
        var refused = service.post("/api/v1/runs", body);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.response().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(refused.json().get("code").asString()).isEqualTo("request-refused");
        assertThat(refused.json().get("detail").asString()
                        + refused.json().get("remedy").asString())
                .contains(hint)
                .doesNotContain("io.cellferry", "Exception");
    }

    @Test
    void whatCannotBeReadOfAnAddressIsNamed() throws Exception {
        assertThat(service.get("/api/v1/runs?limit=many").json().get("detail").asString())
                .isEqualTo("The value of \"limit\" in the address cannot be read.");
        assertThat(service.get("/api/v1/runs?limit=-1").json().get("detail").asString())
                .isEqualTo("`limit` must be a number from 1, not -1.");
        assertThat(service.get("/api/v1/files").json().get("detail").asString())
                .isEqualTo("The address lacks \"?at=\".");
        assertThat(service.get("/api/v1/plan").json().get("detail").asString())
                .isEqualTo("This address does not take GET.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:../secret.txt",
                "data:/etc/passwd",
                "data:out.h5ad",
                "data:x/../../secret.txt",
                "/etc/passwd",
                "nowhere:tiny.h5ad",
                "tiny.h5ad",
                ":tiny.h5ad",
                "data:\\u0000",
                "file:///etc/passwd"
            })
    void nothingOutsideTheNamedFoldersIsRead(String place) throws Exception {
        var refused =
                service.post("/api/v1/inspect", "{\"input\": \"%s\"}".formatted(place.replace("\\u0000", "\\u0000")));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("detail").asString()).contains("is not in a folder that this service may read");
    }

    @Test
    void outputsGoOnlyWhereTheServiceMayWrite() throws Exception {
        var refused = service.post("/api/v1/runs", TINY.formatted("x").replace("exports:x", "data:x"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("detail").asString()).contains("may write");
    }

    @Test
    void listsArePagedAndFiltered() throws Exception {
        for (String name : List.of("page-a", "page-b", "page-c")) {
            settled(service.post("/api/v1/runs", TINY.formatted(name))
                    .response()
                    .headers()
                    .firstValue("Location")
                    .orElseThrow());
        }
        List<String> ids = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page =
                    service.get("/api/v1/runs?state=done&limit=2" + after).json();
            assertThat(page.get("runs").size()).isBetween(1, 2);
            page.get("runs").forEach(run -> ids.add(run.get("id").asString()));
            if (page.get("next").isNull()) {
                break;
            }
            after = "&after=" + page.get("next").asString();
        }

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(3);
        assertThat(service.get("/api/v1/runs?state=gone").json().get("runs").isEmpty())
                .isTrue();
    }

    @Test
    void aPageFollowsARunThatNoLongerMatches() throws Exception {
        String last = settled(service.post("/api/v1/runs", TINY.formatted("page-gone"))
                        .response()
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .get("id")
                .asString();
        String question = "/api/v1/runs?state=done&limit=500&after=" + last;
        JsonNode before = service.get(question).json();
        Path output = service.folder().resolve("out/page-gone");
        Path elsewhere = service.folder().resolve("gone");
        Files.move(output, elsewhere);
        Path manifest = output.resolveSibling("page-gone.cellferry.json");
        Files.move(manifest, elsewhere.resolveSibling("gone.json"));
        try {
            assertThat(service.get("/api/v1/runs/" + last).json().get("state").asString())
                    .isEqualTo("gone");
            assertThat(service.get(question).json()).isEqualTo(before);
        } finally {
            Files.move(elsewhere, output);
            Files.move(elsewhere.resolveSibling("gone.json"), manifest);
        }
    }

    @Test
    void whatIsNotThereIsSaidAsNotFound() throws Exception {
        for (String path : List.of(
                "/api/v1/runs/0123456789abcdef",
                "/api/v1/runs/0123456789abcdef/events",
                "/api/v1/runs/..%2f..%2fstate",
                "/api/v1/nothing")) {
            var missing = service.get(path);
            assertThat(missing.status()).as(path).isIn(400, 404);
            assertThat(missing.response().body()).as(path).doesNotContain("Exception");
        }
        assertThat(service.get("/api/v1/runs/0123456789abcdef")
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("not-found");
    }

    @Test
    void aRunThatRestsCannotBeStopped() throws Exception {
        String self = service.post("/api/v1/runs", TINY.formatted("stopped-late"))
                .response()
                .headers()
                .firstValue("Location")
                .orElseThrow();
        settled(self);

        var stop = service.post(self + "/stop", "");

        assertThat(stop.status()).isEqualTo(409);
        assertThat(stop.json().get("code").asString()).isEqualTo("conflict");
    }

    @Test
    void progressComesAsEventsUntilTheRunEnds() throws Exception {
        var asked = service.post("/api/v1/runs", TINY.formatted("watched"));
        String events = asked.json().get("links").get("events").asString();

        HttpResponse<Stream<String>> stream =
                service.client().send(service.request(events).build(), HttpResponse.BodyHandlers.ofLines());
        List<JsonNode> runs = stream.body()
                .filter(line -> line.startsWith("data:"))
                .map(line -> JSON.readTree(line.substring(5)))
                .toList();

        assertThat(stream.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(runs).isNotEmpty();
        assertThat(runs.getLast().get("state").asString()).isEqualTo("done");
        assertThat(runs.stream().map(run -> run.get("id")).distinct()).hasSize(1);
    }

    /// Refused within milliseconds, between two beats of the feed.
    @Test
    void theEndOfTheQuickestRunIsHeard() throws Exception {
        for (int i = 0; i < 5; i++) {
            var asked =
                    service.post("/api/v1/runs", TINY.formatted("quick-" + i).replace("tiny.h5ad", "rubbish.h5ad"));
            HttpResponse<Stream<String>> stream = service.client()
                    .send(
                            service.request(asked.json()
                                            .get("links")
                                            .get("events")
                                            .asString())
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines());

            assertThat(stream.body().filter(line -> line.startsWith("data:")).toList())
                    .last()
                    .asString()
                    .contains("\"state\":\"refused\"");
        }
    }

    @Test
    void jobsTellTheirOptions() throws Exception {
        JsonNode jobs = service.get("/api/v1/jobs").json().get("jobs");

        assertThat(jobs.findValuesAsString("verb")).contains("export", "transpose", "pyramid", "hvg");
        assertThat(service.get("/api/v1/roots").json().get("write").get(0).asString())
                .isEqualTo("exports");
    }

    @Test
    void jobFilesAreListedAndRun() throws Exception {
        Files.writeString(service.folder().resolve("jobs/tiny.yml"), """
                job: cellucid-export
                input: ../in/tiny.h5ad
                output: ../out/by-file
                options:
                  centroid-min-points: 1
                """);
        Files.writeString(service.folder().resolve("jobs/wrong.yml"), "jobb: cellucid-export\n");
        JsonNode files = JSON.createArrayNode();
        while (files.size() < 2) {
            Thread.sleep(50);
            files = service.get("/api/v1/job-files").json().get("jobFiles");
        }

        assertThat(files.get(0).get("input").asString()).isEqualTo("data:tiny.h5ad");
        assertThat(files.get(0).get("output").asString()).isEqualTo("exports:by-file");
        assertThat(files.get(1).get("problem").get("detail").asString())
                .contains("wrong.yml:1:1")
                .doesNotContain(service.folder().toString());

        var asked = service.post("/api/v1/job-files/tiny.yml/runs", "");
        assertThat(asked.status()).isEqualTo(202);
        assertThat(settled(asked.response().headers().firstValue("Location").orElseThrow())
                        .get("state")
                        .asString())
                .isEqualTo("done");
        assertThat(service.post("/api/v1/job-files/wrong.yml/runs", "").status())
                .isEqualTo(400);
        assertThat(service.post("/api/v1/job-files/absent.yml/runs", "").status())
                .isEqualTo(404);
    }

    @Test
    void noAnswerTellsTheFoldersOfTheMachine() throws Exception {
        settled(service.post("/api/v1/runs", TINY.formatted("quiet").replace("tiny.h5ad", "absent.h5ad"))
                .response()
                .headers()
                .firstValue("Location")
                .orElseThrow());

        assertThat(service.get("/api/v1/runs?limit=500").response().body())
                .doesNotContain(service.folder().toString());
    }

    @Test
    void foldersCanBeLookedInto() throws Exception {
        JsonNode files = service.get("/api/v1/files?at=data:").json();

        assertThat(files.get("entries").findValuesAsString("name")).containsExactly("rubbish.h5ad", "tiny.h5ad");
        assertThat(service.get("/api/v1/files?at=data:..").status()).isEqualTo(400);
        for (String noFolder : List.of("data:nowhere", "data:tiny.h5ad")) {
            assertThat(service.get("/api/v1/files?at=" + noFolder).status())
                    .as(noFolder)
                    .isEqualTo(404);
        }
    }

    /// Every address is described, and every reference in the description leads somewhere.
    @Test
    void theDescriptionIsComplete() throws Exception {
        JsonNode document = service.get("/api/v1/openapi.json").json();
        JsonNode schemas = document.get("components").get("schemas");

        assertThat(document.get("paths").propertyNames())
                .contains("/api/v1/runs", "/api/v1/runs/{id}/events", "/api/v1/plan", "/api/v1/openapi.json");
        assertThat(document.findValuesAsString("$ref"))
                .allSatisfy(reference -> assertThat(schemas.has(reference.substring("#/components/schemas/".length())))
                        .as(reference)
                        .isTrue());
        assertThat(schemas.get("RunView").get("properties").propertyNames()).contains("state", "progress", "links");
        assertThat(service.routes()).isSubsetOf(document.get("paths").propertyNames());
    }

    private JsonNode settled(String self) throws Exception {
        while (true) {
            JsonNode run = service.get(self).json();
            if (!List.of("waiting", "running", "stopping")
                    .contains(run.get("state").asString())) {
                return run;
            }
            Thread.sleep(20);
        }
    }
}
