package io.cellferry.launch.cli;

import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.jobfile.JobFile;
import io.cellferry.launch.jobfile.JobFileReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `run FILE…`: whatever those job files describe.
@Command(description = "Do what job files describe, such as jobs/demo.yml.", mixinStandardHelpOptions = true)
final class RunVerb implements Callable<Integer> {

    private final RunDriver driver;

    @Parameters(
            index = "0..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Job files, done one after the other; the first that does not succeed is the last.")
    private List<Path> files = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUTPUT",
            description = "Write here instead of where the file says. For one file only.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--replace", description = "Build beside an existing output of cellferry and swap at the end.")
    private boolean replace;

    @Option(names = "--dry-run", description = "Only plan.")
    private boolean dryRun;

    @Mixin
    private CommonFlags common = new CommonFlags();

    RunVerb(List<ConversionJob> jobs, Console console, Machine machine) {
        this.driver = new RunDriver(jobs, console, machine);
    }

    @Override
    public Integer call() {
        if (output.isPresent() && files.size() > 1) {
            throw new RequestRefused(
                    "-o names one output, and there are %,d job files.".formatted(files.size()),
                    "Leave it out, or run the files one by one.");
        }
        int code = Cellferry.ok();
        for (Path file : files) {
            code = run(file);
            if (code != Cellferry.ok()) {
                return code;
            }
        }
        return code;
    }

    private int run(Path file) {
        JobFile said = JobFileReader.read(driver.machine().resolve(file));
        said.watch().ifPresent(watch -> {
            throw new RequestRefused(
                    "%s waits for files in %s; there is nothing to run now.".formatted(said.file(), watch.folder()),
                    "Start `cellferry serve` with it in its folder of job files, or convert one file with `cellferry"
                            + " %s FILE -o OUTPUT`."
                                    .formatted(driver.job(said.job()).verb()));
        });
        ConversionJob job = driver.job(said.job());
        JobRequest request = new JobRequest(
                job.name(),
                said.input(),
                output.map(driver.machine()::resolve).orElse(said.output()),
                OptionValues.of(job.options(), said.options()));
        RunRequest run = new RunRequest(job, request, replace, common.profile);
        return dryRun ? driver.plan(run, common) : driver.run(run, common);
    }
}
