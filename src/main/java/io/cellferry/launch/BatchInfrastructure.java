package io.cellferry.launch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.cellferry.jobs.ActiveRuns;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.UnitSteps;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;

/// The batch framework over a JDBC job repository: data source, durable commits, schema, workers.
///
/// In Boot 4 the batch starter alone keeps the repository in memory, silently; extending the JDBC configuration is
/// what makes it real.
@Configuration(proxyBeanMethods = false)
class BatchInfrastructure extends JdbcDefaultBatchConfiguration {

    /// One connection a worker thread, one for the job, some for readers of progress.
    private static final int SPARE_CONNECTIONS = 4;

    @Bean
    HikariDataSource dataSource(RepositoryAddress address, MachineRoom room) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.username());
        config.setPassword(address.password());
        config.setMaximumPoolSize(room.threads() + SPARE_CONNECTIONS);
        config.setMinimumIdle(1);
        if (address.isH2()) {
            // With its last connection the database would close, and what RepositoryFile holds in memory be lost.
            config.setMaxLifetime(0);
        }
        config.setConnectionTimeout(address.patience().toMillis());
        HikariDataSource source = new HikariDataSource(config);
        try {
            RepositorySchema.createIfAbsent(source, address);
        } catch (SQLException | RuntimeException e) {
            source.close(); // An embedded database stays open, and locked, as long as its pool.
            throw e;
        }
        return source;
    }

    @Bean
    JdbcTransactionManager transactionManager(DataSource source, RepositoryAddress address) {
        return address.isH2() ? new DurableCommits(source) : new JdbcTransactionManager(source);
    }

    @Bean
    ActiveRuns activeRuns() {
        return new ActiveRuns();
    }

    @Bean
    TaskExecutor partitionWorkers(MachineRoom room) {
        SimpleAsyncTaskExecutor workers = new SimpleAsyncTaskExecutor("worker-");
        workers.setConcurrencyLimit(room.threads());
        workers.setTaskDecorator(RunLog::carried);
        return workers;
    }

    @Bean
    UnitSteps unitSteps(JobRepository repository, ActiveRuns runs, TaskExecutor partitionWorkers) {
        return new UnitSteps(repository, runs, partitionWorkers);
    }

    /// JSON with an allow-list of types; the default would deserialise Java objects from the database.
    @Override
    protected ExecutionContextSerializer getExecutionContextSerializer() {
        return new JacksonExecutionContextStringSerializer();
    }
}
