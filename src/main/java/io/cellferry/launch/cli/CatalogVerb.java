package io.cellferry.launch.cli;

import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.ConversionJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `catalog DIR`: `datasets.json` for a folder of exports.
@Command(description = "Write datasets.json for a folder of finished exports.", mixinStandardHelpOptions = true)
final class CatalogVerb implements Callable<Integer> {

    private final List<ConversionJob> jobs;
    private final Console console;
    private final Machine machine;

    @Parameters(index = "0", paramLabel = "DIR", description = "A folder whose sub-folders are exports.")
    private Path folder = Path.of("");

    @Option(
            names = "--default",
            paramLabel = "ID",
            description = "The data set shown first. Needed when there are several.")
    private Optional<String> defaultId = Optional.empty();

    CatalogVerb(List<ConversionJob> jobs, Console console, Machine machine) {
        this.jobs = jobs;
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        Path path = machine.resolve(folder);
        if (!Files.isDirectory(path)) {
            throw new RequestRefused(
                    "There is no folder %s.".formatted(path), "Name the folder that holds the exports.");
        }
        Path written = jobs.stream()
                .map(job -> job.writeCatalogue(path, defaultId))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new RequestRefused(
                        "%s holds no exports.".formatted(path), "Name the folder whose sub-folders are exports."));
        console.result(written.toString());
        return Cellferry.ok();
    }
}
