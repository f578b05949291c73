package io.cellferry.launch.cli;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import io.cellferry.launch.RunIdentity;
import io.cellferry.launch.RunRecord;
import io.cellferry.launch.RunRecords;
import io.cellferry.launch.RunRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `resume ID`: the command of an earlier run again.
@Command(description = "Continue an unfinished run.", mixinStandardHelpOptions = true)
final class ResumeVerb implements Callable<Integer> {

    private final RunDriver driver;

    @Parameters(index = "0", paramLabel = "ID", description = "The run, or the start of its id.")
    private String id = "";

    @Mixin
    private CommonFlags common = new CommonFlags();

    ResumeVerb(List<ConversionJob> jobs, Console console, Machine machine) {
        this.driver = new RunDriver(jobs, console, machine);
    }

    @Override
    public Integer call() {
        RunRecord record = new RunRecords(driver.machine().state(common.stateDir)).require(id);
        ConversionJob job = driver.job(record.job());
        JobRequest request = new JobRequest(
                record.job(),
                Path.of(record.input()),
                Path.of(record.output()),
                OptionValues.of(job.options(), record.options()));
        RunRequest run = new RunRequest(job, request, record.replace(), common.profile);
        RunIdentity.requireSame(record.id(), run);
        return driver.run(run, common);
    }
}
