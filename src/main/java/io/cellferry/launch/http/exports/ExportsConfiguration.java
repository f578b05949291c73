package io.cellferry.launch.http.exports;

import io.cellferry.launch.DataRoots;
import io.cellferry.launch.RunDesk;
import io.cellferry.storage.PublishedFiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What serves finished outputs.
@Configuration(proxyBeanMethods = false)
public class ExportsConfiguration {

    @Bean
    Datasets datasets(RunDesk desk, DataRoots roots) {
        return new Datasets(desk.jobs(), roots);
    }

    /// For the rules of the service too: what it covers needs no token.
    @Bean
    PublishedRequests publishedRequests(Datasets datasets, DataRoots roots) {
        return new PublishedRequests(new Addresses(roots, datasets));
    }

    @Bean
    ExportMapping exportMapping(PublishedRequests requests, Datasets datasets, DataRoots roots) {
        return new ExportMapping(requests, new ExportHandler(requests, new PublishedFiles(), datasets, roots));
    }
}
