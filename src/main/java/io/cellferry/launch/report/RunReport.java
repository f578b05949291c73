package io.cellferry.launch.report;

import io.cellferry.failure.Problem;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.FactSheet;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.profile.ProfileReader;
import io.cellferry.launch.profile.ProfileSummary;
import io.cellferry.launch.profile.RunProfile;
import io.cellferry.page.Picture;
import io.cellferry.storage.OutputManifest;
import io.cellferry.storage.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The report of one attempt at a run: watched while it works, told how it ended, and written after the output is
/// published and given back.
///
/// Nothing of it can fail a run; what goes wrong is said in the log.
public final class RunReport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunReport.class);

    /// A tiny part of what the runs took whose outputs are slower to draw than this.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Subject subject;
    private final ReportFolder folder;
    private final AttemptWatch watch;
    /// Kept here, because from when the output is given back another attempt may write its own.
    private final AtomicReference<Timings> timings;
    private Optional<RunProfile> profile = Optional.empty();
    private Optional<OutputManifest> published = Optional.empty();
    private @Nullable Ending ending;

    private RunReport(Subject subject, ReportFolder folder, AtomicReference<Timings> timings, AttemptWatch watch) {
        this.subject = subject;
        this.folder = folder;
        this.timings = timings;
        this.watch = watch;
    }

    /// Begins to watch `progress`. `remarks` are those of the plan, none when the run is resumed.
    public static RunReport begin(
            Subject subject,
            StateFolder state,
            RunProgress progress,
            Instant begun,
            Clock clock,
            List<Problem> remarks,
            boolean profiled) {
        ReportFolder folder = new ReportFolder(state, subject.runId());
        Timings earlier = folder.timings().remarking(remarks);
        AtomicReference<Timings> timings = new AtomicReference<>(earlier);
        AttemptWatch watch = AttemptWatch.start(progress, begun, clock, attempt -> {
            timings.set(earlier.with(attempt));
            folder.writeTimings(timings.get());
        });
        RunReport report = new RunReport(subject, folder, timings, watch);
        if (profiled) {
            report.profile = Optional.of(RunProfile.start(folder.profile()));
        }
        return report;
    }

    /// The attempt has ended, with an output or without.
    public void ended(Ending how, Optional<OutputManifest> output) {
        ending = how;
        published = output;
        watch.ended(how.word(), how.found());
    }

    /// Stops watching, also an attempt of which nobody knows how it ended.
    @Override
    public void close() {
        watch.close();
        profile.ifPresent(RunProfile::close);
    }

    /// Writes the page and the table of an attempt that ended; does nothing but say why when it cannot.
    public void write() {
        Ending how = ending;
        if (how == null) {
            return;
        }
        try {
            Optional<FactSheet> sheet = WithinTime.of("what is in the input", PATIENCE, () -> subject.job()
                            .inspect(subject.request().input(), ChosenPart.of(subject.request())))
                    .flatMap(found -> found);
            List<Picture> pictures = published.isEmpty()
                    ? List.of()
                    : WithinTime.of("pictures", PATIENCE, () -> subject.job()
                                    .pictures(subject.request().output()))
                            .orElse(List.of());
            Path recording = folder.profile();
            Optional<ProfileSummary> summary = profile.flatMap(recorded ->
                    WithinTime.of("the profile", PATIENCE.multipliedBy(4), () -> ProfileReader.read(recording)));
            RunFacts facts = new RunFacts(subject, how, sheet, published, timings.get(), pictures, summary);
            folder.writePage(ReportPage.of(facts));
            folder.writeTable(MultiqcTable.of(facts));
        } catch (RuntimeException | Error e) {
            LOG.info("the report of run {} could not be written", subject.runId(), e);
        }
    }
}
