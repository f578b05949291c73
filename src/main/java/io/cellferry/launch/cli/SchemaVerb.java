package io.cellferry.launch.cli;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.launch.jobfile.JobFileSchema;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `schema`: what a job file may say, for editors.
@Command(description = "Print the JSON schema of job files, for editors.", mixinStandardHelpOptions = true)
final class SchemaVerb implements Callable<Integer> {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final List<ConversionJob> jobs;
    private final Console console;

    SchemaVerb(List<ConversionJob> jobs, Console console) {
        this.jobs = jobs;
        this.console = console;
    }

    @Override
    public Integer call() {
        console.result(JSON.writeValueAsString(JobFileSchema.of(jobs)));
        return Cellferry.ok();
    }
}
