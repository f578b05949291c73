package io.cellferry.launch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.cellferry.storage.StateFolder;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Where services write down what must not happen twice: the PostgreSQL that `application.yml` names, shared by all
/// services that name it, or a file in the state folder that one service at a time can open.
///
/// Opening connects to nothing: a database that is away is asked again at the next statement.
public final class ServiceDatabase implements AutoCloseable {

    private static final String FILE = "service";

    /// One for the follower of schedules, one for whoever reads meanwhile.
    private static final int CONNECTIONS = 2;

    /// Schedules are looked at every second; one that cannot be written down now is tried again.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HikariDataSource source;
    private final JdbcTransactionManager transactions;
    private final boolean embedded;

    private ServiceDatabase(RepositoryAddress address) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.username());
        config.setPassword(address.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setPoolName("service");
        this.source = new HikariDataSource(config);
        this.embedded = address.isH2();
        this.transactions = embedded ? new DurableCommits(source) : new JdbcTransactionManager(source);
    }

    public static ServiceDatabase open(MachineSettings settings, StateFolder state) {
        return new ServiceDatabase(settings.sharedRepository()
                .map(RepositoryAddress::shared)
                .orElseGet(() -> RepositoryAddress.embedded(state.path(), FILE)));
    }

    /// Whether this process alone has it open.
    public boolean embedded() {
        return embedded;
    }

    public DataSource source() {
        return source;
    }

    public JdbcClient client() {
        return JdbcClient.create(source);
    }

    /// Each commit is on disk when it returns.
    public TransactionTemplate transactions() {
        return new TransactionTemplate(transactions);
    }

    @Override
    public void close() {
        source.close();
    }
}
