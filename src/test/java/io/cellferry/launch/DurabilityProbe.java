package io.cellferry.launch;

import io.cellferry.jobs.MachineRoom;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Commits to an embedded job repository through the very beans that runs use, and looks afterwards.
public final class DurabilityProbe {

    private static final String NAME = "probe";

    private DurabilityProbe() {}

    /// Returns when the commit has been acknowledged. The engine stays open: a killed process closes nothing.
    public static void commit(Path folder) {
        BatchEngine engine = engine(folder);
        JdbcClient client = JdbcClient.create(engine.bean(javax.sql.DataSource.class));
        new TransactionTemplate(engine.bean(DurableCommits.class)).executeWithoutResult(transaction -> client.sql(
                        "INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, VERSION, JOB_NAME, JOB_KEY)"
                                + " VALUES (1, 0, 'probe', 'probe')")
                .update());
    }

    public static long committedRows(Path folder) {
        try (BatchEngine engine = engine(folder)) {
            return JdbcClient.create(engine.bean(javax.sql.DataSource.class))
                    .sql("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE WHERE JOB_NAME = 'probe'")
                    .query(Long.class)
                    .single();
        }
    }

    private static BatchEngine engine(Path folder) {
        return BatchEngine.start(
                RepositoryAddress.embedded(folder, NAME),
                new MachineRoom(512L << 20, 256L << 20, 1, Optional.empty()),
                List.of());
    }
}
