package io.cellferry.launch;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/// Makes every commit to an H2 file durable.
///
/// H2 acknowledges commits up to half a second before they are on disk, and a power cut can empty the whole file; its
/// own `WRITE_DELAY=0` is expensive and still not power-safe. `CHECKPOINT SYNC` after each commit is.
final class DurableCommits extends JdbcTransactionManager {

    private static final long serialVersionUID = 1L;

    DurableCommits(DataSource source) {
        super(source);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        super.doCommit(status);
        if (status.isReadOnly()) {
            return;
        }
        var transaction = (JdbcTransactionObjectSupport) status.getTransaction();
        try (var statement = transaction.getConnectionHolder().getConnection().createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        } catch (SQLException e) {
            throw new TransactionSystemException("the commit was made but could not be made durable", e);
        }
    }
}
