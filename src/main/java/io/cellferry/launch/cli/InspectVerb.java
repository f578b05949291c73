package io.cellferry.launch.cli;

import io.cellferry.failure.InputRefused;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.FactSheet;
import io.cellferry.jobs.OptionValues;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `inspect INPUT`: what is in it, in under a second, with everything wrong at once.
@Command(
        description = "Tell what is in an input, and everything wrong with it at once.",
        mixinStandardHelpOptions = true)
final class InspectVerb implements Callable<Integer> {

    private final List<ConversionJob> jobs;
    private final Console console;
    private final Machine machine;

    @Parameters(index = "0", paramLabel = "INPUT", description = "What to look at.")
    private Path input = Path.of("");

    @Option(
            names = "--measurement",
            paramLabel = "TEXT",
            description = "Measurement of a SOMA experiment. Default: RNA where there is one, else the first.")
    private @Nullable String measurement;

    @Option(
            names = "--layer",
            paramLabel = "TEXT",
            description = "Layer of the measurement that is X. Default: the only one, else data.")
    private @Nullable String layer;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Option(names = "--profile", description = "Record where time and memory go.")
    private boolean profile;

    InspectVerb(List<ConversionJob> jobs, Console console, Machine machine) {
        this.jobs = jobs;
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        return QuickProfile.of(profile, "inspect", () -> machine.state(Optional.empty()), console, this::inspect);
    }

    private int inspect() {
        Path path = machine.resolve(input);
        OptionValues part = ChosenPart.values(Optional.ofNullable(measurement), Optional.ofNullable(layer));
        FactSheet sheet = jobs.stream()
                .map(job -> job.inspect(path, part))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new InputRefused(
                        "%s is nothing that any job reads.".formatted(path),
                        "Inputs are AnnData (.h5ad, .zarr, .zarr.zip), SOMA experiments, 10x Genomics .h5, and folders of"
                                + " CellDIVE scans (.ome.tif)."));
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>(sheet.json());
            all.put("problems", Console.jsonOf(sheet.problems()));
            console.json(all);
        } else {
            console.sheet(sheet);
        }
        return RunDriver.exitCode(sheet.problems());
    }
}
