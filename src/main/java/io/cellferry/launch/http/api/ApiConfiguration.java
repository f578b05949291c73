package io.cellferry.launch.http.api;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;

/// The controllers of the API.
@Configuration(proxyBeanMethods = false)
@Import({
    MeController.class,
    JobsController.class,
    FilesController.class,
    LooksController.class,
    RunsController.class,
    EventsController.class,
    JobFilesController.class,
    OpenApiController.class,
    RunPapersController.class,
    RunViews.class,
    RunFeed.class,
    Problems.class
})
public class ApiConfiguration {

    /// A request is taken word by word or refused: a misspelt key, a key said twice or a number for a truth value would
    /// otherwise start another run than the one that was meant.
    @Bean
    JsonMapperBuilderCustomizer strictBodies() {
        return json -> json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
    }
}
