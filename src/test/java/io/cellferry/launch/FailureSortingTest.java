package io.cellferry.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.failure.ServiceMissing;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/// Whatever ended a run is told as a refusal with its exit code, or as a defect of ours with everything it carries.
class FailureSortingTest {

    @Test
    void aRefusalIsFoundUnderWhateverWrapsIt() {
        InputRefused refusal = new InputRefused("found", "remedy");

        Throwable sorted = FailureSorting.sorted(new IllegalStateException(new RuntimeException(refusal)));

        assertThat(sorted).isSameAs(refusal);
        assertThat(FailureSorting.exitCode(sorted)).isEqualTo(65);
    }

    @Test
    void missingMemoryIsNotADefect() {
        Throwable cause = new RuntimeException(new OutOfMemoryError("Java heap space"));

        Throwable sorted = FailureSorting.sorted(cause);

        assertThat(sorted)
                .isInstanceOf(RoomExhausted.class)
                .hasMessageContaining("Java heap space")
                .hasCause(cause);
        assertThat(((Refusal) sorted).remedy()).contains("more --memory or fewer --threads");
        assertThat(FailureSorting.exitCode(sorted)).isEqualTo(75);
    }

    @Test
    void whateverTheDatabaseSaysIsAMissingService() {
        for (Throwable thrown : new Throwable[] {
            new SQLException("gone"),
            new DataAccessResourceFailureException("gone"),
            new CannotCreateTransactionException("gone"),
            new IllegalStateException(new SQLException("gone"))
        }) {
            Throwable sorted = FailureSorting.sorted(thrown);
            assertThat(sorted)
                    .isInstanceOf(ServiceMissing.class)
                    .hasMessageContaining("gone")
                    .hasCause(thrown);
            assertThat(FailureSorting.exitCode(sorted)).isEqualTo(69);
        }
    }

    @Test
    void anythingElseIsADefectAndStaysWhatItIs() {
        NullPointerException defect = new NullPointerException();

        assertThat(FailureSorting.sorted(defect)).isSameAs(defect);
        assertThat(FailureSorting.exitCode(defect)).isEqualTo(70);
    }
}
