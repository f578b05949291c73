package io.cellferry.launch.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.launch.http.RunningService;
import io.cellferry.launch.http.security.Guarding;
import io.cellferry.storage.WatchedDisk;
import io.cellferry.storage.WatchedDisk.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A look at a run that fails once costs its listeners that look, and nobody anything else.
class EventsOnAilingDisksTest {

    private static final String RUBBISH = """
            {"job": "cellucid-export", "input": "data:rubbish.h5ad", "output": "exports:%s"}""";
    private static final int ALWAYS = Integer.MAX_VALUE;

    /// How many looks at what lies beside the output `blind` still succeed.
    private final AtomicInteger goodLooks = new AtomicInteger(ALWAYS);

    private RunningService service;

    @BeforeEach
    void start(@TempDir Path empty) throws IOException {
        service = RunningService.in(empty, Guarding.STANDARD, new WatchedDisk((operation, path) -> {
            if (operation == Operation.LOOK
                    && path.toString().contains("blind")
                    && goodLooks.getAndUpdate(left -> left == ALWAYS ? left : Math.max(0, left - 1)) == 0) {
                throw new FileSystemException(path.toString(), null, "Input/output error");
            }
        }));
        Files.writeString(service.folder().resolve("in/rubbish.h5ad"), "no cells here");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void otherRunsAreToldMeanwhileAndTheRunItselfAfterwards() throws Exception {
        String blind = ask("blind");
        List<String> heard = listen("/api/v1/events");
        await(heard, blind, "waiting");

        goodLooks.set(0);
        service.work();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> service.desk().ticket(blind).isEmpty());
        for (int i = 0; i < 3; i++) {
            await(heard, ask("seen-" + i), "refused");
        }
        assertThat(heard).noneMatch(line -> line.contains(blind) && line.contains("\"state\":\"refused\""));

        goodLooks.set(ALWAYS);
        await(heard, blind, "refused");
    }

    @Test
    void aStreamWhoseRunCannotBeLookedAtEnds() throws Exception {
        String blind = ask("blind");
        service.work();
        List<String> heard = listen("/api/v1/events");
        for (String id : List.of(blind, ask("seen"))) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> service.desk().ticket(id).isEmpty());
        }
        await(heard, ask("last"), "refused");

        goodLooks.set(1); // The question is let in; the first look for its stream fails.
        HttpResponse<String> answer = service.client()
                .send(
                        service.request("/api/v1/runs/%s/events".formatted(blind))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"code\":\"storage-failed\"").doesNotContain("Exception");
    }

    private String ask(String output) throws Exception {
        return service.post("/api/v1/runs", RUBBISH.formatted(output))
                .json()
                .get("id")
                .asString();
    }

    private List<String> listen(String path) {
        List<String> heard = new CopyOnWriteArrayList<>();
        Thread.ofVirtual().start(() -> {
            try {
                HttpResponse<Stream<String>> stream =
                        service.client().send(service.request(path).build(), HttpResponse.BodyHandlers.ofLines());
                stream.body().filter(line -> line.startsWith("data:")).forEach(heard::add);
            } catch (IOException | UncheckedIOException | InterruptedException e) {
                heard.add(e.toString()); // The service ends, or broke the stream.
            }
        });
        return heard;
    }

    private static void await(List<String> heard, String id, String state) {
        Awaitility.await("run %s to be told as %s".formatted(id, state))
                .atMost(Duration.ofSeconds(30))
                .until(() -> heard.stream()
                        .anyMatch(line -> line.contains(id) && line.contains("\"state\":\"%s\"".formatted(state))));
    }
}
