package io.cellferry.launch.http.api;

import io.cellferry.launch.DataRoots;
import io.cellferry.launch.RunDesk;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.http.security.Needs;
import io.cellferry.launch.http.security.Role;
import io.cellferry.launch.jobfile.JobFile;
import io.cellferry.launch.schedule.JobFileProblem;
import io.cellferry.launch.schedule.JobFileState;
import io.cellferry.launch.schedule.LedgerEntry;
import io.cellferry.launch.schedule.Schedules;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The job files that this service follows, and what came of their times and arrivals.
@RestController
@RequestMapping("/api/v1/job-files")
final class JobFilesController {

    private final Schedules schedules;
    private final RunDesk desk;
    private final DataRoots roots;
    private final RunViews views;

    JobFilesController(Schedules schedules, RunDesk desk, DataRoots roots, RunViews views) {
        this.schedules = schedules;
        this.desk = desk;
        this.roots = roots;
        this.views = views;
    }

    /// `problem` is what keeps all of them from being followed.
    record Followed(List<Shown> jobFiles, @Nullable JobFileProblem problem) {}

    /// `job`, `input` and `output` are empty when the file cannot be read; `problem` says why.
    record Shown(
            String file,
            String job,
            String input,
            String output,
            Map<String, List<String>> options,
            @Nullable Times schedule,
            @Nullable Arrivals watch,
            @Nullable String next,
            @Nullable LedgerEntry last,
            List<LedgerEntry> arrivals,
            @Nullable JobFileProblem problem) {}

    record Times(String cron, String zone, String missed) {}

    record Arrivals(String folder, String pattern) {}

    @Says("The job files, what they say, when they come next, and what is wrong with them.")
    @Needs(Role.VIEWER)
    @GetMapping
    Followed list() {
        return new Followed(
                schedules.states().stream().map(this::shown).toList(),
                schedules.problem().orElse(null));
    }

    @Says(
            value = "Do now what a job file says.",
            status = {202, 200})
    @Needs(Role.RUNNER)
    @PostMapping("/{file}/runs")
    ResponseEntity<RunView> run(@PathVariable String file, @Nullable Principal who) {
        RunRequest request = schedules
                .request(file)
                .orElseThrow(() -> new Problems.NotThere("There is no job file %s.".formatted(file)));
        RunDesk.Accepted accepted = desk.submit(request, RunsController.origin(who));
        RunView run = views.of(accepted.run());
        return (accepted.fresh() ? ResponseEntity.accepted() : ResponseEntity.ok())
                .location(URI.create(run.links().self()))
                .body(run);
    }

    private Shown shown(JobFileState state) {
        return new Shown(
                state.file(),
                state.job().map(JobFile::job).orElse(""),
                state.job().map(job -> roots.said(job.input())).orElse(""),
                state.job().map(job -> roots.said(job.output())).orElse(""),
                state.job().map(JobFile::options).orElse(Map.of()),
                state.job()
                        .flatMap(JobFile::schedule)
                        .map(times -> new Times(
                                times.cron(),
                                times.zone().getId(),
                                times.missed().name().toLowerCase(Locale.ROOT)))
                        .orElse(null),
                state.job()
                        .flatMap(JobFile::watch)
                        .map(watch -> new Arrivals(roots.said(watch.folder()), watch.pattern()))
                        .orElse(null),
                state.next().map(Instant::toString).orElse(null),
                state.last().orElse(null),
                state.arrivals(),
                state.problem().orElse(null));
    }
}
