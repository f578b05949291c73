package io.cellferry.jobs.genemajorstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.NotCarried;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.TestRuns;
import io.cellferry.restart.TinyTranspose;
import io.cellferry.storage.OutputHeading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Gene-major stores made by the real framework, and what is in them.
final class StoreRuns implements AutoCloseable {

    static final Path MEMBERS = Path.of("src/test/resources/members").toAbsolutePath();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestRuns runs;

    StoreRuns(String name) {
        this.runs = new TestRuns(name, TinyTranspose.JOB);
    }

    /// Where the output of this name goes.
    Path at(String name) {
        return runs.at(name);
    }

    /// The store of one of the [#MEMBERS], which must succeed.
    Path stored(String member, String name, Map<String, String> how) {
        Path output = at(name);
        RunOutcome outcome = run(MEMBERS.resolve(member), output, how);
        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.notCarried()).isEqualTo(lacks(output));
        return output;
    }

    RunOutcome run(Path input, Path output, Map<String, String> how) {
        return runs.run(TinyTranspose.request(input.toAbsolutePath(), output.toAbsolutePath(), how));
    }

    RunOutcome run(Path input, Path output, String matrix, Map<String, String> more) {
        Map<String, String> said = new HashMap<>(more);
        said.put("matrix", matrix);
        return run(input, output, said);
    }

    /// What the plan says of a store of `input`.
    List<Problem> planned(Path input, MachineRoom room) {
        return TinyTranspose.JOB
                .plan(TinyTranspose.request(input, at("planned.zarr"), Map.of()).request(), room)
                .problems();
    }

    static List<String> verified(Path output, Path input) {
        return TestRuns.differences(TinyTranspose.JOB, output, input);
    }

    /// What the manifest of `store` says that it lacks.
    static List<Problem> lacks(Path store) {
        return NotCarried.in(OutputHeading.read(store).orElseThrow().details());
    }

    /// The first chunk of a member of `uns`.
    static byte[] chunk(Path store, String member) throws IOException {
        Path array = store.resolve("uns").resolve(member);
        String dimensions =
                "0".repeat(json(array.resolve(".zarray")).path("shape").size());
        return Files.readAllBytes(array.resolve(dimensions.isEmpty() ? "0" : String.join(".", dimensions.split(""))));
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readAllBytes(file));
    }

    @Override
    public void close() throws IOException {
        runs.close();
    }
}
