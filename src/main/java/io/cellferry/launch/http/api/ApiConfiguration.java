package io.cellferry.launch.http.api;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

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
public class ApiConfiguration {}
