package io.cellferry.launch.http.dashboard;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The stories with canned answers.
class DashboardStoriesTest extends DashboardStories {

    private static FakeService service;

    @BeforeAll
    static void start() throws IOException {
        service = FakeService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Override
    URI address() {
        return service.address();
    }

    @Override
    String token() {
        return FakeService.TOKEN;
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
        return "demo.yml";
    }
}
