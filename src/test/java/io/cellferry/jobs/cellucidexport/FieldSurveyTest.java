package io.cellferry.jobs.cellucidexport;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.launch.TestRuns;
import io.cellferry.restart.TinyExport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What is wrong with annotations is told before a byte is written.
class FieldSurveyTest {

    private static final Path DEMO = Path.of("jobs/data/demo.h5ad").toAbsolutePath();

    @AutoClose
    private static final TestRuns RUNS = new TestRuns("fields", TinyExport.JOB);

    /// None of the 700 cells has an outlier rank then, and codes of 8 bits need one.
    @Test
    void categoriesThatAreAllTooSmallForRanksAreForetold() {
        Map<String, String> said = Map.of("centroid-min-points", "701", "obs-keys", "donor");

        assertThat(refusals(said, "8")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("input.obs.values");
            assertThat(problem.where()).isEqualTo("obs/donor");
            assertThat(problem.found()).startsWith("no category has 701 cells");
        });
        assertThat(refusals(said, "none")).isEmpty();
        assertThat(refusals(Map.of("obs-keys", "donor"), "8")).isEmpty();
    }

    /// Or a machine with little memory would say that the input has to be changed.
    @Test
    void anAnnotationThatDoesNotFitIsAMatterOfRoom() {
        assertThat(FieldSurvey.problem("obs/text", new RoomExhausted("in: /obs/text is too long.", "more")))
                .isEqualTo(Problem.refusal("room.memory", "obs/text", "in: /obs/text is too long.", "more"));
        assertThat(FieldSurvey.problem("obs/text", new InputRefused("obs/text: not finite.", "mend")))
                .isEqualTo(Problem.refusal("input.obs.values", "obs/text", "not finite.", "mend"));
    }

    private static List<Problem> refusals(Map<String, String> said, String bits) {
        Map<String, String> all = new HashMap<>(said);
        all.put("quantize-obs", bits);
        return TinyExport.JOB
                .plan(TinyExport.request(DEMO, RUNS.at("planned"), all).request(), TestRuns.ROOM)
                .problems()
                .stream()
                .filter(Problem::refuses)
                .toList();
    }
}
