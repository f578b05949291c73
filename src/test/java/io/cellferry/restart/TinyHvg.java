package io.cellferry.restart;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.hvgselection.HighlyVariableGenes;
import io.cellferry.launch.RunRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Highly variable genes of small golden inputs.
public final class TinyHvg {

    public static final ConversionJob JOB = new HighlyVariableGenes();

    private TinyHvg() {}

    public static RunRequest request(Path input, Path output, Map<String, String> said) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        said.forEach((name, value) -> options.put(name, List.of(value)));
        return new RunRequest(
                JOB, new JobRequest(JOB.name(), input, output, OptionValues.of(JOB.options(), options)), false);
    }
}
