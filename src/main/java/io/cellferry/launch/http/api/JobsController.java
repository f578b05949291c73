package io.cellferry.launch.http.api;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.RunDesk;
import io.cellferry.launch.http.security.Needs;
import io.cellferry.launch.http.security.Role;
import io.cellferry.launch.jobfile.JobFileSchema;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What this service can do, and where.
@RestController
@Needs(Role.VIEWER)
@RequestMapping("/api/v1")
final class JobsController {

    private final RunDesk desk;
    private final DataRoots roots;

    JobsController(RunDesk desk, DataRoots roots) {
        this.desk = desk;
        this.roots = roots;
    }

    record Jobs(List<Job> jobs) {}

    /// `options` is a JSON schema of the object that a request says under `options`.
    record Job(String name, String verb, String summary, Map<String, Object> options) {
        static Job of(ConversionJob job) {
            return new Job(job.name(), job.verb(), job.summary(), JobFileSchema.options(job.options()));
        }
    }

    record Roots(List<String> read, List<String> write) {}

    @Says("The jobs and a JSON schema of the options of each.")
    @GetMapping("/jobs")
    Jobs jobs() {
        return new Jobs(desk.jobs().stream().map(Job::of).toList());
    }

    @Says("The names of the folders that inputs and outputs are said with.")
    @GetMapping("/roots")
    Roots roots() {
        return new Roots(
                roots.readable().keySet().stream().sorted().toList(),
                roots.writable().keySet().stream().sorted().toList());
    }
}
