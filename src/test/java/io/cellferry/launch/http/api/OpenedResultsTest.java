package io.cellferry.launch.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.launch.http.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A run tells the addresses of what is opened in its output, where that is not the output itself.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenedResultsTest {

    private static final Path DATA = Path.of("jobs/data");

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path empty) throws IOException {
        service = RunningService.in(empty);
        Files.copy(DATA.resolve("demo.h5ad"), service.folder().resolve("in/demo.h5ad"));
        Path scans = Files.createDirectories(service.folder().resolve("in/scans"));
        for (String channel : List.of("R000_DAPI_FINAL_F", "R000_Cy3_PanCK_FINAL_AFR_F")) {
            String name = "DEMO_10082025_S1_1.0.4_%s.ome.tif".formatted(channel);
            Files.copy(DATA.resolve("scans").resolve(name), scans.resolve(name));
        }
        service.work();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void eachImageHasItsAddress() throws Exception {
        assertThat(opened("ome-zarr-pyramid", "scans", "an image"))
                .containsExactly("/exports/exports/an%20image/R000.zarr");
    }

    @Test
    void tablesAndPageAreOpenedOneByOne() throws Exception {
        List<String> opened = opened("hvg-selection", "demo.h5ad", "genes");

        assertThat(opened)
                .containsExactly(
                        "/exports/exports/genes/report.html",
                        "/exports/exports/genes/genes.csv",
                        "/exports/exports/genes/genes.json");
        for (String address : opened) {
            assertThat(service.get(address).status()).isEqualTo(200);
        }
    }

    @Test
    void aTableAloneIsOpenedItself() throws Exception {
        assertThat(opened("hvg-selection", "demo.h5ad", "genes.csv")).isEmpty();
    }

    private List<String> opened(String job, String input, String output) throws Exception {
        var asked = service.post(
                "/api/v1/runs",
                "{\"job\": \"%s\", \"input\": \"data:%s\", \"output\": \"exports:%s\"}".formatted(job, input, output));
        String self = asked.response().headers().firstValue("Location").orElseThrow();
        JsonNode run = service.get(self).json();
        while (List.of("waiting", "running").contains(run.get("state").asString())) {
            Thread.sleep(20);
            run = service.get(self).json();
        }
        assertThat(run.get("message").asString()).isEmpty();
        assertThat(run.get("links").get("output").asString()).startsWith("/exports/exports/");
        return run.get("links")
                .get("opened")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}
