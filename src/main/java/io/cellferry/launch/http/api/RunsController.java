package io.cellferry.launch.http.api;

import io.cellferry.failure.RequestRefused;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.RunDesk;
import io.cellferry.launch.RunRecord;
import io.cellferry.launch.RunState;
import io.cellferry.launch.http.security.Needs;
import io.cellferry.launch.http.security.Role;
import java.net.URI;
import java.nio.file.Path;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Runs: ask for one, look, stop, go on.
@RestController
@RequestMapping("/api/v1/runs")
final class RunsController {

    private static final int MOST_A_PAGE = 500;

    private final RunDesk desk;
    private final DataRoots roots;
    private final RunViews views;

    RunsController(RunDesk desk, DataRoots roots, RunViews views) {
        this.desk = desk;
        this.roots = roots;
        this.views = views;
    }

    /// Newest first; `next` is the cursor for `after`, null on the last page.
    record Page(List<RunView> runs, @Nullable String next) {}

    @Says(
            value =
                    "Ask for a conversion. The same request again is the same run: 200 when it is under way or done, else 202.",
            status = {202, 200})
    @Needs(Role.RUNNER)
    @PostMapping
    ResponseEntity<RunView> ask(@RequestBody Asked asked, @Nullable Principal who) {
        return answer(desk.submit(asked.request(desk, roots), origin(who)));
    }

    @Says("Runs of this machine, newest first, page by page.")
    @Needs(Role.VIEWER)
    @GetMapping
    Page list(
            @RequestParam Optional<String> state,
            @RequestParam Optional<String> job,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> after) {
        List<RunRecord> records = desk.records();
        if (limit < 1) {
            throw new RequestRefused(
                    "`limit` must be a number from 1, not %d.".formatted(limit),
                    "A page has at most %d runs; leave it out for 50.".formatted(MOST_A_PAGE));
        }
        int most = Math.min(limit, MOST_A_PAGE);
        List<RunView> page = new ArrayList<>();
        // How a run stands is looked up on disk: only for those of this page, and for the one after it.
        for (RunRecord record :
                records.subList(after.map(id -> placeAfter(id, records)).orElse(0), records.size())) {
            if (job.isPresent() && !job.get().equals(record.job())) {
                continue;
            }
            RunView run = views.of(record);
            if (state.isPresent() && !state.get().equals(run.state())) {
                continue;
            }
            if (page.size() == most) {
                return new Page(page, page.getLast().id());
            }
            page.add(run);
        }
        return new Page(page, null);
    }

    /// Where a page begins that follows the run `id`, whatever has become of that run since it was told.
    private static int placeAfter(String id, List<RunRecord> records) {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).id().equals(id)) {
                return i + 1;
            }
        }
        throw new Problems.NotThere("The cursor %s names no run of this list.".formatted(id));
    }

    @Says("One run and how far it is.")
    @Needs(Role.VIEWER)
    @GetMapping("/{id}")
    RunView one(@PathVariable String id) {
        return views.require(id);
    }

    @Says(value = "Stop it at its next unit; it can go on later.", status = 202)
    @Needs(Role.RUNNER)
    @PostMapping("/{id}/stop")
    ResponseEntity<RunView> stop(@PathVariable String id) {
        views.require(id);
        return desk.stop(id)
                .map(run -> ResponseEntity.accepted().body(views.of(run)))
                .orElseThrow(() -> new Problems.Conflict(
                        "Run %s neither works nor waits.".formatted(id), "POST to its /resume to go on with it."));
    }

    @Says(
            value = "Go on with it.",
            status = {202, 200})
    @Needs(Role.RUNNER)
    @PostMapping("/{id}/resume")
    ResponseEntity<RunView> resume(@PathVariable String id, @Nullable Principal who) {
        views.require(id);
        // A run that the command line began may lie anywhere; folders may have been taken from the settings since.
        desk.find(id).map(RunState::record).ifPresent(record -> {
            roots.checkedInput(Path.of(record.input()));
            roots.checkedOutput(Path.of(record.output()));
        });
        return answer(desk.resume(id, origin(who)));
    }

    private ResponseEntity<RunView> answer(RunDesk.Accepted accepted) {
        RunView run = views.of(accepted.run());
        URI self = URI.create(run.links().self());
        return (accepted.fresh() ? ResponseEntity.accepted() : ResponseEntity.ok())
                .location(self)
                .body(run);
    }

    static String origin(@Nullable Principal who) {
        return who == null ? "rest" : "rest " + who.getName();
    }
}
