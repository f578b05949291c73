package io.cellferry.restart;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.cellucidexport.CellucidExport;
import io.cellferry.launch.RunRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An export of one of the inputs that `make_tiny.py` made.
public final class TinyExport {

    public static final ConversionJob JOB = new CellucidExport();
    public static final Path TINY = Path.of("src/test/resources/tiny/tiny.h5ad").toAbsolutePath();
    public static final Path WIDE = Path.of("src/test/resources/tiny/wide.h5ad").toAbsolutePath();

    private TinyExport() {}

    /// With a creation time, because a run that loses power before its first record begins a second time.
    public static RunRequest request(Path input, Path output) {
        return request(input, output, Map.of());
    }

    /// `more` wins over what is said here.
    public static RunRequest request(Path input, Path output, Map<String, String> more) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("created-at", "2026-01-02T03:04:05Z");
        said.put("centroid-min-points", "1");
        said.put("quantize-genes", "8");
        said.putAll(more);
        Map<String, List<String>> options = new LinkedHashMap<>();
        said.forEach((name, value) -> options.put(name, List.of(value)));
        return new RunRequest(
                JOB, new JobRequest(JOB.name(), input, output, OptionValues.of(JOB.options(), options)), false);
    }

    public static MachineRoom room(int threads) {
        return new MachineRoom(512L << 20, 256L << 20, threads, Optional.empty());
    }
}
