package io.cellferry.launch.http.api;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.FactSheet;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.OptionValues;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.RunDesk;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.http.security.Needs;
import io.cellferry.launch.http.security.Role;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Looks ahead: what is in an input, what a run would do. Nothing is written.
@RestController
@Needs(Role.RUNNER)
@RequestMapping("/api/v1")
final class LooksController {

    /// Each opens an input of any size; more at once would take the memory of the runs.
    private static final int AT_ONCE = 2;

    private final RunDesk desk;
    private final DataRoots roots;
    private final Semaphore looking = new Semaphore(AT_ONCE, true);

    LooksController(RunDesk desk, DataRoots roots) {
        this.desk = desk;
        this.roots = roots;
    }

    record AskedLook(
            @Nullable String input,
            @Nullable String measurement,
            @Nullable String layer) {}

    /// `facts` are the same as those of `cellferry inspect --json`.
    record Look(String title, List<FactSheet.Table> tables, List<Finding> problems, Map<String, Object> facts) {}

    /// `severity` is one of refused, warning, note.
    record Finding(String severity, String code, String where, String found, String remedy) {}

    private Map<String, Object> withoutFolders(Map<?, ?> facts) {
        Map<String, Object> said = new LinkedHashMap<>();
        facts.forEach((name, fact) -> said.put(name.toString(), withoutFolders(fact)));
        return said;
    }

    private Object withoutFolders(Object fact) {
        return switch (fact) {
            case Map<?, ?> facts -> withoutFolders(facts);
            case List<?> facts -> facts.stream().map(this::withoutFolders).toList();
            case String text -> roots.withoutFolders(text);
            default -> fact;
        };
    }

    private List<Finding> findings(List<Problem> problems) {
        return problems.stream()
                .map(one -> new Finding(
                        one.refuses() ? "refused" : one.severity().name().toLowerCase(Locale.ROOT),
                        one.code(),
                        roots.withoutFolders(one.where()),
                        roots.withoutFolders(one.found()),
                        roots.withoutFolders(one.remedy())))
                .toList();
    }

    /// Foretold by the code that does it; see [JobPlan] for what is exact.
    record Foretold(
            String title,
            List<FactSheet.Table> tables,
            List<Finding> problems,
            boolean refused,
            long files,
            long outputBytes,
            long scratchBytes,
            long memoryBytes,
            long units,
            long seconds) {}

    @Says("What is in an input, and everything wrong with it.")
    @PostMapping("/inspect")
    Look inspect(@RequestBody AskedLook asked) {
        Path input = roots.input(Asked.required("input", asked.input()));
        OptionValues part =
                ChosenPart.values(Optional.ofNullable(asked.measurement()), Optional.ofNullable(asked.layer()));
        looking.acquireUninterruptibly();
        try {
            FactSheet sheet = desk.jobs().stream()
                    .map(job -> job.inspect(input, part))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow(() -> new InputRefused(
                            "%s is nothing that any job reads.".formatted(roots.said(input)),
                            "Inputs are AnnData (.h5ad, .zarr, .zarr.zip), SOMA experiments, 10x Genomics .h5, and"
                                    + " folders of CellDIVE scans (.ome.tif)."));
            return new Look(
                    roots.withoutFolders(sheet.title()),
                    sheet.tables(),
                    findings(sheet.problems()),
                    withoutFolders(sheet.json()));
        } finally {
            looking.release();
        }
    }

    @Says("What a conversion would do: every refusal and limit, files, bytes, memory, time.")
    @PostMapping("/plan")
    Foretold plan(@RequestBody Asked asked) {
        RunRequest run = asked.request(desk, roots);
        looking.acquireUninterruptibly();
        try {
            JobPlan plan = desk.foretell(run);
            return new Foretold(
                    roots.withoutFolders(plan.sheet().title()),
                    plan.sheet().tables(),
                    findings(plan.problems()),
                    plan.refuses(),
                    plan.files(),
                    plan.outputBytes(),
                    plan.scratchBytes(),
                    plan.memoryBytes(),
                    plan.units(),
                    plan.estimate().toSeconds());
        } finally {
            looking.release();
        }
    }
}
