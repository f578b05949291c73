package io.cellferry.restart;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.genemajorstore.GeneMajorStore;
import io.cellferry.launch.RunRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A gene-major store of one of the inputs that `make_tiny.py` made.
public final class TinyTranspose {

    public static final ConversionJob JOB = new GeneMajorStore();

    private TinyTranspose() {}

    /// With the smallest chunks there are, so that a tiny matrix has some.
    public static RunRequest request(Path input, Path output, Map<String, String> more) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("chunk-nnz", "16");
        said.putAll(more);
        Map<String, List<String>> options = new LinkedHashMap<>();
        said.forEach((name, value) -> options.put(name, List.of(value)));
        return new RunRequest(
                JOB, new JobRequest(JOB.name(), input, output, OptionValues.of(JOB.options(), options)), false);
    }
}
