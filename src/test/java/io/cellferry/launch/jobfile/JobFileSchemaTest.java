package io.cellferry.launch.jobfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.OptionRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/// Editors are told what the reader takes.
class JobFileSchemaTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<ConversionJob> JOBS = ServiceLoader.load(ConversionJob.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    @ParameterizedTest
    @ValueSource(strings = {"demo", "celldive-example", "hvg-example", "hvg-export-example", "transpose-example"})
    void theExamplesOfTheReadmeFit(String name) throws IOException {
        assertThat(mistakes(Files.readString(Path.of("jobs", name + ".yml")))).isEmpty();
    }

    @Test
    void schedulesAndWatchedFoldersFit() {
        String head = "job: cellucid-export\ninput: a\noutput: b\n";
        assertThat(mistakes(head + "schedule: 0 2 * * *\n")).isEmpty();
        assertThat(mistakes(head + "options:\nschedule: {cron: 0 2 * * *, zone: Europe/Berlin, missed: skip}\n"))
                .isEmpty();
        assertThat(mistakes(head + "watch: {folder: in, pattern: '*.h5ad', settle: 5m}\n"))
                .isEmpty();
    }

    @Test
    void whatTheReaderRefusesIsUnderlined() {
        String head = "job: cellucid-export\ninput: a\noutput: b\n";
        assertThat(mistakes("job: celucid\ninput: a\noutput: b\n")).isNotEmpty();
        assertThat(mistakes("job: cellucid-export\ninput: a\n")).isNotEmpty();
        assertThat(mistakes(head + "ouput: x\n")).isNotEmpty();
        assertThat(mistakes(head + "options: {gzp: 6}\n")).isNotEmpty();
        assertThat(mistakes(head + "options: {gzip: 10}\n")).isNotEmpty();
        assertThat(mistakes(head + "schedule: {corn: 1}\n")).isNotEmpty();
        assertThat(mistakes(head + "schedule: a\nwatch: {folder: in, pattern: a}\n"))
                .isNotEmpty();
        assertThat(mistakes(head + "watch: {folder: in, pattern: a, settle: soon}\n"))
                .isNotEmpty();
    }

    @Test
    void aFormIsToldWhatAnOptionMaySay() {
        Map<String, Object> schema = JobFileSchema.options(List.of(
                OptionRule.whole("gzip", "6", 1, 9, "How small.", "none"),
                OptionRule.choice("codec", "zstd", "Which.", "zstd", "lz4"),
                OptionRule.texts("genes", "Some."),
                OptionRule.flag("fast", "Or not."),
                OptionRule.decimal("span", "0.3", 0, 1, "How wide.")));

        assertThat(JSON.writeValueAsString(schema))
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"gzip\":{\"description\":\"How small.\",\"anyOf\":["
                        + "{\"type\":\"integer\",\"minimum\":1,\"maximum\":9},{\"type\":\"string\",\"enum\":[\"none\"]}],"
                        + "\"default\":6,\"x-order\":0},"
                        + "\"codec\":{\"description\":\"Which.\",\"type\":\"string\",\"enum\":[\"zstd\",\"lz4\"],"
                        + "\"default\":\"zstd\",\"x-order\":1},"
                        + "\"genes\":{\"description\":\"Some.\",\"type\":\"array\","
                        + "\"items\":{\"type\":\"string\",\"minLength\":1},\"x-order\":2},"
                        + "\"fast\":{\"description\":\"Or not.\",\"type\":\"boolean\",\"default\":false,\"x-order\":3},"
                        + "\"span\":{\"description\":\"How wide.\",\"type\":\"number\",\"minimum\":0.0,\"maximum\":1.0,"
                        + "\"default\":0.3,\"x-order\":4}},\"additionalProperties\":false}");
    }

    private static List<String> mistakes(String yaml) {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(JSON.writeValueAsString(JobFileSchema.of(JOBS)));
        Object document = new Yaml().load(yaml);
        // YAML's dates are texts to the reader.
        String json = JSON.writeValueAsString(document);
        return schema.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
