package io.cellferry.launch;

import io.cellferry.failure.Refusal;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.failure.ServiceMissing;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Turns whatever ended a run into what people are told. The one place that looks at all throwables.
final class FailureSorting {

    /// The exit code of a defect of ours.
    static final int DEFECT = 70;

    private FailureSorting() {}

    static Throwable sorted(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal) {
                return cause;
            }
            if (cause instanceof OutOfMemoryError) {
                return new RoomExhausted(
                        "Memory ran out: " + cause.getMessage() + ".",
                        "Run the same command again with more --memory or fewer --threads; it continues where it was.",
                        thrown);
            }
            if (cause instanceof SQLException
                    || cause instanceof DataAccessException
                    || cause instanceof TransactionException) {
                return new ServiceMissing(
                        "The job repository failed: " + cause.getMessage(),
                        "Look after the database, then run the same command again; it continues where it was.",
                        thrown);
            }
        }
        return thrown;
    }

    static int exitCode(Throwable sorted) {
        return sorted instanceof Refusal refusal ? refusal.exitCode() : DEFECT;
    }
}
