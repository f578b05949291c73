package io.cellferry.launch.http.dashboard;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Serves the dashboard at `/` and `/assets/…`.
@Configuration(proxyBeanMethods = false)
@Import(DashboardController.class)
public class DashboardConfiguration {

    @Bean
    DashboardFiles dashboardFiles() {
        return DashboardFiles.fromClassPath();
    }
}
