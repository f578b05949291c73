package io.cellferry.launch.http.dashboard;

import io.cellferry.launch.http.RunningService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The same stories with the real service behind the page: real plans, real runs, real refusals.
class RealServiceStoriesTest extends DashboardStories {

    private static final Path DEMO = Path.of("jobs/data/demo.h5ad");
    private static final String JOB_FILE = "demo.yml";

    private static RunningService service;

    @BeforeAll
    static void start(@TempDir Path empty) throws IOException {
        service = RunningService.in(empty);
        Files.copy(DEMO, service.folder().resolve("in/demo.h5ad"));
        Files.writeString(service.folder().resolve("in/broken.h5ad"), "no cells here");
        Files.writeString(service.folder().resolve("jobs").resolve(JOB_FILE), """
                job: cellucid-export
                input: ../in/demo.h5ad
                output: ../out/by-file
                """);
        service.work();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Override
    URI address() {
        return service.address("/");
    }

    @Override
    String token() {
        return service.token();
    }

    @Override
    String input() {
        return "demo.h5ad";
    }

    @Override
    String badInput() {
        return "broken.h5ad";
    }

    @Override
    String jobFile() {
        return JOB_FILE;
    }
}
