package io.cellferry.jobs.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.failure.StorageFailed;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Refusals met while planning are collected, each as what it is; failures of the disk are not.
class PlanningTest {

    private static final JobRequest REQUEST =
            new JobRequest("job", Path.of("/in"), Path.of("/out"), OptionValues.of(List.of(), Map.of()));

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void aRefusalIsOneProblemAmongOthers() {
        for (Refusal refusal :
                List.of(new RequestRefused("a", "b"), new InputRefused("c", "d"), new RoomExhausted("e", "f"))) {
            assertThat(Planning.attempt(REQUEST.input(), problems, () -> {
                        throw refusal;
                    }))
                    .isEmpty();
        }

        assertThat(problems)
                .containsExactly(
                        Problem.refusal("request.refused", "/in", "a", "b"),
                        Problem.refusal("input.refused", "/in", "c", "d"),
                        Problem.refusal("room.refused", "/in", "e", "f"));
    }

    @Test
    void whatTheReaderFoundIsNotToldAgainAsWhatPlanningMet() {
        Problem met = Problem.refusal("input.refused", "/in", "/X: has 3 cells but obs has 4", "mend it");
        Problem other = Problem.refusal("input.refused", "/in", "/X: has a gene of no name", "name it");
        Problem found = Problem.refusal("input.matrix.shape", "/X", "has 3 cells but obs has 4", "mend it");
        problems.addAll(List.of(met, other));

        Planning.addFound(problems, List.of(found));

        assertThat(problems).containsExactly(other, found);
    }

    /// Or a disk that failed for a moment would be told as an input that cannot be converted.
    @Test
    void aDiskThatFailsIsNoProperty() {
        StorageFailed failed = new StorageFailed("no route to host", "again");

        assertThatThrownBy(() -> Planning.attempt(REQUEST.input(), problems, () -> {
                    throw failed;
                }))
                .isSameAs(failed);
        assertThat(problems).isEmpty();
    }

    @Test
    void aPlanThatIsNotPossibleAnyMoreIsRefusedForTheFirstReason() {
        problems.add(Problem.note("n", "here", "note", ""));
        problems.add(Problem.refusal("r", "there", "first", "mend it"));
        problems.add(Problem.refusal("r", "there", "second", ""));

        assertThat(Planning.possible(Optional.of(1), problems)).isEqualTo(1);
        assertThatThrownBy(() -> Planning.possible(Optional.empty(), problems))
                .isInstanceOfSatisfying(InputRefused.class, refused -> assertThat(refused.remedy())
                        .isEqualTo("mend it"))
                .hasMessage("there: first");
    }
}
