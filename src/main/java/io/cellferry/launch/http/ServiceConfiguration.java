package io.cellferry.launch.http;

import io.cellferry.launch.http.api.ApiConfiguration;
import io.cellferry.launch.http.dashboard.DashboardConfiguration;
import io.cellferry.launch.http.exports.ExportsConfiguration;
import io.cellferry.launch.http.security.SecurityConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The web part of the framework. Batch jobs have a context of their own for each run
/// ([io.cellferry.launch.RunStarter]), so nothing of databases and batches is configured here.
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({
    SecurityConfiguration.class,
    ServiceMeters.class,
    ApiConfiguration.class,
    ExportsConfiguration.class,
    DashboardConfiguration.class
})
@EnableAutoConfiguration(
        exclude = {
            BatchAutoConfiguration.class,
            DataSourceAutoConfiguration.class,
            DataSourceInitializationAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            JdbcClientAutoConfiguration.class,
            JdbcTemplateAutoConfiguration.class,
            TransactionAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class
        })
class ServiceConfiguration {}
