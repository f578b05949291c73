package io.cellferry.launch.http.api;

import io.cellferry.launch.DataRoots;
import io.cellferry.launch.RunDesk;
import io.cellferry.launch.RunPapers;
import io.cellferry.launch.RunRecord;
import io.cellferry.launch.RunState;
import io.cellferry.launch.RunTicket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Makes what clients see of runs: of those at work from memory, of all others from what lies on disk.
final class RunViews {

    private static final String STOPPING = "stopping";

    private final RunDesk desk;
    private final DataRoots roots;
    private final RunPapers papers;
    private final Clock clock = Clock.systemUTC();

    RunViews(RunDesk desk, DataRoots roots, RunPapers papers) {
        this.desk = desk;
        this.roots = roots;
        this.papers = papers;
    }

    Optional<RunView> find(String id) {
        Optional<RunTicket> ticket = desk.ticket(id);
        return ticket.isPresent() ? ticket.map(this::live) : desk.find(id).map(this::resting);
    }

    RunView require(String id) {
        return find(id).orElseThrow(() -> new Problems.NotThere("There is no run %s.".formatted(id)));
    }

    RunView of(RunRecord record) {
        return desk.ticket(record.id()).map(this::live).orElseGet(() -> resting(desk.state(record)));
    }

    RunView of(RunState run) {
        return desk.ticket(run.record().id()).map(this::live).orElseGet(() -> resting(run));
    }

    RunView live(RunTicket ticket) {
        String state = ticket.begunAt().isEmpty() ? RunState.WAITING : ticket.stopAsked() ? STOPPING : RunState.RUNNING;
        ProgressView progress = ticket.begunAt()
                .map(begun -> ProgressView.of(ticket.progress(), begun, clock.instant()))
                .orElse(null);
        return view(ticket.record(), state, progress);
    }

    private RunView resting(RunState run) {
        return view(run.record(), run.state(), null);
    }

    private RunView view(RunRecord run, String state, @org.jspecify.annotations.Nullable ProgressView progress) {
        String self = "/api/v1/runs/" + run.id();
        Path output = Path.of(run.output());
        Optional<String> published = state.equals(RunState.DONE) ? roots.published(output) : Optional.empty();
        return new RunView(
                run.id(),
                run.job(),
                state,
                roots.said(Path.of(run.input())),
                roots.said(output),
                run.options(),
                run.replace(),
                run.origin(),
                run.startedAt(),
                run.endedAt(),
                run.code(),
                roots.withoutFolders(run.message()),
                roots.withoutFolders(run.remedy()),
                progress,
                new RunView.Links(
                        self,
                        self + "/events",
                        papers.report(run.id()).isPresent() ? self + "/report" : null,
                        published.orElse(null),
                        published.isPresent() ? opened(run.job(), output) : List.of()));
    }

    private List<String> opened(String job, Path output) {
        return desk.jobs().stream()
                .filter(one -> one.name().equals(job))
                .flatMap(one -> one.opened(output).stream())
                .flatMap(name -> roots.published(output.resolve(name)).stream())
                .toList();
    }
}
